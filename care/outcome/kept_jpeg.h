// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/result.h"

namespace reprise::care {

/// Checks that `bytes` are a JPEG that the record may keep: at most 2 MiB, and before the picture itself only
/// what is needed to draw it. Exif, XMP, comments and thumbnails can say where a photo was taken, or show
/// what is covered in it. Does not decode the picture. Errors: invalid_argument.
[[nodiscard]] Result<void> check_kept_jpeg(std::string_view bytes);

}  // namespace reprise::care

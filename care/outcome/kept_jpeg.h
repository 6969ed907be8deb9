// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/result.h"

namespace reprise::care {

/// Checks that `bytes` are a JPEG that the record may keep: at most 2 MiB, and no segment before the picture
/// but those that draw it. Exif, XMP, comments and thumbnails can say where a photo was taken, or show a face
/// that is covered in it. Does not decode the picture. Errors: invalid_argument.
[[nodiscard]] Result<void> check_kept_jpeg(std::string_view bytes);

}  // namespace reprise::care

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/result.h"

namespace reprise::care {

/// Checks that `bytes` are a JPEG that the record may keep: at most 2 MiB, no segment but those that draw
/// the picture, and nothing after its end. Exif, XMP, comments, thumbnails and appended videos can say where
/// a photo was taken, or show a face that is covered in it. Does not decode the picture. Errors:
/// invalid_argument.
[[nodiscard]] Result<void> check_kept_jpeg(std::string_view bytes);

}  // namespace reprise::care

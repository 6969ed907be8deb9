// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/result.h"
#include "engine/posture/posture_definitions.h"

namespace reprise::engine {

// Limits are unsourced defaults.
inline constexpr Degrees kMostCameraRoll{20};
inline constexpr double kLargestPicturePx = 100000;

/// Refuses a picture that cannot be measured. Errors: invalid_argument (no points, one twice or outside of
/// the picture, one that this view does not show, a roll beyond kMostCameraRoll, a height from 0.5 to 2.5 m
/// or a marked distance that cannot be), unsupported (left and right are exchanged or the person faces the
/// other way: another view, or a mirrored picture).
[[nodiscard]] Result<void> check_posture_picture(const PosturePicture& picture);

/// The same of the points on the body, which only their order can show.
[[nodiscard]] Result<void> check_posture_order(const PosturePicture& picture, const UprightPoints& points);

}  // namespace reprise::engine

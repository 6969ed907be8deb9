// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "engine/posture/posture_points.h"
#include "json/reader.h"

namespace reprise::session {

/// Reads a picture's points as a file or a page gives them (docs/reference/posture.md, "Points file").
/// Errors: invalid_argument with the field and what belongs there.
[[nodiscard]] Result<engine::PosturePicture> parse_posture_points(std::string_view text);

/// The same as a part of another request; problems are those of its document.
[[nodiscard]] engine::PosturePicture read_posture_picture(json::Reader& input);

/// A point as files and pages have it.
[[nodiscard]] Json posture_point_json(const engine::PlacedPoint& point);

/// Writes what `parse_posture_points` reads.
[[nodiscard]] std::string to_posture_points(const engine::PosturePicture& picture);

}  // namespace reprise::session

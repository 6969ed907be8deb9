// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/pose/landmarks.h"
#include "engine/scene/time_range.h"

namespace reprise::engine {

// How a person stands in the picture, from the landmarks alone. Limits are unsourced defaults.

enum class FramedPart : std::uint8_t { head, hands, hips, knees, feet };
[[nodiscard]] std::string_view name(FramedPart part);

/// Returns the parts that lie outside the picture in more than half of the frames with a person: networks
/// guess what they do not see, also beyond the edge. A part is outside in a frame if most of its landmarks
/// are. Empty without picture positions.
[[nodiscard]] std::vector<FramedPart> parts_outside(std::span<const PoseFrame> frames, int width_px,
                                                    int height_px);

/// The part that a landmark belongs to; empty for shoulders, elbows.
[[nodiscard]] std::optional<FramedPart> framed_part_of(Landmark landmark);

/// Returns when the person was away for at least a second and then seen again.
[[nodiscard]] std::vector<TimeRange> absences(std::span<const PoseFrame> frames);

/// Returns by how many quarter turns clockwise, 1 to 3, the picture of an upright person is turned: the trunk
/// lies within 45 degrees of that direction in four fifths of the frames. 0: upright, or not clear.
[[nodiscard]] int quarter_turns(std::span<const PoseFrame> frames);

/// Returns by how much the picture of a person who stands is tilted clockwise, from the frames with both legs
/// straight. From the front and behind: the line from ankles to shoulders and the line of the shoulders must
/// agree. From the side there is only the first, and leaning looks the same. Empty where less than 8 degrees
/// (from the side 11), or no one stands.
[[nodiscard]] std::optional<Radians> tilt(std::span<const PoseFrame> frames);

}  // namespace reprise::engine

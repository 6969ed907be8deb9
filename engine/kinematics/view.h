// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/units.h"
#include "engine/pose/landmarks.h"

namespace reprise::engine {

/// From where the camera sees the person.
enum class View : std::uint8_t { front, oblique, side, back };
[[nodiscard]] std::string_view name(View view);
[[nodiscard]] std::optional<View> view_from_name(std::string_view name);

/// The direction in which the person faces, about the vertical: 0 towards the camera, +90 degrees towards the
/// right edge of the picture (so that the camera sees the person's right side), 180 away. Empty for a person
/// lying on one side.
[[nodiscard]] std::optional<Radians> facing_azimuth(const Pose& pose);

/// Front up to 30 degrees from facing the camera, side from 60 to 120, back from 150, oblique between.
[[nodiscard]] View classify(Radians azimuth);

/// The direction in which a person faces over several frames.
struct Facing {
  Radians azimuth;  ///< as `facing_azimuth`: circular mean, without frames that are turned round against it
  Radians spread;   ///< circular standard deviation of all frames, sqrt(-2 ln R), R the mean resultant length
};

/// Returns where the person faces over these frames. Frames more than 90 degrees from the circular mean, in
/// which left and right were confused, move only the spread. Empty where no frame shows a person upright.
[[nodiscard]] std::optional<Facing> facing_over(std::span<const PoseFrame> frames);

}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/posture/posture_points.h"

namespace reprise::engine {

// The formulas of posture: docs/reference/posture.md has them with figures' words, sources and signs.

enum class PostureMeasure : std::uint8_t {
  craniovertebral_angle,  ///< side: of the line from C7 to the tragus, above the horizontal; small: head
                          ///< ahead
  head_tilt,              ///< front, back: of the line through the ears; positive: the left one is higher
  shoulder_level,         ///< the same of the shoulders
  pelvic_level,           ///< of both ASIS from the front, of both PSIS from behind
  trunk_inclination,      ///< side: from hip to shoulder against the vertical; positive: forward
  trunk_tilt,             ///< front, back: from mid-hips to mid-shoulders; positive: to the left
  trunk_shift,            ///< front, back: mid-shoulders from mid-hips sideways, m; positive: to the left
  plumb_offset,           ///< m from the plumb line, positive forward (side) or to the left (front, back)
  knee_alignment,         ///< front, back: hip, knee, ankle; positive: varus, the knee lies outward
  trunk_asymmetry,        ///< front, back: difference of both sides' distances from the midline, share
};
inline constexpr std::size_t kPostureMeasureCount = 10;
[[nodiscard]] std::string_view name(PostureMeasure measure);
/// As a person reads it: "craniovertebral angle".
[[nodiscard]] std::string_view words(PostureMeasure measure);
/// Whether it is a length, which needs a scale.
[[nodiscard]] constexpr bool is_length(PostureMeasure measure) {
  return measure == PostureMeasure::trunk_shift || measure == PostureMeasure::plumb_offset;
}
[[nodiscard]] bool is_measured_from(PostureMeasure measure, PostureView view);

/// A point in the plane of the body, in pixels: x forward in a side view, else to the person's left; y up.
struct UprightPoint {
  double x = 0;
  double y = 0;
};
using UprightPoints = std::array<UprightPoint, kPosturePointCount>;

/// One value of a view.
struct PostureDefinition {
  PostureMeasure measure;
  std::string part;  ///< of several, as "ear"; empty: the only one
  std::optional<Side> side;
  std::vector<PosturePoint> needs;
  /// Angles in radians, lengths in pixels, shares of 1.
  std::function<double(const UprightPoints& at)> value;
};

/// All that a view can show.
[[nodiscard]] std::vector<PostureDefinition> posture_definitions(PostureView view);

}  // namespace reprise::engine

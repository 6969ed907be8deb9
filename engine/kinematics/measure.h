// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/side.h"
#include "engine/pose/landmarks.h"

namespace reprise::engine {

using reprise::other;
using reprise::Side;
[[nodiscard]] std::string_view name(Side side);

/// What 33 points seen by one camera can show of a body, and what a sensor can instead. What neither shows
/// (axial rotation of a thigh or a straight arm, pronation, single spinal segments) is not in this list, and
/// so is never reported. Zero positions and signs: docs/reference/frames-and-units.md (clinical
/// neutral-zero).
enum class Measure : std::uint8_t {
  // one per side, radians
  shoulder_elevation,  ///< upper arm from hanging along the trunk, in whatever plane, 0 to pi
  shoulder_flexion,    ///< elevation projected on the trunk's sagittal plane, forward positive
  shoulder_abduction,  ///< elevation projected on the trunk's frontal plane, outward positive
  shoulder_plane,      ///< plane of elevation: 0 raised sideways, 90 degrees forward; only at 45 to 135 of
                       ///< elevation
  shoulder_external_rotation,  ///< forearm out from straight ahead, seen along the hanging upper arm; only
                               ///< with the elbow bent 60 to 120 degrees
  elbow_flexion,               ///< upper arm to forearm, straight is 0
  wrist_flexion,               ///< hand against the forearm, towards the palm positive
  hip_flexion,         ///< thigh against the trunk in its sagittal plane; includes what the lumbar spine adds
  hip_abduction,       ///< thigh out of the trunk's sagittal plane, outward positive
  knee_flexion,        ///< thigh to shank, straight is 0
  ankle_dorsiflexion,  ///< foot to shank, right angle is 0, toes up positive
  neck_lateral_flexion,  ///< line of the ears against the trunk, towards this side positive
  neck_rotation,         ///< face against the shoulders, turned to this side positive
  trunk_rotation,        ///< shoulders against the hips, turned to this side positive
  // one per body, radians
  neck_flexion,           ///< face against the trunk, forward positive
  trunk_inclination,      ///< trunk from the vertical, in whatever direction, 0 to pi
  trunk_flexion,          ///< trunk from the vertical, forward positive
  trunk_lateral_flexion,  ///< trunk from the vertical, to the person's right positive
  shoulder_obliquity,     ///< line of the shoulders from the horizontal, right side higher positive
  pelvic_obliquity,       ///< line of the hips from the horizontal, right side higher positive
  // ratios
  foot_lift,        ///< one per side: this ankle above the other, in leg lengths
  heel_lift,        ///< one per side: heel above the big toe, in leg lengths
  hip_shift,        ///< one per side: hips towards this side of the middle of the ankles, in leg lengths
  hip_height,       ///< hips above ankles, in leg lengths: about 1 standing
  knee_separation,  ///< distance of the knees over the distance of the ankles, across the body
  step_length,      ///< one per side: this ankle ahead of the other as the person faces, in leg lengths
  stance_width,     ///< ankles apart across the body, in leg lengths
  muscle_activity,  ///< one per side: EMG envelope over that of a reference contraction; no pose shows it
};
inline constexpr std::size_t kMeasureCount = 28;

enum class MeasureUnit : std::uint8_t { radian, ratio };
/// The plane of the body in which a measure moves; a camera sees it best when it looks across that plane.
enum class Plane : std::uint8_t { any, sagittal, frontal, transverse };

struct MeasureInfo {
  std::string_view name;   ///< as in catalog and files, e.g. "knee_flexion"
  std::string_view label;  ///< for a reader, e.g. "Knee flexion"
  MeasureUnit unit;
  bool sided;
  Plane plane;
  double plausible_min;  ///< rad or ratio: outside of this range a sample is taken as not measured
  double plausible_max;
};

[[nodiscard]] const MeasureInfo& info(Measure measure);
[[nodiscard]] inline bool is_angle(Measure measure) {
  return info(measure).unit == MeasureUnit::radian;
}

/// As files and people have it: an angle in degrees, a ratio as it is; and back.
[[nodiscard]] inline double in_degrees(Measure measure, double value) {
  return is_angle(measure) ? to_degrees(Radians{value}).value() : value;
}
[[nodiscard]] inline double from_degrees(Measure measure, double value) {
  return is_angle(measure) ? Radians{Degrees{value}}.value() : value;
}
[[nodiscard]] std::optional<Measure> measure_from_name(std::string_view name);
/// The landmarks of a body's side that a measure rests on; midline measures give those of both sides.
[[nodiscard]] std::span<const Landmark> landmarks_of(Measure measure, Side side);

/// One value with how far to trust it.
struct Sample {
  double value = 0;  ///< rad or ratio, as `info(measure).unit` says
  double confidence =
      0;  ///< 0 to 1: least visibility of the landmarks used, reduced when the camera looks along the plane
};

/// Measures one pose. `side` is ignored by midline measures. Empty where segments have no length, the result
/// is implausible, or the least visibility is below `kMinVisibility`. Vertical means the camera's vertical:
/// the camera must stand level. Thigh and arm are expressed in a trunk frame (ISB axes: x forward, y up, z
/// right).
[[nodiscard]] std::optional<Sample> measure(const Pose& pose, Measure measure, Side side);

/// Below this visibility a landmark counts as not seen: of points of rendered people one in ten then lies
/// more than 10 to 17 cm off, of those that are seen well 5 cm (tests/revalidation/rendered_points.mjs).
inline constexpr double kMinVisibility = 0.3;

}  // namespace reprise::engine

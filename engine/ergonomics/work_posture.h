// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <functional>
#include <optional>

#include "engine/kinematics/measure_set.h"

namespace reprise::engine {

/// Where an angle lies: its value less and plus the half width of its interval.
struct AngleRange {
  double least_rad = 0;
  double most_rad = 0;
};

/// Of one side; empty where the camera does not show it.
struct WorkArm {
  /// From hanging along the trunk, in whatever plane. Where the methods say flexion: an arm that is raised
  /// sideways has none, and is raised all the same.
  std::optional<AngleRange> elevation;
  std::optional<AngleRange> ahead;  ///< of the trunk's frontal plane: `elevation` is flexion, else extension
  std::optional<AngleRange> abduction;  ///< out of the trunk's sagittal plane, outward positive
  std::optional<AngleRange> raised;     ///< from hanging straight down in the room
  std::optional<AngleRange> elbow_flexion;
  std::optional<AngleRange> wrist_flexion;
};

/// A posture at one moment as the methods of this folder look at it. Signs as in engine/kinematics/measure.h.
struct WorkPosture {
  std::optional<AngleRange> neck_flexion;
  std::optional<AngleRange> neck_lateral_flexion;
  std::optional<AngleRange> neck_rotation;
  std::optional<AngleRange> trunk_flexion;
  /// Out of the sagittal plane, right positive: not the measure of that name, which is an angle in the
  /// frontal plane and means nothing once the trunk is level.
  std::optional<AngleRange> trunk_lateral_flexion;
  std::optional<AngleRange> trunk_rotation;
  std::array<WorkArm, 2> arms;  ///< by side
  std::array<std::optional<AngleRange>, 2> knee_flexion;

  [[nodiscard]] const WorkArm& arm(Side side) const { return arms[static_cast<std::size_t>(side)]; }
};

/// Half the width of a measure's interval, radians; empty: not known, and the measure then counts as not
/// seen.
using HalfWidths = std::function<std::optional<double>(Measure, Side)>;

/// The measures that `work_posture` takes, and whose half widths it asks for.
inline constexpr std::array kWorkMeasures = {Measure::neck_flexion,          Measure::neck_lateral_flexion,
                                             Measure::neck_rotation,         Measure::trunk_flexion,
                                             Measure::trunk_lateral_flexion, Measure::trunk_rotation,
                                             Measure::shoulder_elevation,    Measure::elbow_flexion,
                                             Measure::wrist_flexion,         Measure::knee_flexion};

/// Reads the posture from a pose and its measures. The directions of the upper arm (ahead, out of
/// the sagittal plane, in the room) are as sure as its elevation; the trunk's lean to the side is, upright,
/// as sure as the measure in the frontal plane and, level, as trunk flexion. Intervals end where an angle
/// cannot go further; one that is not finite counts as not seen.
[[nodiscard]] WorkPosture work_posture(const Pose& pose, const MeasureSet& measures,
                                       const HalfWidths& half_width);

}  // namespace reprise::engine

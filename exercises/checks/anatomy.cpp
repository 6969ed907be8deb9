// SPDX-License-Identifier: Apache-2.0
#include "exercises/checks/anatomy.h"

#include "base/units.h"
#include "engine/skeleton/joint_limits.h"

namespace reprise::exercises {

AnatomicalLimits plausible_limits(engine::Measure measure) {
  const engine::MeasureInfo& about = engine::info(measure);
  if (about.unit == engine::MeasureUnit::ratio) return {about.plausible_min, about.plausible_max};
  return {to_degrees(Radians{about.plausible_min}).value(), to_degrees(Radians{about.plausible_max}).value()};
}

AnatomicalLimits anatomical_limits(engine::Measure measure) {
  switch (measure) {
    case engine::Measure::shoulder_elevation: return {0, 180};
    case engine::Measure::shoulder_flexion: return {-70, 180};
    case engine::Measure::shoulder_abduction: return {-60, 180};
    case engine::Measure::shoulder_external_rotation: return {-100, 110};
    case engine::Measure::elbow_flexion: return {0, 155};
    case engine::Measure::wrist_flexion: return {-90, 90};
    case engine::Measure::hip_flexion: return {-40, 140};
    case engine::Measure::hip_abduction: return {-45, 75};
    case engine::Measure::knee_flexion: return {0, 160};
    case engine::Measure::ankle_dorsiflexion: return {-65, 45};
    case engine::Measure::neck_lateral_flexion: return {-60, 60};
    case engine::Measure::neck_rotation: return {-95, 95};
    case engine::Measure::neck_flexion: return {-85, 75};
    case engine::Measure::trunk_rotation: return {-70, 70};
    case engine::Measure::shoulder_plane:
    case engine::Measure::trunk_inclination:
    case engine::Measure::trunk_flexion:
    case engine::Measure::trunk_lateral_flexion:
    case engine::Measure::shoulder_obliquity:
    case engine::Measure::pelvic_obliquity:
    case engine::Measure::foot_lift:
    case engine::Measure::heel_lift:
    case engine::Measure::hip_shift:
    case engine::Measure::hip_height:
    case engine::Measure::knee_separation:
    case engine::Measure::step_length:
    case engine::Measure::stance_width:
    case engine::Measure::muscle_activity: break;
  }
  return plausible_limits(measure);
}

AnatomicalLimits anatomical_limits(engine::Dof dof) {
  const engine::JointLimits limits = engine::joint_limits(dof);
  return {to_degrees(limits.min).value(), to_degrees(limits.max).value()};
}

const char* unit_of(engine::Measure measure) {
  return engine::is_angle(measure) ? "degrees" : "";
}

}  // namespace reprise::exercises

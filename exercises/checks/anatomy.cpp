#include "exercises/checks/anatomy.h"

#include "base/units.h"
#include "engine/skeleton/joint_limits.h"

namespace reprise {

AnatomicalLimits plausible_limits(Measure measure) {
  const MeasureInfo& about = info(measure);
  if (about.unit == MeasureUnit::ratio) return {about.plausible_min, about.plausible_max};
  return {to_degrees(Radians{about.plausible_min}).value(), to_degrees(Radians{about.plausible_max}).value()};
}

AnatomicalLimits anatomical_limits(Measure measure) {
  switch (measure) {
    case Measure::shoulder_elevation: return {0, 180};
    case Measure::shoulder_flexion: return {-70, 180};
    case Measure::shoulder_abduction: return {-60, 180};
    case Measure::shoulder_external_rotation: return {-100, 110};
    case Measure::elbow_flexion: return {0, 155};
    case Measure::wrist_flexion: return {-90, 90};
    case Measure::hip_flexion: return {-40, 140};
    case Measure::hip_abduction: return {-45, 75};
    case Measure::knee_flexion: return {0, 160};
    case Measure::ankle_dorsiflexion: return {-65, 45};
    case Measure::neck_lateral_flexion: return {-60, 60};
    case Measure::neck_rotation: return {-95, 95};
    case Measure::neck_flexion: return {-85, 75};
    case Measure::trunk_rotation: return {-70, 70};
    case Measure::shoulder_plane:
    case Measure::trunk_inclination:
    case Measure::trunk_flexion:
    case Measure::trunk_lateral_flexion:
    case Measure::shoulder_obliquity:
    case Measure::pelvic_obliquity:
    case Measure::foot_lift:
    case Measure::heel_lift:
    case Measure::hip_shift:
    case Measure::hip_height:
    case Measure::knee_separation:
    case Measure::step_length:
    case Measure::stance_width: break;
  }
  return plausible_limits(measure);
}

AnatomicalLimits anatomical_limits(Dof dof) {
  const JointLimits limits = joint_limits(dof);
  return {to_degrees(limits.min).value(), to_degrees(limits.max).value()};
}

const char* unit_of(Measure measure) {
  return is_angle(measure) ? "degrees" : "";
}

}  // namespace reprise

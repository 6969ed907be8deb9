#include "session/anatomy.h"

#include "base/units.h"

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
  switch (dof) {
    case Dof::pelvis_tilt: return {-120, 120};  // against the room: lying down and stooping are in it
    case Dof::pelvis_list: return {-45, 45};
    case Dof::pelvis_rotation: return {-180, 180};
    case Dof::trunk_flexion: return {-40, 100};
    case Dof::trunk_lateral_flexion: return {-45, 45};
    case Dof::trunk_rotation: return {-60, 60};
    case Dof::neck_flexion: return {-75, 65};
    case Dof::neck_lateral_flexion: return {-50, 50};
    case Dof::neck_rotation: return {-90, 90};
    case Dof::left_hip_flexion:
    case Dof::right_hip_flexion: return {-40, 140};
    case Dof::left_hip_abduction:
    case Dof::right_hip_abduction: return {-45, 75};
    case Dof::left_hip_rotation:
    case Dof::right_hip_rotation: return {-60, 60};
    case Dof::left_knee_flexion:
    case Dof::right_knee_flexion: return {-15, 160};
    case Dof::left_ankle_dorsiflexion:
    case Dof::right_ankle_dorsiflexion: return {-65, 50};
    case Dof::left_subtalar_inversion:
    case Dof::right_subtalar_inversion: return {-30, 45};
    case Dof::left_scapular_elevation:
    case Dof::right_scapular_elevation: return {-15, 45};
    case Dof::left_shoulder_flexion:
    case Dof::right_shoulder_flexion: return {-70, 185};
    case Dof::left_shoulder_abduction:
    case Dof::right_shoulder_abduction: return {-60, 185};
    case Dof::left_shoulder_rotation:
    case Dof::right_shoulder_rotation: return {-110, 110};
    case Dof::left_elbow_flexion:
    case Dof::right_elbow_flexion: return {-15, 155};
    case Dof::left_forearm_pronation:
    case Dof::right_forearm_pronation: return {-95, 95};
    case Dof::left_wrist_flexion:
    case Dof::right_wrist_flexion: return {-90, 90};
  }
  return {-180, 180};
}

const char* unit_of(Measure measure) {
  return info(measure).unit == MeasureUnit::radian ? "degrees" : "";
}

}  // namespace reprise

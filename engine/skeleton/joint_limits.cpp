// SPDX-License-Identifier: Apache-2.0
#include "engine/skeleton/joint_limits.h"

namespace reprise::engine {

JointLimits joint_limits(Dof dof) {
  const auto degrees = [](double min, double max) { return JointLimits{Degrees{min}, Degrees{max}}; };
  switch (dof) {
    case Dof::pelvis_tilt: return degrees(-120, 120);  // against the room: lying down and stooping are in it
    case Dof::pelvis_list: return degrees(-45, 45);
    case Dof::pelvis_rotation: return degrees(-180, 180);
    case Dof::trunk_flexion: return degrees(-40, 100);
    case Dof::trunk_lateral_flexion: return degrees(-45, 45);
    case Dof::trunk_rotation: return degrees(-60, 60);
    case Dof::neck_flexion: return degrees(-75, 65);
    case Dof::neck_lateral_flexion: return degrees(-50, 50);
    case Dof::neck_rotation: return degrees(-90, 90);
    case Dof::left_hip_flexion:
    case Dof::right_hip_flexion: return degrees(-40, 140);
    case Dof::left_hip_abduction:
    case Dof::right_hip_abduction: return degrees(-45, 75);
    case Dof::left_hip_rotation:
    case Dof::right_hip_rotation: return degrees(-60, 60);
    case Dof::left_knee_flexion:
    case Dof::right_knee_flexion: return degrees(-15, 160);
    case Dof::left_knee_rotation:
    case Dof::right_knee_rotation: return degrees(-45, 45);
    case Dof::left_ankle_dorsiflexion:
    case Dof::right_ankle_dorsiflexion: return degrees(-65, 50);
    case Dof::left_subtalar_inversion:
    case Dof::right_subtalar_inversion: return degrees(-30, 45);
    case Dof::left_scapular_elevation:
    case Dof::right_scapular_elevation: return degrees(-15, 45);
    case Dof::left_shoulder_flexion:
    case Dof::right_shoulder_flexion: return degrees(-70, 185);
    case Dof::left_shoulder_abduction:
    case Dof::right_shoulder_abduction: return degrees(-60, 185);
    case Dof::left_shoulder_rotation:
    case Dof::right_shoulder_rotation: return degrees(-110, 110);
    case Dof::left_elbow_flexion:
    case Dof::right_elbow_flexion: return degrees(-15, 155);
    case Dof::left_forearm_pronation:
    case Dof::right_forearm_pronation: return degrees(-95, 95);
    case Dof::left_wrist_flexion:
    case Dof::right_wrist_flexion: return degrees(-90, 90);
  }
  return degrees(-180, 180);
}

}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#include "engine/skeleton/dof.h"

#include <algorithm>

namespace reprise::engine {
namespace {

constexpr std::array<std::string_view, kDofCount> kNames = {
    "pelvis_tilt",
    "pelvis_list",
    "pelvis_rotation",
    "trunk_flexion",
    "trunk_lateral_flexion",
    "trunk_rotation",
    "neck_flexion",
    "neck_lateral_flexion",
    "neck_rotation",
    "left_hip_flexion",
    "left_hip_abduction",
    "left_hip_rotation",
    "left_knee_flexion",
    "left_knee_rotation",
    "left_ankle_dorsiflexion",
    "left_subtalar_inversion",
    "left_scapular_elevation",
    "left_shoulder_flexion",
    "left_shoulder_abduction",
    "left_shoulder_rotation",
    "left_elbow_flexion",
    "left_forearm_pronation",
    "left_wrist_flexion",
    "right_hip_flexion",
    "right_hip_abduction",
    "right_hip_rotation",
    "right_knee_flexion",
    "right_knee_rotation",
    "right_ankle_dorsiflexion",
    "right_subtalar_inversion",
    "right_scapular_elevation",
    "right_shoulder_flexion",
    "right_shoulder_abduction",
    "right_shoulder_rotation",
    "right_elbow_flexion",
    "right_forearm_pronation",
    "right_wrist_flexion",
};

constexpr auto kFirstLeft = static_cast<std::size_t>(Dof::left_hip_flexion);
constexpr auto kFirstRight = static_cast<std::size_t>(Dof::right_hip_flexion);
constexpr std::size_t kPerSide = kFirstRight - kFirstLeft;
static_assert(kFirstRight + kPerSide == kDofCount);

}  // namespace

std::string_view name(Dof dof) {
  return kNames[static_cast<std::size_t>(dof)];
}

std::optional<Dof> dof_from_name(std::string_view name) {
  const auto* const found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return dof_at(static_cast<std::size_t>(found - kNames.begin()));
}

Dof mirrored(Dof dof) {
  const auto i = static_cast<std::size_t>(dof);
  if (i < kFirstLeft) return dof;
  return dof_at(i < kFirstRight ? i + kPerSide : i - kPerSide);
}

bool changes_sign_in_mirror(Dof dof) {
  switch (dof) {
    case Dof::pelvis_list:
    case Dof::pelvis_rotation:
    case Dof::trunk_lateral_flexion:
    case Dof::trunk_rotation:
    case Dof::neck_lateral_flexion:
    case Dof::neck_rotation: return true;
    default: return false;
  }
}

Posture mirrored(const Posture& posture) {
  Posture other;
  for (std::size_t i = 0; i < kDofCount; ++i) {
    const Dof dof = dof_at(i);
    other[mirrored(dof)] = changes_sign_in_mirror(dof) ? -posture[dof] : posture[dof];
  }
  return other;
}

}  // namespace reprise::engine

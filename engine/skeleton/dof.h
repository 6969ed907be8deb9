// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/units.h"

namespace reprise::engine {

/// The movements of the first body, in clinical terms. Zero is neutral-zero standing: upright, arms hanging
/// at the side, thumbs forward, feet pointing forward. Positive as the name says; where a midline movement
/// has two directions, to the person's right is positive.
enum class Dof : std::uint8_t {
  pelvis_tilt,            ///< against the room; anterior (the trunk leans forward) positive
  pelvis_list,            ///< against the room; right side higher positive
  pelvis_rotation,        ///< against the room; turning to the right positive
  trunk_flexion,          ///< against the pelvis; forward positive
  trunk_lateral_flexion,  ///< against the pelvis; to the right positive
  trunk_rotation,         ///< against the pelvis; turning to the right positive
  neck_flexion,           ///< against the trunk; forward positive
  neck_lateral_flexion,   ///< against the trunk; to the right positive
  neck_rotation,          ///< against the trunk; turning to the right positive
  left_hip_flexion,       ///< against the pelvis; extension negative
  left_hip_abduction,     ///< adduction negative
  left_hip_rotation,      ///< internal positive
  left_knee_flexion,
  left_knee_rotation,       ///< of the shank about its length, internal positive; a bent knee lets it turn
  left_ankle_dorsiflexion,  ///< plantarflexion negative
  left_subtalar_inversion,  ///< sole to the middle positive
  left_scapular_elevation,  ///< the shoulder lifted towards the ear
  left_shoulder_flexion,    ///< extension negative; see below
  left_shoulder_abduction,  ///< adduction negative; see below
  left_shoulder_rotation,   ///< of the upper arm about its length, internal positive
  left_elbow_flexion,
  left_forearm_pronation,  ///< from the middle position (thumb forward); supination negative
  left_wrist_flexion,      ///< to the palm positive
  right_hip_flexion,
  right_hip_abduction,
  right_hip_rotation,
  right_knee_flexion,
  right_knee_rotation,
  right_ankle_dorsiflexion,
  right_subtalar_inversion,
  right_scapular_elevation,
  right_shoulder_flexion,
  right_shoulder_abduction,
  right_shoulder_rotation,
  right_elbow_flexion,
  right_forearm_pronation,
  right_wrist_flexion,
};
inline constexpr std::size_t kDofCount = 37;
/// Those before it turn the pelvis in the room; from here on they are of joints.
inline constexpr auto kFirstJointDof = static_cast<std::size_t>(Dof::trunk_flexion);

// Shoulder: flexion f and abduction a together say where the arm is raised to. The elevation is hypot(f, a),
// in the plane whose direction is a : f between straight sideways and straight forward (90 degrees of
// elevation halfway between, in scaption: f = a = 63.6 degrees). So pure flexion and pure abduction both run
// to 180 degrees, and nothing is singular at rest. The raising itself turns the arm about a horizontal axis
// of the trunk, without any turn about its own length; shoulder_rotation adds that.

/// The name used in files, e.g. "left_knee_flexion".
[[nodiscard]] std::string_view name(Dof dof);
/// Empty where the name is none of them.
[[nodiscard]] std::optional<Dof> dof_from_name(std::string_view name);
/// The same movement on the other side; midline movements stay themselves.
[[nodiscard]] Dof mirrored(Dof dof);
/// Whether its sign turns over in the mirror: midline movements to the right become ones to the left.
[[nodiscard]] bool changes_sign_in_mirror(Dof dof);

/// An angle for each movement; zero is neutral standing.
class Posture {
 public:
  Radians& operator[](Dof dof) { return angles_[static_cast<std::size_t>(dof)]; }
  const Radians& operator[](Dof dof) const { return angles_[static_cast<std::size_t>(dof)]; }
  friend bool operator==(const Posture&, const Posture&) = default;

 private:
  std::array<Radians, kDofCount> angles_{};
};

/// Left and right exchanged.
[[nodiscard]] Posture mirrored(const Posture& posture);

/// The n-th movement, 0 to kDofCount - 1, for loops over all.
[[nodiscard]] constexpr Dof dof_at(std::size_t index) {
  return static_cast<Dof>(index);
}

}  // namespace reprise::engine

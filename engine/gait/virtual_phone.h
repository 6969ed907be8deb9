// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/side.h"
#include "engine/gait/virtual_lower_back.h"

// Simulated phones in the pocket and in the hand of a simulated walker: truth for tests. Nothing here is a
// person's.
namespace reprise::engine::virtual_phone {

using virtual_lower_back::Gait;
using virtual_lower_back::Pelvis;
using virtual_lower_back::Trajectory;

/// A limb that swings below the pelvis: where it hangs, where the phone is along it, and how far it swings.
struct Limb {
  Side side = Side::left;
  double up_m = 0;        ///< its joint above the pelvis
  double sideways_m = 0;  ///< outward
  double down_m = 0;      ///< of the phone from the joint
  double forward_m = 0;
  double swing_rad = 0;  ///< to each side of upright
  bool with_leg = true;  ///< false: with the other side's leg
};

/// Like a pelvis that turns with the limb. Each foot lands with its limb ahead; Gait has the right one first.
inline Trajectory swinging(const Gait& gait, const Limb& limb) {
  const Trajectory walk = straight_walk(gait);
  return [gait, limb, walk](double t) {
    Pelvis at = walk(t);
    const Eigen::Matrix3d pelvis = orientation_of(at);
    const bool right = (limb.side == Side::right) == limb.with_leg;
    const double phase = kPi * gait.steps_per_s * (t - gait.start_s) + (right ? 0 : kPi);
    at.flexion_rad = -limb.swing_rad * gait.amount(t) * std::cos(phase);
    const double out_m = limb.side == Side::right ? limb.sideways_m : -limb.sideways_m;
    at.position_m += pelvis * Eigen::Vector3d(0, limb.up_m, out_m) +
                     orientation_of(at) * Eigen::Vector3d(limb.forward_m, -limb.down_m, 0);
    return at;
  };
}

/// In a front pocket: on the thigh, which swings by 22 degrees to each side.
inline Trajectory in_pocket(const Gait& gait, Side side) {
  return swinging(gait, {side, -0.05, 0.09, 0.15, 0.08, 22 * kPi / 180, true});
}

/// In a hanging hand that swings against its side's leg.
inline Trajectory in_hand(const Gait& gait, Side side) {
  return swinging(gait, {side, 0.5, 0.2, 0.65, 0, 20 * kPi / 180, false});
}

}  // namespace reprise::engine::virtual_phone

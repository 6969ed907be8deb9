// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/result.h"
#include "engine/signal/inertial.h"

namespace reprise::engine {

/// ISB axes of either foot when flat on the ground: x to the toes, y up, z to the person's right. Turning
/// about +z lifts the toes (dorsiflexion).
struct Foot;

struct FootAlignment {
  Rotation<Foot, Sensor> rotation;
  Vec3<Sensor> gyroscope_bias_radps;
  /// Of the horizontal rotation's energy, the share about the medio-lateral axis, 0.5 to 1: low if the
  /// movement is no walking, or the sensor is loose.
  double mediolateral_share = 0.5;
  /// Of the steps between two mid-stances, the share that went in the direction which was taken as forward,
  /// 0.5 to 1, by distance.
  double forward_share = 0.5;
};

/// Finds how a sensor sits on a foot, however it is mounted (swapped axes, upside down, lateral, instep):
/// up by gravity where the foot is flat; the medio-lateral axis as the first principal component of the
/// horizontal angular velocity (as gaitmap's PcaAlignment); its sign so that the foot travels towards the
/// toes (the idea of gaitmap's ForwardDirectionSignAlignment; there by the mean velocity of the whole
/// recording, here by the displacement between neighboring mid-stances). Walking backwards therefore swaps
/// the toes with the heel. `foot_flats`: mid-stances in samples (find_foot_flats). Precondition: checked
/// samples with a gyroscope. Errors: nothing_measured (fewer than 2 mid-stances, no movement between them).
[[nodiscard]] Result<FootAlignment> align_foot(const InertialView& samples, const Vec3<Sensor>& bias_radps,
                                               std::span<const std::size_t> foot_flats);

/// A recording in the foot's axes, without the gyroscope's bias.
struct FootSamples {
  Hertz rate{100};
  std::vector<Vec3<Foot>> acceleration_mps2;
  std::vector<Vec3<Foot>> angular_velocity_radps;
};

/// Turns a recording into the foot's axes.
[[nodiscard]] FootSamples in_foot_axes(const InertialView& samples, const FootAlignment& alignment);

}  // namespace reprise::engine

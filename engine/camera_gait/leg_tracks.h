// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/side.h"
#include "engine/pose/landmarks.h"

namespace reprise::engine {

/// A walker seen from the side over time, at an even rate, without the shaking above 6 Hz. Lengths are in
/// those of a leg, from hip to ankle in the picture; ahead is the way walked. Angles are those in the
/// picture's plane, which a camera square to the way shows truly: of a body fitted in space, fast swings come
/// out too small (docs/accuracy.md). Frames in which thigh or shank are much longer or shorter than usual
/// show that leg wrong, and are bridged.
struct LegTracks {
  static constexpr Hertz kRate{100};

  struct Leg {
    std::vector<double> heel_ahead;  ///< of mid-hips
    std::vector<double> toe_ahead;   ///< of mid-hips
    std::vector<double> heel_up;     ///< above mid-hips: negative
    std::vector<double> toe_up;
    std::vector<double> hip_flexion;         ///< rad, thigh against trunk
    std::vector<double> knee_flexion;        ///< rad
    std::vector<double> ankle_dorsiflexion;  ///< rad, sole against shank, right angle 0
    std::vector<double> arm_ahead;           ///< rad, upper arm from hanging
  };
  Seconds start{0};
  std::array<Leg, 2> legs;         ///< by side
  std::vector<double> hips_ahead;  ///< in the picture; all 0 where the source has no pixels
  double leg = 1;                  ///< a leg's length, pixels or meters

  [[nodiscard]] const Leg& of(Side side) const { return legs[static_cast<std::size_t>(side)]; }
  [[nodiscard]] std::size_t size() const { return hips_ahead.size(); }
  [[nodiscard]] Seconds time(double sample) const { return start + sample * period(kRate); }
  [[nodiscard]] double sample(Seconds time) const { return (time - start) * kRate.value() / Seconds{1}; }
};

/// `network_landmarks`: of a pose network, whose hips lie ahead of the joints: corrected as its errors were
/// found (inverse_kinematics/network_landmarks.h). `frames`: one pass, with untangled legs. `direction`: as
/// WalkingPass. Errors: nothing_measured (too short).
[[nodiscard]] Result<LegTracks> track_legs(std::span<const PoseFrame> frames, int direction,
                                           bool network_landmarks = false);

/// A track between two samples. Precondition: not empty; beyond the ends it stays.
[[nodiscard]] double value_at(std::span<const double> track, double sample);

}  // namespace reprise::engine

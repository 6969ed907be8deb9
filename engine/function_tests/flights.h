// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/pose/landmarks.h"

namespace reprise::engine {

/// One jump: both feet are off the ground from take-off to landing.
struct Flight {
  Seconds take_off;
  Seconds landing;
  double foot_lift = 0;  ///< most that the lower foot was above the ground, in leg lengths
  double hip_rise = 0;   ///< most that the hips were above where they left and landed, in leg lengths
  /// The hips were this much nearer to the feet at landing than at take-off, in leg lengths: bent knees or
  /// ankles, which make the flight longer. Negative: the other way round.
  double bent_at_landing = 0;
  /// The feet come down this much lower than they left, in leg lengths: off a step. Negative: onto one. Then
  /// the flight says nothing of the height.
  double lower_at_landing = 0;

  [[nodiscard]] Seconds time() const { return landing - take_off; }
};

/// Unsourced defaults.
struct FlightOptions {
  double least_lift = 0.05;  ///< in leg lengths; a lower foot counts as down
  Seconds shortest{0.12};
  Seconds longest{1.0};
  Seconds ground_window{1.0};  ///< the ground is where the lower foot lies most within this time on each side
  Seconds apart{0.15};         ///< feet that leave or touch later than this after one another run
  Hertz least_rate{20};
  /// The hips must rise as a thrown body does in that time, for a leg of this length and within these shares.
  Meters leg{0.85};
  double least_of_free_fall = 0.35, most_of_free_fall = 2.5;
};

/// Finds the jumps of a person before a camera that stands still, from the feet in the picture. A foot is at
/// its lower end (heel or toes), the ground where the lower foot lies before and after. Take-off and landing
/// are those of the thrown body that passes a share of the way at the same times, for a foot rises at once
/// with its full speed; so they are finer than one picture. The hips must rise as far as gravity
/// lets them in that time, or it is no jump. Steps of running, in
/// which one foot leaves or lands after the other, are none. Empty without a jump. Errors: unsupported (no
/// picture positions, fewer than `least_rate` pictures a second), nothing_measured (the feet are seen in less
/// than half of the pictures).
[[nodiscard]] Result<std::vector<Flight>> find_flights(std::span<const PoseFrame> frames,
                                                       const FlightOptions& options = {});

/// The height that the body rises in half of `flight`: g t^2 / 8. It takes it that the body lands as it left.
[[nodiscard]] Meters jump_height(Seconds flight);

}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "engine/kinematics/measure.h"

namespace reprise::engine {

// Unsourced defaults (docs/guide/set-up-check.md). Heights are in trunk lengths above nose and ears.
inline constexpr double kHandUpFrom = 0.25;
inline constexpr double kHandUpUntil = 0.1;
inline constexpr double kOtherHandBelow = -0.2;  ///< about the chin; higher, the other hand is up, too
inline constexpr Seconds kHandUpFor{1.0};        ///< shorter is no signal
inline constexpr Seconds kHandUpGap{0.3};        ///< a gap of this length does not end the signal
inline constexpr Seconds kHandForgotten{1.0};    ///< without a frame for this long, it starts anew

/// The signal "one hand up": one wrist above the head for a second, the other one below the chin. Causal. The
/// vertical is the camera's, so a lying person points upwards.
class RaisedHand {
 public:
  /// Feeds one frame; ignores a frame whose time does not rise. Returns the side of the raised hand.
  std::optional<Side> step(const PoseFrame& frame);
  [[nodiscard]] std::optional<Side> now() const;
  /// Whether a hand was up alone in the frame of that time, for however short.
  [[nodiscard]] bool is_up_at(Seconds time) const { return side_ && last_ == time; }

 private:
  std::optional<Seconds> last_frame_;
  std::optional<Side> side_;  ///< the side of the one raised hand
  Seconds since_{0};
  Seconds last_{0};
};

}  // namespace reprise::engine

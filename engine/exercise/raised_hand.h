#pragma once

#include <optional>

#include "engine/kinematics/measure.h"

namespace reprise {

// All of these are unsourced defaults (docs/set-up-check.md). Heights in trunk lengths above nose and ears.
inline constexpr double kHandUpFrom = 0.25;
inline constexpr double kHandUpUntil = 0.1;
inline constexpr double kOtherHandBelow = -0.2;  ///< about the chin: higher, the other hand is up as well
inline constexpr Seconds kHandUpFor{1.0};        ///< shorter is no signal
inline constexpr Seconds kHandUpGap{0.3};        ///< unseen or down for no longer than this, it is still up
inline constexpr Seconds kHandForgotten{1.0};    ///< after so long without a frame it starts anew

/// The signal "one hand up": one wrist above the head for a second, the other one below the chin. Causal.
/// Vertical means the camera's vertical, so somebody who lies gives it by pointing upwards.
class RaisedHand {
 public:
  /// Feeds one frame; frames whose time does not rise are ignored. The side whose hand is up, while it is.
  std::optional<Side> step(const PoseFrame& frame);
  [[nodiscard]] std::optional<Side> now() const;

 private:
  std::optional<Seconds> last_frame_;
  std::optional<Side> side_;  ///< whose hand alone is up
  Seconds since_{0};
  Seconds last_{0};
};

}  // namespace reprise

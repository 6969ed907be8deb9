// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/units.h"
#include "engine/exercise/repetition_detector.h"
#include "engine/kinematics/body_part.h"
#include "engine/kinematics/measure.h"
#include "engine/kinematics/view.h"

namespace reprise::engine {

/// The state of a set at one instant, for a screen: the coach's own causal, filtered
/// signal.
struct CoachState {
  std::optional<double> value;     ///< of the primary signal, rad or ratio; empty: not measured in this frame
  std::optional<double> progress;  ///< the same value scaled: 0 at rest, 1 at the target, beyond it above 1
                                   /// Of a hold: `extreme` while it lasts, else `rest`.
  MovementPart part = MovementPart::rest;
  /// As the exercise names it: the prescribed side, else the working one; empty if both, none, or unknown.
  std::optional<Side> side;
  /// The side to which the trunk leans sideways, of an exercise whose primary measure is the trunk's
  /// inclination; empty: it does not lean, or another exercise.
  std::optional<Side> leans_to;
  Seconds held{0};        ///< time at the extreme of this repetition; of a hold: since it began
  Seconds repetition{0};  ///< since this repetition (or hold) began; 0 in between
  bool at_ceiling = false;
  std::optional<Measure> unseen;  ///< out of the picture or hidden for a second: the primary measure
                                  /// The part that hides most of it; empty if no person is seen.
  std::optional<BodyPart> unseen_part;
  std::optional<View> view;         ///< the average view of the set until now
  std::optional<Side> raised_hand;  ///< always empty if the exercise itself lifts a hand (HandsUp)
};

}  // namespace reprise::engine

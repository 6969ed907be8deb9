#pragma once

#include <optional>

#include "base/units.h"
#include "engine/exercise/repetition_detector.h"
#include "engine/kinematics/body_part.h"
#include "engine/kinematics/measure.h"
#include "engine/kinematics/view.h"

namespace reprise {

/// How things stand in a set at one instant, for a screen: the coach's own filtered signal, without anything
/// that comes later.
struct CoachState {
  std::optional<double> value;     ///< of the primary signal, rad or ratio; empty: not measured in this frame
  std::optional<double> progress;  ///< the same from rest (0) to target (1), and beyond
  /// Of a hold: extreme while it lasts, else rest.
  MovementPart part = MovementPart::rest;
  /// As the exercise's words name it: the prescribed one, else the one at work; empty: both, none, or not
  /// known.
  std::optional<Side> side;
  Seconds held{0};        ///< at the extreme of this repetition until now; of a hold: since it began
  Seconds repetition{0};  ///< since this repetition (or hold) began; 0 between two
  bool at_ceiling = false;
  std::optional<Measure> unseen;  ///< out of the picture or hidden for a second: the primary measure
  /// What hides most of it; empty where nobody is seen.
  std::optional<BodyPart> unseen_part;
  std::optional<View> view;         ///< from where the set has been seen until now
  std::optional<Side> raised_hand;  ///< always empty where the exercise itself lifts a hand (HandsUp)
};

}  // namespace reprise

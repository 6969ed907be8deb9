// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/units.h"
#include "engine/exercise/body_position.h"
#include "engine/exercise/gestures.h"
#include "engine/kinematics/body_part.h"
#include "engine/kinematics/measure.h"
#include "engine/kinematics/view.h"

namespace reprise::engine {

// What the engine must know of an exercise to count and judge it. Words, cues, evidence and the movement that
// draws it belong to the catalog (exercises/catalog.h), which fills this in.

/// How the two sides of a sided measure become one number. Midline measures ignore it.
enum class Combine : std::uint8_t {
  mean,     ///< both sides together, weighted by confidence: squat
  larger,   ///< the side that is farther from rest: either arm, or both at once
  smaller,  ///< the side that is nearer to rest: "both must"
  working,  ///< the side that does the repetition
  resting,  ///< the other one
};

struct Signal {
  Measure measure = Measure::knee_flexion;
  Combine combine = Combine::mean;
};

/// Limits in the unit of the measure: radians or ratio. Either may be open.
struct Limits {
  std::optional<double> min;
  std::optional<double> max;
};

/// Which part of a repetition a rule looks at.
enum class When : std::uint8_t {
  start,    ///< the moment it leaves rest
  extreme,  ///< the moment farthest from rest
  whole,    ///< every moment from start to end
};

/// A movement that breaks one of these is another movement, and is not counted (a stoop is no squat).
struct Gate {
  Signal signal;
  When when = When::extreme;
  Limits limits;
};

/// A way of doing it worse. Past the limit by `full_deviation`, the fault counts in full; before, in
/// proportion.
struct FormRule {
  std::string id;
  Signal signal;
  When when = When::extreme;
  Limits limits;
  double full_deviation = 1;       ///< rad or ratio, positive
  double weight = 1;               ///< share of the form points that the full fault costs
  std::vector<View> views = {};    ///< judged only from these; empty: from all
  bool relative_to_start = false;  ///< the limits bound the change since the start of the repetition
};

enum class Kind : std::uint8_t {
  repetitions,
  hold,  ///< what counts is how long the primary signal stays at or beyond the target
};

/// Wanted durations of a repetition's parts; an empty part is not judged.
struct Tempo {
  std::optional<Seconds> out;   ///< from rest to the extreme
  std::optional<Seconds> hold;  ///< at the extreme
  std::optional<Seconds> back;
};

/// Whether a hand comes about as high as the head while the exercise is done right, which then is no signal.
enum class HandsUp : std::uint8_t {
  never,
  moving,   ///< on the way, not at rest
  at_rest,  ///< already before it begins
};

/// How high the exercise's points come on the way, in trunk lengths.
struct Reach {
  BodyPart part = BodyPart::head;  ///< what comes highest
  double above_base = 0;           ///< above the ankles (above the hips, where the exercise needs no feet)
  double above_start = 0;          ///< above the highest point of the posture that it starts in
};

/// Which way the body moves on the way out, so that "farther" can be said in plain words.
enum class Farther : std::uint8_t {
  farther,
  lower,   ///< the trunk comes down
  higher,  ///< all that moves goes up
};

/// Points of each shown part; what cannot be measured is left out, and the rest is scaled up to 100.
struct QualityWeights {
  double range = 40;
  double tempo = 20;
  double smoothness = 15;
  double form = 25;
};

struct ExerciseDefinition {
  std::string id;
  Kind kind = Kind::repetitions;
  Signal primary;
  double rest = 0;    ///< primary value at rest, rad or ratio
  double target = 0;  ///< primary value to reach; below `rest` for movements that count down (standing up)
  double min_excursion =
      0;  ///< smallest movement that can be a repetition, in the unit of the primary, positive
  std::optional<double> ceiling;  ///< never to be passed; a programme may set a lower one
  bool sided = false;             ///< done by one side at a time or by either
  /// Of a sided exercise, the side on which this is larger at the extreme works; empty: the side that went
  /// farther.
  std::optional<Measure> side_from;
  /// A side names the limb that rests: "standing on the left leg" while the right one is lifted.
  bool named_by_resting_side = false;
  Tempo tempo;
  Seconds shortest{0.4};  ///< faster is a glitch or another movement. Unsourced default
  Seconds longest{30};    ///< a repetition that takes longer is given up. Unsourced default
  std::vector<Gate> gates;
  std::vector<FormRule> form;
  std::vector<View> views;  ///< from where one camera can judge it, the best first
  QualityWeights weights;
  // What follows from the movement that draws it (exercises/movement_extent.h).
  HandsUp hands_up = HandsUp::never;
  GestureChoice gestures = {};
  std::optional<Reach> reach;
  Farther farther = Farther::farther;
  // Empty: not judged.
  std::vector<BodyPosition> positions;  ///< in which it may be done, the usual one first
  BodyPositions positions_at_start;     ///< these, and how it is drawn at rest
  BodyPositions positions_on_the_way;   ///< and all that the drawn movement passes through
};

}  // namespace reprise::engine

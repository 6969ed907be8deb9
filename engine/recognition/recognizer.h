// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/exercise/definition.h"
#include "engine/recognition/movement_cycle.h"
#include "engine/repetitions/count_repetitions.h"
#include "engine/synthesis/generate.h"

namespace reprise::engine {

/// What a recognizer must know of an exercise.
struct KnownExercise {
  std::string name;  ///< as a person reads it
  ExerciseDefinition definition;
  MovementDefinition movement;  ///< one repetition, right side working
  bool both_sides = false;      ///< may be done with both sides, in turn or together
  bool common = false;          ///< done by many; where two fit about as well, it is this one rather
  /// Exercises of one group look the same to a camera, and are recognized as one.
  std::string group;
};

/// A group of exercises and how well it fits.
struct RankedGroup {
  std::string group;
  std::vector<std::string> exercises;  ///< ids, the best fitting first
  std::vector<std::string> names;      ///< of these exercises
  double probability = 0;              ///< with those of the others and `Recognition::unknown`: 1
  /// Mean square deviation from the nearest template, in units of expected noise; of groups that are farther
  /// than the best by 1.5 or more only a lower limit.
  double distance = 0;
  double cost = 0;  ///< the distance, and more where the exercise is not common
};

struct Recognition {
  std::vector<RankedGroup> ranked;                  ///< all groups, the most probable first
  double unknown = 1;                               ///< probability that it is none of them
  std::vector<CountedRepetition> repetitions = {};  ///< counted without knowing the exercise

  [[nodiscard]] const RankedGroup* of(std::string_view exercise) const;
};

/// Fills in the probabilities that follow from costs and distances, and sorts by them. Without a group: all
/// unknown.
void fill_probabilities(Recognition& recognition);

/// Whether the recognized movement is certainly not the exercise that was named.
struct OtherMovement {
  std::optional<RankedGroup> instead;  ///< empty: it looks like none that is known
};
/// Empty where it may be `exercise`, or `exercise` is not among the known. `counted`: complete repetitions of
/// `exercise`; two that its gates let pass speak for it, and the movement must look less like it. Limits are
/// tuned on simulated people and on clips (docs/accuracy.md).
[[nodiscard]] std::optional<OtherMovement> looks_like_other(const Recognition& recognition,
                                                            std::string_view exercise, int counted = 0);

/// Recognizes exercises by templates that it draws from their own movements: no training, and a new exercise
/// takes part at once. A repetition that blind counting found (or stillness) is compared with each template,
/// seen from where it fits best, by the directions of the body's lines, phases aligned by dynamic time
/// warping. Depth counts little, because one camera hardly sees it; so does where lines point on average that
/// the exercise does not measure. Constants are unsourced defaults, tuned on simulated people and a few
/// recordings.
class Recognizer {
 public:
  /// Draws the templates. An exercise that the body model refuses to draw takes no part.
  explicit Recognizer(std::span<const KnownExercise> exercises);

  /// Recognizes what most repetitions of the frames are; stillness where there are none. Without a person:
  /// everything is unknown. Frames in chronological order; only directions count, so meters may be any unit.
  [[nodiscard]] Recognition recognize(std::span<const PoseFrame> frames) const;

  [[nodiscard]] std::size_t exercise_count() const { return exercises_.size(); }

 private:
  struct Template {
    std::size_t exercise;
    MovementCycle cycle;
  };
  struct Exercise {
    std::string id;
    std::string name;
    std::string group;
    PerBodyLine<bool> measured;
    BodyPositions positions;
    bool common = false;
  };
  struct Observed {
    MovementCycle cycle;
    std::vector<BodyPositions> positions;
  };
  [[nodiscard]] std::vector<float> distances(const Observed& observed) const;

  std::vector<Exercise> exercises_;
  std::vector<Template> templates_;
};

}  // namespace reprise::engine

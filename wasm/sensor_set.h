// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "engine/exercise/coach.h"
#include "exercises/catalog.h"
#include "session/passes.h"

namespace reprise::wasm {

/// A muscle's target in place of the exercise's own measure.
struct MuscleGoal {
  double share = 0;  ///< of the reference contraction, above 0
  Seconds hold{0};
};

/// The exercise with the muscle's activity as what counts: held at the share or beyond. Only for an exercise
/// without a ceiling, which no one would watch.
[[nodiscard]] exercises::CatalogExercise with_muscle(exercises::CatalogExercise exercise,
                                                     const MuscleGoal& goal);

/// One set that worn sensors measure: the live coach on the moments of one measure.
class SensorSet {
 public:
  /// `side`: that wears the sensors.
  SensorSet(exercises::CatalogExercise exercise, engine::CoachOptions options, engine::Side side,
            double deviation);

  /// Marks the set as simulated, whatever `document` receives.
  void mark_simulated() { simulated_ = true; }
  /// Feeds the next moment to the coach; one whose time does not rise is ignored. Errors: invalid_argument
  /// (the time is not finite, or the set is over); unsupported (longer than half an hour).
  [[nodiscard]] Result<std::vector<engine::CoachEvent>> step(const session::SensorMoment& moment);
  /// Ends the set; a second call does nothing.
  [[nodiscard]] std::vector<engine::CoachEvent> finish();

  [[nodiscard]] const engine::Coach& coach() const { return coach_; }
  [[nodiscard]] const exercises::CatalogExercise& exercise() const { return exercise_; }

  /// `places`: where sensors were worn. Errors: nothing_measured (no moment).
  [[nodiscard]] Result<session::SessionDocument> document(const std::string& language,
                                                          std::vector<std::string> places) const;

 private:
  exercises::CatalogExercise exercise_;
  engine::CoachOptions options_;
  engine::Coach coach_;
  session::SensorTrack track_;
  Seconds began_{0};  ///< by the page's clock
  bool simulated_ = false;
  bool finished_ = false;
};

}  // namespace reprise::wasm

// SPDX-License-Identifier: Apache-2.0
#include "exercises/within_ceiling.h"

#include <gtest/gtest.h>

#include "engine/exercise/signal_value.h"
#include "tests/support/shipped_catalog.h"

namespace reprise::exercises {
namespace {

/// As far from rest as this, 1 is the target.
double value_at(const engine::ExerciseDefinition& definition, double progress) {
  return definition.rest + progress * (definition.target - definition.rest);
}

TEST(WithinCeiling, NoExerciseIsShownPastTheCeilingOfItsProgramme) {
  int less = 0;
  for (const CatalogExercise& exercise : shipped()) {
    const auto& definition = exercise.definition;
    const auto whole = farthest_progress(definition, exercise.movement.correct);
    const auto first =
        farthest_progress(definition, within_ceiling(exercise, definition.rest).movement.correct);
    for (const double ceiling : {0.4, 0.7}) {
      const CatalogExercise shown = within_ceiling(exercise, value_at(definition, ceiling));
      const auto farthest = farthest_progress(definition, shown.movement.correct);
      // One that begins past it rests: it is not offered under that ceiling.
      const double most = std::max(ceiling, first.value_or(0));
      EXPECT_LE(farthest.value_or(0), most + 1e-6) << definition.id << " at " << ceiling;
      for (const CatalogFault& fault : shown.movement.faults) {
        const auto wrong = fault.instead ? farthest_progress(definition, *fault.instead)
                                         : farthest_progress(definition, shown.movement.correct, fault.add);
        EXPECT_LE(wrong.value_or(0), ceiling + 1e-6) << definition.id << ", " << fault.produces;
      }
      if (whole && farthest && *farthest < *whole - 0.1) ++less;
    }
  }
  EXPECT_GT(less, 150) << "most movements go as far as their target";
}

TEST(WithinCeiling, ShowsAsMuchAsTheCeilingAllows) {
  for (const CatalogExercise& exercise : shipped()) {
    if (exercise.definition.id != "squat") continue;
    const CatalogExercise shown = within_ceiling(exercise, value_at(exercise.definition, 0.7));
    EXPECT_NEAR(*farthest_progress(exercise.definition, shown.movement.correct), 0.69, 0.02);
  }
}

TEST(WithinCeiling, ChangesNothingWithoutOne) {
  for (const CatalogExercise& exercise : shipped()) {
    if (exercise.definition.ceiling) continue;
    const CatalogExercise shown = within_ceiling(exercise, std::nullopt);
    EXPECT_EQ(shown.movement.faults.size(), exercise.movement.faults.size());
    EXPECT_EQ(farthest_progress(exercise.definition, shown.movement.correct),
              farthest_progress(exercise.definition, exercise.movement.correct));
  }
}

}  // namespace
}  // namespace reprise::exercises

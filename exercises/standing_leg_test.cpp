// SPDX-License-Identifier: Apache-2.0
#include "exercises/standing_leg.h"

#include <gtest/gtest.h>

#include "tests/support/shipped_catalog.h"

namespace reprise::exercises {
namespace {

// Patient finding 17
TEST(StandingLeg, IsWhatTheExercisesOwnWordsSayOfThePrescribedSide) {
  int one_legged = 0;
  for (const CatalogExercise& exercise : shipped()) {
    for (const engine::Side side : {engine::Side::left, engine::Side::right}) {
      const auto leg = standing_leg(exercise, side);
      if (exercise.falls.balance != Balance::single_leg) {
        EXPECT_FALSE(leg) << exercise.definition.id;
        continue;
      }
      ++one_legged;
      const bool named_stands = exercise.sides.meaning.at("en").find("stand") != std::string::npos;
      EXPECT_EQ(leg, named_stands ? side : engine::other(side))
          << exercise.definition.id << ", " << engine::name(side);
    }
  }
  EXPECT_EQ(one_legged, 26);
}

}  // namespace
}  // namespace reprise::exercises

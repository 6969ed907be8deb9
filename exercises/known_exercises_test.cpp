// SPDX-License-Identifier: Apache-2.0
#include "exercises/known_exercises.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/support/shipped_catalog.h"

namespace reprise::exercises {
namespace {

TEST(LookAlikes, AreShippedExercisesInOneGroupEach) {
  std::set<std::string_view> seen;
  for (const LookAlikes& alike : look_alikes()) {
    EXPECT_GE(alike.exercises.size(), 2U) << alike.group;
    for (const std::string_view id : alike.exercises) {
      EXPECT_TRUE(find(shipped(), id)) << id;
      EXPECT_TRUE(seen.insert(id).second) << id;
      EXPECT_EQ(group_of(id), alike.group);
    }
  }
  EXPECT_EQ(group_of("bridge"), "bridge");
}

TEST(KnownExercises, ThoseThatManyDoAreShipped) {
  const auto common = std::count_if(shipped().begin(), shipped().end(),
                                    [](const auto& exercise) { return is_common(exercise.definition.id); });
  EXPECT_EQ(common, 30) << "a name in the list is no exercise";
}

TEST(KnownExercises, AllTakePart) {
  const engine::Recognizer recognizer(known_exercises(shipped()));
  EXPECT_EQ(recognizer.exercise_count(), shipped().size());
}

}  // namespace
}  // namespace reprise::exercises

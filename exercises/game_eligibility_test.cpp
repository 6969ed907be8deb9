// SPDX-License-Identifier: Apache-2.0
#include "exercises/game_eligibility.h"

#include <gtest/gtest.h>

#include "tests/support/shipped_catalog.h"

namespace reprise::exercises {
namespace {

const CatalogExercise& shipped_exercise(std::string_view id) {
  return *find(shipped(), id).value();
}

TEST(Playable, WhereASeatedOrUprightPersonCanLookAtAScreen) {
  for (const char* id : {"seated_knee_extension", "heel_slide", "shoulder_flexion", "elbow_flexion", "row"})
    EXPECT_TRUE(is_game_eligible(shipped_exercise(id))) << id;
}

TEST(Playable, NotWhereLookingAtAScreenIsARisk) {
  for (const char* id : {"squat", "sit_to_stand", "single_leg_stance", "wall_sit", "march_in_place"})
    EXPECT_FALSE(is_game_eligible(shipped_exercise(id))) << id;
  for (const char* id : {"neck_rotation", "neck_flexion", "neck_side_bend"})
    EXPECT_FALSE(is_game_eligible(shipped_exercise(id))) << id;
  for (const char* id : {"push_up", "bridge", "prone_knee_bend", "clamshell", "dead_bug"})
    EXPECT_FALSE(is_game_eligible(shipped_exercise(id))) << id;
}

TEST(Playable, EveryConditionAloneForbidsIt) {
  const CatalogExercise chair = shipped_exercise("seated_knee_extension");
  CatalogExercise changed = chair;
  changed.falls.support_within_reach = true;
  EXPECT_FALSE(is_game_eligible(changed));
  changed = chair;
  changed.falls.starts_by_itself = false;
  EXPECT_FALSE(is_game_eligible(changed));
  changed = chair;
  changed.falls.balance = Balance::standing;
  EXPECT_FALSE(is_game_eligible(changed));
  changed = chair;
  changed.falls.high_risk_needs_helper_or_release = true;
  EXPECT_FALSE(is_game_eligible(changed));
  changed = chair;
  changed.regions.push_back("neck");
  EXPECT_FALSE(is_game_eligible(changed));
  changed = chair;
  changed.judges = Judges::timer;
  EXPECT_FALSE(is_game_eligible(changed));
  changed = chair;
  changed.positions = {"lying_on_front"};
  EXPECT_FALSE(is_game_eligible(changed));
}

}  // namespace
}  // namespace reprise::exercises

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
    EXPECT_TRUE(eligible_games(shipped_exercise(id)).lifting) << id;
}

TEST(Playable, NotWhereLookingAtAScreenIsARisk) {
  for (const char* id : {"squat", "sit_to_stand", "single_leg_stance", "wall_sit", "march_in_place"})
    EXPECT_FALSE(eligible_games(shipped_exercise(id)).lifting) << id;
  for (const char* id : {"neck_rotation", "neck_flexion", "neck_side_bend"})
    EXPECT_FALSE(eligible_games(shipped_exercise(id)).lifting) << id;
  for (const char* id : {"push_up", "bridge", "prone_knee_bend", "clamshell", "dead_bug"})
    EXPECT_FALSE(eligible_games(shipped_exercise(id)).lifting) << id;
}

TEST(Playable, EveryConditionAloneForbidsIt) {
  const CatalogExercise chair = shipped_exercise("seated_knee_extension");
  CatalogExercise changed = chair;
  changed.falls.support_within_reach = true;
  EXPECT_FALSE(eligible_games(changed).lifting);
  changed = chair;
  changed.falls.starts_by_itself = false;
  EXPECT_FALSE(eligible_games(changed).lifting);
  changed = chair;
  changed.falls.balance = Balance::standing;
  EXPECT_FALSE(eligible_games(changed).lifting);
  changed = chair;
  changed.falls.high_risk_needs_helper_or_release = true;
  EXPECT_FALSE(eligible_games(changed).lifting);
  changed = chair;
  changed.regions.push_back("neck");
  EXPECT_FALSE(eligible_games(changed).lifting);
  changed = chair;
  changed.judges = Judges::timer;
  EXPECT_FALSE(eligible_games(changed).lifting);
  changed = chair;
  changed.positions = {"lying_on_front"};
  EXPECT_FALSE(eligible_games(changed).lifting);
}

TEST(Playable, ByLeaningOrShiftingWeightInFrontOfTheCamera) {
  for (const char* id : {"weight_shift", "seated_side_bend", "trunk_side_bend"})
    EXPECT_TRUE(eligible_games(shipped_exercise(id)).leaning) << id;
  for (const char* id : {"standing_toe_touch", "single_leg_stance", "single_leg_deadlift", "sit_up",
                         "march_in_place", "tandem_stance", "neck_side_bend", "squat"})
    EXPECT_FALSE(eligible_games(shipped_exercise(id)).leaning) << id;
}

TEST(Playable, OnOneLegOrWithoutASupportNoBalanceGame) {
  const CatalogExercise shift = shipped_exercise("weight_shift");
  ASSERT_TRUE(eligible_games(shift).leaning);
  EXPECT_FALSE(eligible_games(shift).lifting);
  CatalogExercise changed = shift;
  changed.falls.balance = Balance::single_leg;
  EXPECT_FALSE(eligible_games(changed).leaning);
  changed = shift;
  changed.falls.support_within_reach = false;
  EXPECT_FALSE(eligible_games(changed).leaning);
  changed = shift;
  changed.falls.starts_by_itself = true;
  EXPECT_FALSE(eligible_games(changed).leaning);
  changed = shift;
  changed.definition.views = {engine::View::side};
  EXPECT_FALSE(eligible_games(changed).leaning) << "who stands sideways sees no screen";
}

TEST(Playable, ByLiftingAnArm) {
  for (const char* id : {"shoulder_flexion", "shoulder_abduction", "scaption", "overhead_press"})
    EXPECT_TRUE(eligible_games(shipped_exercise(id)).reaching) << id;
  for (const char* id :
       {"seated_knee_extension", "elbow_flexion", "pendulum", "supine_arm_raise", "wood_chop"})
    EXPECT_FALSE(eligible_games(shipped_exercise(id)).reaching) << id;
}

}  // namespace
}  // namespace reprise::exercises

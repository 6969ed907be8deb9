// SPDX-License-Identifier: Apache-2.0
// Games that have a left and a right.
#include <gtest/gtest.h>

#include "engine/game/game.h"
#include "tests/support/shown_game.h"

namespace reprise::engine {
namespace {

GameOptions on_sides(GameKind kind, GameSides sides) {
  GameOptions options = plain_game(kind);
  options.sides = sides;
  return options;
}

double target_x(const Shown& shown, GameShape shape) {
  const GameObject* target = shown.find(shape);
  return target != nullptr ? target->x : -1;
}

TEST(GameWithSides, TheBoatAndTheHandGoToTheSideThatMoves) {
  for (const auto& [kind, shape] :
       {std::pair{GameKind::river, GameShape::boat}, std::pair{GameKind::lanterns, GameShape::hand}}) {
    Shown shown(on_sides(kind, GameSides::either));
    shown.rest(2);
    shown.side = Side::left;
    shown.out(1.0);
    EXPECT_LT(shown.find(shape)->x, 0.4) << "left, as in a mirror";
    shown.side = Side::right;
    shown.show(1.0, MovementPart::out);
    EXPECT_GT(shown.find(shape)->x, 0.6);
  }
}

TEST(GameWithSides, EitherSideGetsItsShareAndTheOtherOneWinsNothing) {
  for (const GameKind kind : {GameKind::river, GameKind::lanterns}) {
    GameOptions options = on_sides(kind, GameSides::either);
    options.repetitions = 8;
    Shown shown(options);
    int left = 0;
    for (int i = 0; i < 8; ++i) {
      shown.rest(2);
      const auto asked = shown.game.state().task.side;
      ASSERT_TRUE(asked);
      left += *asked == Side::left ? 1 : 0;
      EXPECT_EQ(target_x(shown, kind == GameKind::river ? GameShape::lily : GameShape::lantern) < 0.5,
                *asked == Side::left);
      shown.side = asked;
      shown.repeat(1.0);
    }
    EXPECT_EQ(left, 4);
    EXPECT_EQ(shown.game.state().succeeded, 8);

    Shown wrong(options);
    wrong.rest(2);
    const double level = wrong.game.carried();
    const auto asked = wrong.game.state().task.side;
    wrong.side = other(*asked);
    wrong.repeat(1.0);
    EXPECT_EQ(wrong.game.state().just->result, TaskResult::other_side);
    EXPECT_EQ(wrong.game.state().succeeded, 0);
    EXPECT_EQ(wrong.game.carried(), level) << "says nothing about how hard it is";
    EXPECT_EQ(wrong.game.state().task.side, asked) << "which is asked for again";
  }
}

TEST(GameWithSides, AnUnknownSideCountsAndAPrescribedOneIsTheOnlyOne) {
  Shown shown(on_sides(GameKind::lanterns, GameSides::left));
  for (int i = 0; i < 3; ++i) {
    shown.rest(2);
    EXPECT_EQ(shown.game.state().task.side, Side::left);
    shown.repeat(1.0);
  }
  EXPECT_EQ(shown.game.state().succeeded, 3);
}

TEST(GameWithSides, BothArmsTogetherHaveALanternOnEitherSide) {
  Shown shown(on_sides(GameKind::lanterns, GameSides::none));
  shown.rest(2);
  shown.out(0.8);
  int lanterns = 0;
  int hands = 0;
  for (const GameObject& object : shown.game.state().objects) {
    lanterns += object.shape == GameShape::lantern ? 1 : 0;
    hands += object.shape == GameShape::hand ? 1 : 0;
  }
  EXPECT_EQ(lanterns, 2);
  EXPECT_EQ(hands, 2);
}

TEST(GameWithSides, ATargetStandsBeforeTheCeilingAndNothingGoesPastIt) {
  for (const GameKind kind : {GameKind::river, GameKind::lanterns}) {
    GameOptions options = on_sides(kind, GameSides::right);
    options.ceiling = 0.6 * played_exercise().target;
    options.kept_level = 1;
    Shown shown(options);
    const bool river = kind == GameKind::river;
    shown.rest(3);
    const GameObject* lid = shown.find(GameShape::lid);
    ASSERT_NE(lid, nullptr);
    // The arc's place goes by its angle, which a height of the same radius tells.
    const auto far = [&](GameShape shape) { return river ? shown.find(shape)->x : shown.find(shape)->y; };
    EXPECT_LT(far(river ? GameShape::lily : GameShape::lantern), far(GameShape::lid));
    shown.side = Side::right;
    shown.out(0.9);
    EXPECT_LE(far(river ? GameShape::boat : GameShape::hand), far(GameShape::lid) + 1e-9);
    EXPECT_TRUE(shown.find(GameShape::lid)->bright);
    shown.back(0.9);
    ++shown.count;
    shown.show(0.1, MovementPart::back);
    EXPECT_EQ(shown.game.state().succeeded, 0);
    EXPECT_EQ(shown.game.state().just->result, TaskResult::too_far);
  }
}

}  // namespace
}  // namespace reprise::engine

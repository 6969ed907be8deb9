// SPDX-License-Identifier: Apache-2.0
#include "engine/game/game.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "engine/synthesis/generate.h"
#include "tests/support/shown_game.h"
#include "tests/support/simulated_player.h"

namespace reprise::engine {
namespace {

TEST(Game, ReachingTheHeightAndComingBackIsATaskDone) {
  Shown shown(plain_game());
  EXPECT_EQ(shown.game.state().phase, GamePhase::coming);
  shown.rest(3);
  EXPECT_EQ(shown.game.state().phase, GamePhase::ready);
  shown.out(0.3);
  EXPECT_EQ(shown.game.state().phase, GamePhase::going);
  shown.out(1.0);
  EXPECT_EQ(shown.game.state().phase, GamePhase::kept);
  EXPECT_EQ(shown.game.state().succeeded, 0) << "not before the coach counts it";
  shown.back(1.0);
  ++shown.count;
  shown.show(0.2, MovementPart::back);
  EXPECT_EQ(shown.game.state().succeeded, 1);
  EXPECT_EQ(shown.game.state().done, 1);
  ASSERT_TRUE(shown.game.state().just);
  EXPECT_EQ(shown.game.state().just->result, TaskResult::succeeded);
  EXPECT_EQ(shown.game.state().phase, GamePhase::coming);
}

TEST(Game, FallingShortIsAMissThatMakesTheNextEasier) {
  Shown shown(plain_game());
  const double asked = shown.game.state().task.height;
  shown.rest(2);
  shown.repeat(0.5 * asked);
  EXPECT_EQ(shown.game.state().succeeded, 0);
  EXPECT_EQ(shown.game.state().done, 1);
  EXPECT_LT(shown.game.state().task.height, asked);
}

TEST(Game, ThePersonsFirstTaskAlwaysSucceeds) {
  GameOptions options = plain_game();
  options.kept_level.reset();
  options.pace.hold = Seconds{3};
  for (const double least : {0.3, 1.0}) {
    Shown shown(options);
    shown.rest(2);
    shown.repeat(least);  // the least that the coach counts
    EXPECT_EQ(shown.game.state().succeeded, 1);
    EXPECT_GT(shown.game.carried(), shown.game.result().level_at_start);
  }
  Shown missed(options);
  missed.rest(2);
  missed.repeat(0.1);
  EXPECT_EQ(missed.game.carried(), 0) << "nothing is easier";
}

TEST(Game, PoorFormLowersTheLevelEvenOfASuccess) {
  Shown shown(plain_game());
  shown.rest(2);
  shown.out(1.0);
  shown.back(1.0);
  ++shown.count;
  shown.poor_form = true;
  shown.show(0.1, MovementPart::back);
  EXPECT_EQ(shown.game.state().succeeded, 1) << "the success stays";
  EXPECT_LT(shown.game.carried(), shown.game.result().level_at_start);
}

TEST(Game, AHeartRateAboveItsLimitMakesItEasierAtOnceAndRaisesNothing) {
  Shown shown(plain_game());
  const double asked = shown.game.state().task.height;
  shown.rest(2);
  shown.strained = true;
  shown.out(0.2);
  EXPECT_LT(shown.game.state().task.height, asked) << "in the same task";
  const double eased = shown.game.carried();
  shown.out(1.0);
  EXPECT_EQ(shown.game.carried(), eased) << "once, not with every look";
  shown.back(1.0);
  ++shown.count;
  shown.show(0.1, MovementPart::back);
  EXPECT_EQ(shown.game.state().succeeded, 1);
  EXPECT_LT(shown.game.carried(), eased);
}

TEST(Game, ACueAboutFormRaisesNothing) {
  Shown plain(plain_game());
  Shown corrected(plain_game());
  for (Shown* shown : {&plain, &corrected}) {
    shown->rest(2);
    shown->out(1.0);
    shown->form_cue = shown == &corrected;
    shown->back(1.0);
    ++shown->count;
    shown->show(0.1, MovementPart::back);
    EXPECT_EQ(shown->game.state().succeeded, 1);
  }
  EXPECT_GT(plain.game.carried(), corrected.game.carried());
  EXPECT_EQ(corrected.game.carried(), corrected.game.result().level_at_start);
}

TEST(Game, APartialRepetitionEndsNoTaskAndEasesIt) {
  Shown shown(plain_game());
  shown.rest(2);
  const double asked = shown.game.state().task.height;
  shown.out(0.2);
  shown.ended_partial = true;
  shown.show(0.1, MovementPart::back);
  EXPECT_EQ(shown.game.state().done, 0);
  EXPECT_LT(shown.game.state().task.height, asked);
  ASSERT_TRUE(shown.game.state().just);
  EXPECT_TRUE(shown.game.state().just->partial);
}

TEST(Game, PastTheCeilingNothingIsWon) {
  GameOptions options = plain_game();
  options.ceiling = 0.7 * played_exercise().target;
  for (const bool said_by_coach : {false, true}) {
    Shown shown(options);
    shown.rest(2);
    shown.out(0.68);
    EXPECT_EQ(shown.game.state().phase, GamePhase::kept);
    shown.at_ceiling = said_by_coach;
    shown.show(said_by_coach ? 0.69 : 0.75, MovementPart::out);
    shown.at_ceiling = false;
    EXPECT_EQ(shown.game.state().phase, GamePhase::going) << "the reached height is lost";
    ASSERT_NE(shown.find(GameShape::lid), nullptr);
    EXPECT_TRUE(shown.find(GameShape::lid)->bright);
    EXPECT_LE(shown.find(GameShape::balloon)->y, shown.find(GameShape::lid)->y) << "and it looks no higher";
    shown.out(0.68, 0.5);
    shown.back(0.68);
    ++shown.count;
    shown.show(0.1, MovementPart::back);
    EXPECT_EQ(shown.game.state().just->result, TaskResult::too_far);
    EXPECT_EQ(shown.game.state().succeeded, 0);
    EXPECT_LT(shown.game.carried(), shown.game.result().level_at_start);
  }
}

TEST(Game, GoingFartherThanAskedIsNoBetterWithoutACeilingEither) {
  Shown enough(plain_game());
  Shown far(plain_game());
  for (Shown* shown : {&enough, &far}) {
    shown->rest(2);
    shown->repeat(shown == &far ? 1.8 : 1.0);
  }
  EXPECT_EQ(enough.game.state().succeeded, far.game.state().succeeded);
  EXPECT_EQ(enough.game.carried(), far.game.carried());
}

TEST(Game, AHoldWithinTheMovementIsKeptAsLongAsAsked) {
  GameOptions options = plain_game(GameKind::orchard);
  options.pace.hold = Seconds{4};
  options.kept_level = 1;
  Shown shown(options);
  EXPECT_EQ(shown.game.state().task.hold, Seconds{4});
  shown.rest(2);
  shown.out(1.0);
  EXPECT_EQ(shown.game.state().phase, GamePhase::going);
  for (int i = 0; i < 40; ++i) shown.show(1.0, MovementPart::extreme);
  EXPECT_NEAR(shown.game.state().kept, 0.5, 0.1);
  for (int i = 0; i < 45; ++i) shown.show(1.0, MovementPart::extreme);
  EXPECT_EQ(shown.game.state().phase, GamePhase::kept);
}

TEST(Game, OfAHoldExerciseTheCoachesTimeCounts) {
  ExerciseDefinition sit = played_exercise();
  sit.kind = Kind::hold;
  GameOptions options = plain_game(GameKind::orchard);
  options.pace.hold = Seconds{10};
  options.kept_level = 0;
  Shown shown(options, sit);
  for (const double held : {3.0, 6.0}) {  // the easiest asks for half of it
    shown.rest(2);
    for (double t = 0; t < held; t += 0.05) {
      shown.held = Seconds{t};
      shown.show(1.05, MovementPart::extreme);
    }
    shown.held = Seconds{0};
    ++shown.count;
    shown.show(0.4);
    EXPECT_EQ(shown.game.state().just->result, held > 5 ? TaskResult::succeeded : TaskResult::missed) << held;
  }
  EXPECT_EQ(shown.game.state().done, 2);
}

TEST(Game, WaitsForAPersonWhoRestsOrIsNotSeen) {
  Shown shown(plain_game());
  shown.rest(5);
  const GameState before = shown.game.state();
  EXPECT_EQ(before.phase, GamePhase::ready);
  shown.rest(120);
  EXPECT_EQ(shown.game.state().phase, GamePhase::ready) << "a resting person gets no task";
  EXPECT_EQ(shown.game.state().done, 0);
  shown.out(0.5);
  const Task asked = shown.game.state().task;
  const double x = shown.find(GameShape::hill)->x;
  for (int i = 0; i < 2000; ++i) shown.show(std::nullopt, MovementPart::out);
  EXPECT_FALSE(shown.game.state().seen);
  EXPECT_EQ(shown.find(GameShape::hill)->x, x) << "nothing moves on";
  EXPECT_EQ(shown.game.state().done, 0);
  EXPECT_EQ(shown.game.state().task.height, asked.height);
  shown.out(1.0);
  EXPECT_EQ(shown.game.state().phase, GamePhase::kept) << "nor was the time taken away";
}

TEST(Game, GivingUpWithoutBeingCountedIsNoMiss) {
  Shown shown(plain_game());
  shown.rest(2);
  const double level = shown.game.carried();
  shown.out(0.2);
  shown.rest(1);
  EXPECT_EQ(shown.game.state().done, 0);
  EXPECT_FALSE(shown.game.state().just);
  EXPECT_EQ(shown.game.carried(), level);
}

TEST(Game, TheWindowClosesOnlyLongAfterTheExercisesTempo) {
  GameOptions options = plain_game();
  options.kept_level = 1;
  Shown slow(options);
  slow.rest(2);
  slow.out(1.0, 3.5);  // twice the tempo is 4 s
  EXPECT_EQ(slow.game.state().phase, GamePhase::kept);
  Shown later(options);
  later.rest(2);
  later.out(1.0, 8);
  EXPECT_EQ(later.game.state().phase, GamePhase::going);
}

TEST(Game, FruitEndsInTheBasket) {
  Shown shown(plain_game(GameKind::orchard));
  shown.rest(3);
  const double hangs = shown.find(GameShape::fruit)->y;
  EXPECT_FALSE(shown.find(GameShape::fruit)->bright);
  EXPECT_NEAR(shown.find(GameShape::picker)->x, shown.find(GameShape::fruit)->x, 1e-9);
  shown.out(1.0);
  EXPECT_TRUE(shown.find(GameShape::fruit)->bright);
  shown.show(0.1, MovementPart::back);
  EXPECT_LT(shown.find(GameShape::fruit)->y, hangs) << "it comes down with the movement";
  EXPECT_EQ(shown.find(GameShape::gathered), nullptr);
  ++shown.count;
  shown.show(0.05, MovementPart::back);
  shown.rest(1);
  ASSERT_NE(shown.find(GameShape::gathered), nullptr);
  EXPECT_NEAR(shown.find(GameShape::gathered)->x, shown.find(GameShape::basket)->x, 0.1);
}

TEST(Game, TheHillIsPassedWhereItWasFlownOver) {
  Shown shown(plain_game());
  shown.rest(3);
  const double waits = shown.find(GameShape::hill)->x;
  const double balloon = shown.find(GameShape::balloon)->x;
  EXPECT_GT(waits, balloon + 0.3);
  shown.out(1.0);
  for (int i = 0; i < 20; ++i) shown.show(1.0, MovementPart::extreme);
  EXPECT_LT(shown.find(GameShape::hill)->x, balloon);
  EXPECT_TRUE(shown.find(GameShape::hill)->bright);
}

/// Invariants for any input.
void expect_sound(const Game& game, const GameOptions& options) {
  const GameState& state = game.state();
  const int tasks = std::clamp(options.repetitions, 1, 1000);
  ASSERT_TRUE(state.done >= 0 && state.done <= tasks && state.tasks == tasks);
  ASSERT_TRUE(state.succeeded >= 0 && state.succeeded <= state.done);
  ASSERT_TRUE(game.result().tasks <= state.done && game.result().succeeded <= game.result().tasks);
  ASSERT_TRUE(game.carried() >= 0 && game.carried() <= 1);
  ASSERT_LE(state.task.height, game.limits().top);
  ASSERT_LE(state.task.height, game.limits().ceiling.value_or(2));
  ASSERT_TRUE(state.kept >= 0 && state.kept <= 1);
  ASSERT_LE(state.objects.size(), 40U);
  for (const GameObject& object : state.objects) {
    ASSERT_TRUE(object.y >= 0 && object.y <= 1.2) << name(object.shape) << ' ' << object.y;
    ASSERT_TRUE(object.x >= -0.3 && object.x <= 1.25) << name(object.shape) << ' ' << object.x;
    ASSERT_TRUE(object.size >= 0 && object.size <= 1) << name(object.shape) << ' ' << object.size;
    ASSERT_TRUE(object.variant >= 0 && object.variant <= 2);
  }
}

TEST(Game, StaysSoundWhateverComesIn) {
  constexpr double kEndless = std::numeric_limits<double>::infinity();
  const std::vector<double> odd = {std::nan(""), kEndless, -kEndless, -5, 0, 0.3, 0.9, 1.0, 1.4, 50, 1e300};
  std::mt19937 chance(11);
  const auto pick = [&](const auto& values) { return values[chance() % values.size()]; };
  for (int round = 0; round < 300; ++round) {
    GameOptions options;
    options.kind = round % 2 == 0 ? GameKind::balloon : GameKind::orchard;
    options.repetitions = pick(std::vector<int>{-4, 0, 1, 3, 10, 2'000'000'000});
    options.pace = {Seconds{pick(odd)}, Seconds{pick(odd)}, Seconds{pick(odd)}};
    if (chance() % 2 == 0) options.target = pick(odd);
    if (chance() % 2 == 0) options.ceiling = pick(odd);
    if (chance() % 2 == 0) options.kept_level = pick(odd);
    options.effort = static_cast<int>(chance() % 40) - 20;
    options.seed = chance();
    ExerciseDefinition definition = played_exercise();
    if (chance() % 3 == 0) definition.kind = Kind::hold;
    Game game(definition, options);
    GameLook look;
    for (int i = 0; i < 300; ++i) {
      look.time = chance() % 20 == 0 ? Seconds{pick(odd)} : look.time + Seconds{0.04};
      look.progress = std::nullopt;
      if (chance() % 10 != 0) look.progress = chance() % 10 == 0 ? pick(odd) : std::abs(std::sin(0.02 * i));
      look.part = static_cast<MovementPart>(chance() % 4);
      look.held = Seconds{pick(odd)};
      look.at_ceiling = chance() % 30 == 0;
      if (chance() % 40 == 0) look.count += static_cast<int>(chance() % 7) - 2;
      look.ended_partial = chance() % 40 == 0;
      look.form_cue = chance() % 40 == 0;
      game.step(look);
      ASSERT_NO_FATAL_FAILURE(expect_sound(game, options)) << "round " << round << ", look " << i;
    }
  }
}

TEST(Game, TimeThatDoesNotRiseChangesNothing) {
  Shown shown(plain_game());
  shown.rest(1);
  const GameState before = shown.game.state();
  GameLook look;
  look.progress = 1.0;
  look.part = MovementPart::out;
  look.count = 2;
  for (const double time : {0.0, -3.0, shown.time.value(), std::nan("")}) {
    look.time = Seconds{time};
    EXPECT_EQ(shown.game.step(look).done, before.done);
  }
}

TEST(Game, UnseenCountsEndTasksWithoutAJudgment) {
  Shown shown(plain_game());
  shown.rest(1);
  shown.count = 2;
  shown.rest(1);
  EXPECT_EQ(shown.game.state().done, 2);
  EXPECT_EQ(shown.game.result().tasks, 0);
  EXPECT_EQ(shown.game.carried(), shown.game.result().level_at_start);
  EXPECT_FALSE(shown.game.state().just);
}

TEST(Game, PlaysWithTheRealCoach) {
  ExerciseDefinition arm;
  arm.id = "shoulder_abduction";
  arm.primary = {Measure::shoulder_elevation, Combine::larger};
  arm.sided = true;
  arm.rest = 10 * kPi / 180;
  arm.target = 110 * kPi / 180;
  arm.min_excursion = 30 * kPi / 180;
  const std::vector<DofValue> down = {{Dof::right_shoulder_abduction, Degrees{10}},
                                      {Dof::left_shoulder_abduction, Degrees{10}}};
  const std::vector<DofValue> up = {{Dof::right_shoulder_abduction, Degrees{110}},
                                    {Dof::left_shoulder_abduction, Degrees{10}}};
  MovementDefinition movement;
  movement.keyframes = {{0, down}, {0.375, up}, {0.625, up}, {1, down}};
  movement.duration = Seconds{4};
  const GeneratedMovement film = generate(movement, {.repetitions = 4}).value();
  Coach coach(arm);
  GameOptions options = plain_game();
  options.repetitions = 4;
  Game game(arm, options);
  for (const PoseFrame& frame : film.frames) {
    const auto events = coach.step(frame);
    game.step(game_look(frame.time, coach.now(), coach.complete_count(), events));
    ASSERT_EQ(game.state().done, coach.complete_count());
  }
  EXPECT_EQ(game.state().done, 4);
  EXPECT_EQ(game.state().succeeded, 4);
  EXPECT_EQ(game.state().phase, GamePhase::over);
}

TEST(GameLook, TakesFromTheCoachWhatAGameNeeds) {
  CoachState now;
  now.progress = 0.4;
  now.part = MovementPart::out;
  GameLook look = game_look(Seconds{1}, now, 2, {{Seconds{1}, CoachEventKind::partial, 2, {}, {}}});
  EXPECT_TRUE(look.ended_partial);
  EXPECT_FALSE(look.form_cue);
  EXPECT_EQ(look.progress, 0.4);
  EXPECT_FALSE(look.side);
  EXPECT_EQ(look.count, 2);
  look = game_look(Seconds{1}, now, 2, {{Seconds{1}, CoachEventKind::cue, 2, {}, "knees_in"}});
  EXPECT_TRUE(look.form_cue);
  EXPECT_FALSE(look.ended_partial);
  now.leans_to = Side::left;
  EXPECT_EQ(game_look(Seconds{1}, now, 2, {}).side, Side::left);
  now.side = Side::right;
  EXPECT_EQ(game_look(Seconds{1}, now, 2, {}).side, Side::right);
  CoachEvent counted{Seconds{1}, CoachEventKind::repetition, 3, {}, {}};
  counted.broken = {"knees_in"};
  EXPECT_TRUE(game_look(Seconds{1}, now, 3, {counted}).poor_form);
  counted.kept = {"back"};
  EXPECT_FALSE(game_look(Seconds{1}, now, 3, {counted}).poor_form);
  now.unseen = Measure::knee_flexion;
  EXPECT_FALSE(game_look(Seconds{1}, now, 2, {}).progress);
}

TEST(GameNames, AreThoseOfTheModule) {
  EXPECT_EQ(game_from_name("balloon"), GameKind::balloon);
  EXPECT_EQ(game_from_name("orchard"), GameKind::orchard);
  EXPECT_EQ(game_from_name("river"), GameKind::river);
  EXPECT_EQ(game_from_name("lanterns"), GameKind::lanterns);
  EXPECT_EQ(game_from_name("chess"), std::nullopt);
  EXPECT_EQ(name(GamePhase::kept), "kept");
  EXPECT_EQ(name(GameShape::gathered), "gathered");
  EXPECT_EQ(name(GameShape::lantern), "lantern");
  EXPECT_EQ(name(TaskResult::too_far), "too_far");
  EXPECT_EQ(name(TaskResult::other_side), "other_side");
}

}  // namespace
}  // namespace reprise::engine

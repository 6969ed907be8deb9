// SPDX-License-Identifier: Apache-2.0
#include "engine/exercise/set_watch.h"

#include <gtest/gtest.h>

#include "engine/synthesis/generate.h"
#include "tests/support/degrees.h"

namespace reprise::engine {
namespace {

ExerciseDefinition knee_raise(Kind kind = Kind::repetitions) {
  ExerciseDefinition d;
  d.id = "squat";
  d.kind = kind;
  d.primary = {Measure::knee_flexion, Combine::mean};
  d.rest = rad(5);
  d.target = rad(100);
  d.min_excursion = rad(30);
  return d;
}

Pose standing() {
  static const Pose kPose = [] {
    MovementDefinition still;
    still.keyframes = {{0, {}}, {1, {}}};
    return *generate(still, {.repetitions = 1}).value().frames.front().pose;
  }();
  return kPose;
}

CoachState well_seen() {
  CoachState now;
  now.value = rad(5);
  now.progress = 0;
  return now;
}

CoachState covered(BodyPart part) {
  CoachState now;
  now.unseen = Measure::knee_flexion;
  now.unseen_part = part;
  return now;
}

/// Feeds a watch ten frames a second.
struct Film {
  explicit Film(SetWatch& watch) : watch_(watch) {}

  /// The times of the announcements.
  std::vector<double> run(Seconds length, const std::optional<Pose>& pose, const CoachState& now,
                          int people = 1, std::vector<CoachEvent> events = {}) {
    std::vector<double> said;
    const int frames = static_cast<int>(length.value() * 10 + 0.5);
    for (int i = 0; i < frames; ++i, ++frame_) {
      const SetState& state =
          watch_.step({time(), pose}, people, now, i == 0 ? events : std::vector<CoachEvent>{});
      if (state.say) said.push_back(time().value());
    }
    return said;
  }
  void hear(CoachEventKind kind) {
    run(Seconds{0.1}, standing(), well_seen(), 1, {{time(), kind, 0, {}, {}}});
  }
  [[nodiscard]] Seconds time() const { return Seconds{0.1 * frame_}; }

 private:
  SetWatch& watch_;
  int frame_ = 0;
};

// Patient finding 6
TEST(SetWatch, AnEmptyPictureIsAnnouncedEverySixSecondsAndPausesAfterTwenty) {
  SetWatch watch(knee_raise(), {});
  Film film(watch);
  EXPECT_TRUE(film.run(Seconds{2}, standing(), well_seen()).empty());
  const auto said = film.run(Seconds{20}, std::nullopt, {}, 0);
  ASSERT_EQ(said.size(), 4U);
  EXPECT_NEAR(said[0], 3, 0.05) << "a second after the person left";
  for (std::size_t i = 1; i < said.size(); ++i) EXPECT_NEAR(said[i] - said[i - 1], 6, 0.15);
  EXPECT_EQ(watch.state().problem, SetProblem::no_person);
  EXPECT_FALSE(watch.state().pause) << "19 seconds";
  film.run(Seconds{1.2}, std::nullopt, {}, 0);
  EXPECT_TRUE(watch.state().pause);
  film.run(Seconds{1}, standing(), well_seen());
  EXPECT_EQ(watch.state().problem, std::nullopt);
  EXPECT_FALSE(watch.state().pause);
}

// Patient finding 6
TEST(SetWatch, ACoveredJointIsAStateWithItsPart) {
  SetWatch watch(knee_raise(), {});
  Film film(watch);
  film.run(Seconds{2}, standing(), covered(BodyPart::knee));
  EXPECT_EQ(watch.state().problem, SetProblem::hidden);
  EXPECT_EQ(watch.state().part, BodyPart::knee);
  film.run(Seconds{30}, standing(), covered(BodyPart::knee));
  EXPECT_EQ(watch.state().problem, SetProblem::hidden);
  EXPECT_TRUE(watch.state().pause);
}

// Patient finding 24
TEST(SetWatch, ASecondPersonIsOneProblemWhileTrackingComesAndGoes) {
  SetWatch watch(knee_raise(), {});
  Film film(watch);
  film.run(Seconds{2}, standing(), well_seen(), 2);
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(watch.state().problem, SetProblem::several_people) << i;
    const bool followed = i % 2 == 0;
    film.run(Seconds{0.7}, followed ? std::optional{standing()} : std::nullopt,
             followed ? well_seen() : CoachState{}, followed ? 2 : 1);
  }
}

TEST(SetWatch, AHelperIsNoProblem) {
  SetWatch watch(knee_raise(), {.helper = true});
  Film film(watch);
  film.run(Seconds{5}, standing(), well_seen(), 2);
  EXPECT_EQ(watch.state().problem, std::nullopt);
}

// Patient finding 7
TEST(SetWatch, AnotherPositionIsAStateUntilSomethingCountsOrItIsLeft) {
  ExerciseDefinition lying = knee_raise();
  lying.positions = {BodyPosition::lying_on_back};
  lying.positions_on_the_way = {BodyPosition::lying_on_back};
  SetWatch watch(lying, {});
  Film film(watch);
  film.run(Seconds{2.5}, standing(), well_seen());
  EXPECT_EQ(watch.state().problem, std::nullopt) << "on the way down, perhaps";
  film.run(Seconds{1}, standing(), well_seen());
  EXPECT_EQ(watch.state().problem, SetProblem::other_position);
  EXPECT_EQ(watch.state().position, BodyPosition::lying_on_back);
}

// Patient finding 8
TEST(SetWatch, WithoutARepetitionTheMovementIsShownAfterTenSecondsOrTwiceItsTime) {
  for (const double repetition : {3.0, 8.0}) {
    SetWatch watch(knee_raise(), {.repetition = Seconds{repetition}});
    Film film(watch);
    const double wait = std::max(10.0, 2 * repetition);
    film.run(Seconds{wait - 1}, standing(), well_seen());
    EXPECT_FALSE(watch.state().demonstrate) << repetition;
    film.hear(CoachEventKind::repetition);
    film.run(Seconds{wait - 1}, standing(), well_seen());
    EXPECT_FALSE(watch.state().demonstrate) << "one counted, " << repetition;
    film.run(Seconds{2}, standing(), well_seen());
    EXPECT_EQ(watch.state().problem, SetProblem::no_repetition);
    EXPECT_TRUE(watch.state().demonstrate) << repetition;
    film.run(Seconds{2}, std::nullopt, {}, 0);
    EXPECT_TRUE(watch.state().demonstrate) << "until one counts";
    film.hear(CoachEventKind::repetition);
    EXPECT_FALSE(watch.state().demonstrate);
  }
}

TEST(SetWatch, AHoldOrAnUnseenPersonIsNotAskedForARepetition) {
  SetWatch hold(knee_raise(Kind::hold), {});
  Film(hold).run(Seconds{60}, standing(), well_seen());
  EXPECT_EQ(hold.state().problem, std::nullopt);

  SetWatch away(knee_raise(), {});
  Film film(away);
  film.run(Seconds{8}, standing(), well_seen());
  film.run(Seconds{15}, std::nullopt, {}, 0);
  film.run(Seconds{1.2}, standing(), well_seen());
  EXPECT_EQ(away.state().problem, std::nullopt);
}

// Patient finding 9
TEST(SetWatch, TwoRefusedMovementsInARowAreAnotherExercise) {
  SetWatch watch(knee_raise(), {});
  Film film(watch);
  film.hear(CoachEventKind::other_movement);
  film.hear(CoachEventKind::repetition);
  film.hear(CoachEventKind::other_movement);
  EXPECT_EQ(watch.state().problem, std::nullopt);
  film.hear(CoachEventKind::other_movement);
  EXPECT_EQ(watch.state().problem, SetProblem::other_exercise);
  EXPECT_TRUE(watch.state().demonstrate);
  film.hear(CoachEventKind::repetition);
  EXPECT_EQ(watch.state().problem, std::nullopt);
}

TEST(SetWatch, ARecognizedOtherMovementIsAnotherExerciseWhileItLasts) {
  SetWatch watch(knee_raise(), {});
  EXPECT_EQ(watch.step({Seconds{0}, standing()}, 1, well_seen(), {}, true).problem,
            SetProblem::other_exercise);
  EXPECT_EQ(watch.step({Seconds{0.1}, standing()}, 1, well_seen(), {}, false).problem, std::nullopt);
}

TEST(SetWatch, WhatRecognitionAloneSaysNeverPausesASet) {
  SetWatch watch(knee_raise(), {});
  for (int frame = 0; frame < 300; ++frame)
    watch.step({Seconds{0.1 * frame}, standing()}, 1, well_seen(), {}, true);
  EXPECT_EQ(watch.state().problem, SetProblem::other_exercise);
  EXPECT_FALSE(watch.state().pause);
}

TEST(SetWatch, AfterAPauseEverythingBeginsAnew) {
  SetWatch watch(knee_raise(), {});
  Film film(watch);
  film.run(Seconds{25}, std::nullopt, {}, 0);
  EXPECT_TRUE(watch.state().pause);
  const CoachState nothing;
  EXPECT_FALSE(watch.step({film.time() + Seconds{5}, std::nullopt}, 0, nothing, {}).pause);
  EXPECT_EQ(watch.state().problem, std::nullopt);
}

}  // namespace
}  // namespace reprise::engine

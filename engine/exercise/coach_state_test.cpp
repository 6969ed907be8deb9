// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <vector>

#include "engine/exercise/coach.h"
#include "engine/synthesis/generate.h"
#include "tests/support/degrees.h"

// What a screen is shown against what the generated person does.

namespace reprise::engine {
namespace {

ExerciseDefinition one_arm() {
  ExerciseDefinition d;
  d.id = "shoulder_abduction";
  d.primary = {Measure::shoulder_elevation, Combine::larger};
  d.sided = true;
  d.rest = rad(10);
  d.target = rad(110);
  d.min_excursion = rad(30);
  return d;
}

/// The right arm to 110 degrees, held there for a second, and back; four seconds.
MovementDefinition one_arm_movement() {
  const std::vector<DofValue> down = {{Dof::right_shoulder_abduction, Degrees{10}},
                                      {Dof::left_shoulder_abduction, Degrees{10}}};
  const std::vector<DofValue> up = {{Dof::right_shoulder_abduction, Degrees{110}},
                                    {Dof::left_shoulder_abduction, Degrees{10}}};
  MovementDefinition m;
  m.keyframes = {{0, down}, {0.375, up}, {0.625, up}, {1, down}};
  m.duration = Seconds{4};
  return m;
}

struct Moment {
  Seconds time;
  CoachState now;
};

std::vector<Moment> moments(Coach& coach, const std::vector<PoseFrame>& frames) {
  std::vector<Moment> seen;
  for (const PoseFrame& frame : frames) {
    (void)coach.step(frame);
    seen.push_back({frame.time, coach.now()});
  }
  return seen;
}

GeneratedMovement one_arm_film(GenerateOptions options = {.repetitions = 2}) {
  return generate(one_arm_movement(), options).value();
}

const CoachState& at(const std::vector<Moment>& seen, Seconds time) {
  std::size_t i = 0;
  while (i + 1 < seen.size() && seen[i].time < time) ++i;
  return seen[i].now;
}

TEST(CoachState, FollowsTheMovementInItsParts) {
  Coach coach(one_arm());
  const GeneratedMovement film = one_arm_film();
  const auto seen = moments(coach, film.frames);
  for (const RepetitionTruth& truth : film.repetitions) {
    EXPECT_EQ(at(seen, truth.start).part, MovementPart::rest);
    EXPECT_EQ(at(seen, truth.start).repetition, Seconds{0});
    EXPECT_EQ(at(seen, truth.start + Seconds{0.75}).part, MovementPart::out);
    EXPECT_EQ(at(seen, truth.hold_end).part, MovementPart::extreme);
    EXPECT_EQ(at(seen, truth.hold_end + Seconds{0.9}).part, MovementPart::back);
    const CoachState& top = at(seen, truth.hold_end);
    ASSERT_TRUE(top.value && top.progress);
    EXPECT_NEAR(*top.value, rad(110), rad(1)) << "at rest there, the filter has caught up";
    EXPECT_NEAR(*top.progress, 1, 0.01);
    // From within a tenth of the way before the stop on, 0.9 of a minimum-jerk way being done after 0.71 of
    // its time; the filter adds up to a tenth of a second.
    EXPECT_NEAR(top.held.value(), 1 + 0.29 * 1.5, 0.15);
    EXPECT_NEAR(top.repetition.value(), 2.5, 0.4) << "leaving rest is noticed after the first degrees";
  }
  EXPECT_EQ(seen.back().now.part, MovementPart::rest);
}

TEST(CoachState, PartsComeInOrderAtAnyPaceAndWithNoise) {
  for (const double pace : {0.5, 1.0, 2.5}) {
    GenerateOptions options{.repetitions = 3, .duration_scale = pace};
    options.noise = Meters{0.008};
    Coach coach(one_arm());
    std::vector<MovementPart> order;
    for (const Moment& moment : moments(coach, one_arm_film(options).frames)) {
      if (order.empty() || order.back() != moment.now.part) order.push_back(moment.now.part);
    }
    using P = MovementPart;
    const std::vector<P> wanted = {P::rest, P::out,  P::extreme, P::back,    P::rest, P::out, P::extreme,
                                   P::back, P::rest, P::out,     P::extreme, P::back, P::rest};
    EXPECT_EQ(order, wanted) << "pace " << pace;
  }
}

TEST(CoachState, NamesThePrescribedSideElseTheOneAtWork) {
  for (const bool mirror : {false, true}) {
    const Side side = mirror ? Side::left : Side::right;
    const GeneratedMovement film = one_arm_film({.repetitions = 1, .mirror = mirror});
    Coach free(one_arm());
    const auto seen = moments(free, film.frames);
    EXPECT_EQ(at(seen, film.repetitions[0].extreme).side, side);
    EXPECT_EQ(seen.front().now.side, std::nullopt);
    Coach prescribed(one_arm(), {.side = other(side)});
    const auto idle = moments(prescribed, film.frames);
    EXPECT_EQ(at(idle, film.repetitions[0].extreme).side, other(side));
    EXPECT_NEAR(*at(idle, film.repetitions[0].hold_end).progress, 0, 0.02) << "the other arm hangs";
  }
}

TEST(CoachState, IsAtTheStricterCeilingWhileOneIs) {
  ExerciseDefinition own = one_arm();
  own.ceiling = rad(90);
  for (const auto& programme : {std::optional<double>{}, std::optional{rad(60)}, std::optional{rad(100)}}) {
    Coach coach(own, {.ceiling = programme});
    const double limit = std::min(rad(90), programme.value_or(rad(90)));
    int at_ceiling = 0;
    for (const Moment& moment : moments(coach, one_arm_film().frames)) {
      if (*moment.now.value >= limit) {
        EXPECT_TRUE(moment.now.at_ceiling) << moment.time.value();
      } else if (*moment.now.value < limit - rad(6)) {
        EXPECT_FALSE(moment.now.at_ceiling) << moment.time.value();
      }
      at_ceiling += moment.now.at_ceiling ? 1 : 0;
    }
    EXPECT_GT(at_ceiling, 30) << "a second and more of each repetition";
    EXPECT_EQ(binding_ceiling(own, programme), limit);
  }
}

TEST(CoachState, SaysWhatIsNotSeenAndOnlyThen) {
  GeneratedMovement film = one_arm_film();
  for (PoseFrame& frame : film.frames) {
    if (frame.time < Seconds{3} || frame.time > Seconds{5}) continue;
    frame.pose->visibility[Landmark::left_elbow] = frame.pose->visibility[Landmark::right_elbow] = 0.1;
  }
  Coach coach(one_arm());
  const auto seen = moments(coach, film.frames);
  EXPECT_EQ(at(seen, Seconds{2.9}).unseen, std::nullopt);
  EXPECT_EQ(at(seen, Seconds{3.5}).value, std::nullopt);
  EXPECT_EQ(at(seen, Seconds{3.5}).unseen, std::nullopt) << "not before a second";
  EXPECT_EQ(at(seen, Seconds{4.5}).unseen, Measure::shoulder_elevation);
  EXPECT_EQ(at(seen, Seconds{4.5}).unseen_part, BodyPart::elbow);
  EXPECT_EQ(at(seen, Seconds{5.2}).unseen, std::nullopt);
  EXPECT_TRUE(at(seen, Seconds{5.2}).value);
}

TEST(CoachState, AHoldRunsFromTheTargetOn) {
  ExerciseDefinition hold = one_arm();
  hold.kind = Kind::hold;
  hold.target = rad(100);
  Coach coach(hold);
  const GeneratedMovement film = one_arm_film({.repetitions = 1, .duration_scale = 2});
  const auto seen = moments(coach, film.frames);
  const RepetitionTruth& truth = film.repetitions.front();
  EXPECT_EQ(at(seen, truth.start + Seconds{0.5}).part, MovementPart::rest);
  EXPECT_EQ(at(seen, truth.hold_end).part, MovementPart::extreme);
  EXPECT_GT(at(seen, truth.hold_end).held, Seconds{2});
  EXPECT_LT(at(seen, truth.hold_end).held, Seconds{3});
  EXPECT_EQ(seen.back().now.held, Seconds{0});
  EXPECT_EQ(seen.back().now.part, MovementPart::rest);
}

TEST(CoachState, BeforeTheFirstFrameNothingIsKnown) {
  const CoachState now = Coach(one_arm()).now();
  EXPECT_FALSE(now.value || now.progress || now.side || now.unseen || now.view || now.raised_hand);
  EXPECT_EQ(now.part, MovementPart::rest);
}

}  // namespace
}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#include "engine/balance/load_walk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace reprise::engine {
namespace {

constexpr double kWalkerN = 700;
constexpr Hertz kWalkRate{100};

LoadWalkOptions left_leg(double limit_share = 0.3) {
  LoadWalkOptions options;
  options.body_weight_n = kWalkerN;
  options.limit_share = limit_share;
  options.affected = Side::left;
  options.rate = kWalkRate;
  return options;
}

/// A person with insoles. `gain`: of the left one; `offset_n`: of both.
struct Person {
  LoadWalk walk;
  double gain = 1, offset_n = 8;

  explicit Person(const LoadWalkOptions& options = left_leg()) : walk(*LoadWalk::create(options)) {}

  void send(std::optional<double> left_n, std::optional<double> right_n) {
    walk.step(Side::left, left_n ? std::optional{gain * *left_n + offset_n} : std::nullopt);
    walk.step(Side::right, right_n ? std::optional{*right_n + offset_n} : std::nullopt);
  }
  void hang(double seconds = 2.1, double left_n = 0) {
    for (int i = 0; i < seconds * kWalkRate.value(); ++i) send(left_n + std::sin(i), std::cos(i));
  }
  /// Stands, and shifts `shift_n` to the left foot and back once in four seconds.
  void stand(double seconds = 8, double shift_n = 60, double weight_n = kWalkerN, double least_n = 40) {
    for (int i = 0; i < seconds * kWalkRate.value(); ++i) {
      const double left_n = least_n + shift_n * (1 - std::cos(2 * kPi * i / (4 * kWalkRate.value()))) / 2;
      send(left_n, weight_n - left_n);
    }
  }
  void be_ready() {
    hang();
    stand();
    ASSERT_EQ(walk.state().step, LoadWalkStep::tracking);
    for (int i = 0; i < 50; ++i) send(0, kWalkerN);  // the next step begins from the air
  }
  /// Steps of the left foot of these peaks, in Newton.
  void step_with(const std::vector<double>& peaks_n) {
    for (const double peak_n : peaks_n) {
      for (int i = 0; i <= 60; ++i) send(peak_n * std::sin(kPi * i / 60), kWalkerN - peak_n);
      for (int i = 0; i < 40; ++i) send(0, kWalkerN);
    }
  }
};

TEST(LoadWalk, GoesFromZeroOverTheCheckToSteps) {
  Person person;
  EXPECT_EQ(person.walk.state().step, LoadWalkStep::lift);
  person.hang();
  EXPECT_EQ(person.walk.state().step, LoadWalkStep::stand);
  person.stand();
  EXPECT_EQ(person.walk.state().step, LoadWalkStep::tracking);
  EXPECT_FALSE(person.walk.state().trouble);
}

TEST(LoadWalk, TakesNoZeroFromAFootThatMovesOrStands) {
  Person moving;
  for (int i = 0; i < 600; ++i) moving.send(i % 100 < 50 ? 0 : 40, 0);
  EXPECT_EQ(moving.walk.state().step, LoadWalkStep::lift);
  Person standing;
  standing.hang(2.1, 90);  // the weight of a leg on the floor
  EXPECT_EQ(standing.walk.state().step, LoadWalkStep::lift);
  EXPECT_EQ(standing.walk.state().trouble, LoadWalkTrouble::not_lifted);
  standing.hang(2.1);
  EXPECT_EQ(standing.walk.state().step, LoadWalkStep::stand);
}

TEST(LoadWalk, MeasuresNothingWhereTheStandingWeightDoesNotFit) {
  const auto trouble = [](double gain, double shift_n, double weight_n) {
    Person person;
    person.gain = gain;
    person.hang();
    person.stand(22, shift_n, weight_n);
    EXPECT_EQ(person.walk.state().step, LoadWalkStep::stand);
    EXPECT_EQ(person.walk.state().steps, 0U);
    return person.walk.state().trouble;
  };
  EXPECT_EQ(trouble(1, 60, 0.8 * kWalkerN), LoadWalkTrouble::too_light);  // leans on crutches
  EXPECT_EQ(trouble(1, 60, 1.2 * kWalkerN), LoadWalkTrouble::too_heavy);
  EXPECT_EQ(trouble(0, 60, kWalkerN), LoadWalkTrouble::no_shift);  // the affected foot's sensor is dead
  EXPECT_EQ(trouble(0.7, 80, kWalkerN), LoadWalkTrouble::uneven);
  EXPECT_EQ(trouble(1.5, 60, kWalkerN), LoadWalkTrouble::uneven);
}

TEST(LoadWalk, CountsStepsAndThoseAboveTheLimit) {
  Person person;
  person.be_ready();
  const std::size_t before = person.walk.state().steps;
  person.step_with({150, 200, 212, 208, 300, 150});  // the limit: 210 N
  EXPECT_EQ(person.walk.state().steps - before, 6U);
  EXPECT_EQ(person.walk.state().steps_above, 2U);
  EXPECT_NEAR(*person.walk.state().largest_share, 300 / kWalkerN, 0.003);
}

TEST(LoadWalk, IsLouderTheFartherAboveAndSilentBelow) {
  Person person;
  person.be_ready();
  const auto level_at = [&](double force_n) {
    person.send(0, kWalkerN);
    person.send(force_n, kWalkerN - force_n);
    return person.walk.state().level;
  };
  EXPECT_EQ(level_at(205), 0);
  EXPECT_EQ(level_at(215), 1);
  EXPECT_EQ(level_at(255), 2);
  EXPECT_EQ(level_at(330), 3);
  person.send(100, 600);
  EXPECT_EQ(person.walk.state().level, 0);
}

TEST(LoadWalk, CountsNothingWhilePaused) {
  Person person;
  person.be_ready();
  person.step_with({150});
  const auto before = person.walk.state();
  person.walk.pause(true);
  person.step_with({400, 400});
  EXPECT_EQ(person.walk.state().steps, before.steps);
  EXPECT_EQ(person.walk.state().steps_above, 0U);
  EXPECT_EQ(person.walk.state().level, 0);
  person.walk.pause(false);
  person.step_with({400});
  EXPECT_EQ(person.walk.state().steps, before.steps + 1);
  EXPECT_EQ(person.walk.state().steps_above, 1U);
}

TEST(LoadWalk, NoticesAWrongZeroAndAFootThatIsNotFelt) {
  Person wrong;
  wrong.be_ready();
  wrong.offset_n = -60;
  for (int i = 0; i < 50; ++i) wrong.send(0, kWalkerN);
  EXPECT_TRUE(wrong.walk.state().zero_off);
  wrong.walk.calibrate();
  EXPECT_FALSE(wrong.walk.state().zero_off);
  EXPECT_EQ(wrong.walk.state().step, LoadWalkStep::lift);

  Person dead;
  dead.be_ready();
  dead.gain = 0;
  for (int k = 0; k < 6; ++k) {
    for (int i = 0; i < 50; ++i) dead.send(200, 500);
    for (int i = 0; i < 50; ++i) dead.send(500, 0);
  }
  EXPECT_TRUE(dead.walk.state().unfelt);
}

TEST(LoadWalk, KeepsTheForcesOfTheAffectedFootForTheSameCounts) {
  Person person;
  person.be_ready();
  const std::size_t stood = person.walk.state().steps;
  person.step_with({150, 250, 300});
  person.walk.pause(true);
  person.step_with({600});
  person.walk.pause(false);
  person.step_with({150, 400});
  WeightBearingOptions options;
  options.body_weight_n = kWalkerN;
  options.limit_share = 0.3;
  const std::vector<std::optional<double>> other(person.walk.forces_n().size());
  const auto measured = weight_bearing(kWalkRate, {person.walk.forces_n(), {}}, {other, {}}, options);
  ASSERT_TRUE(measured) << to_string(measured.error());
  const LoadWalkState& state = person.walk.state();
  EXPECT_EQ(state.steps - stood, 5U);
  EXPECT_EQ(measured->left.contacts_above_limit, state.steps_above);
  EXPECT_EQ(state.steps_above, 3U);
  EXPECT_NEAR(measured->left.peak_share, *state.largest_share, 1e-9);
}

TEST(LoadWalk, CountsNoStepWithoutItsLandingUnlessItIsAboveTheLimit) {
  Person person;
  person.be_ready();
  const std::size_t before = person.walk.state().steps;
  for (int i = 0; i < 30; ++i) person.send(i == 15 ? std::nullopt : std::optional{150.0}, 550);
  EXPECT_EQ(person.walk.state().steps, before + 1);
  for (int i = 0; i < 30; ++i) person.send(std::nan(""), std::nullopt);
  for (int k = 0; k < 5; ++k) {
    person.walk.pause(true);
    person.walk.pause(false);
    for (int i = 0; i < 30; ++i) person.send(40, kWalkerN - 40);
  }
  EXPECT_EQ(person.walk.state().steps, before + 1);
  EXPECT_EQ(person.walk.state().steps_above, 0U);
  person.walk.pause(true);
  person.walk.pause(false);
  for (int i = 0; i < 30; ++i) person.send(300, kWalkerN - 300);
  EXPECT_EQ(person.walk.state().steps_above, 1U);
}

TEST(LoadWalk, TellsTheLoudestLevelSinceItWasAskedLast) {
  Person person;
  person.be_ready();
  (void)person.walk.take_loudest();
  person.step_with({340});
  EXPECT_EQ(person.walk.state().level, 0);
  EXPECT_EQ(person.walk.take_loudest(), 3);
  EXPECT_EQ(person.walk.take_loudest(), 0);
  // A missing sample ends no warning, and makes none quieter.
  for (int i = 0; i < 5; ++i) person.send(340, kWalkerN - 340);
  person.send(std::nullopt, 300);
  EXPECT_EQ(person.walk.state().level, 3);
}

TEST(LoadWalk, EndsTheWarningNotFarBelowTheLimit) {
  Person person(left_leg(0.1));
  person.hang();
  person.stand(8, 45, kWalkerN, 15);
  ASSERT_EQ(person.walk.state().step, LoadWalkStep::tracking);
  person.send(71.5, 600);
  EXPECT_EQ(person.walk.state().level, 1);
  person.send(65, 600);  // 2 % of the body's weight would be 56 N
  EXPECT_EQ(person.walk.state().level, 0);
}

TEST(LoadWalk, WarnsDuringTheCheckAndSaysThatItWasTooMuch) {
  Person person(left_leg(0.15));
  person.hang();
  person.walk.pause(true);  // as a page does until the walk starts
  person.stand(2.2, 140);
  EXPECT_EQ(person.walk.state().level, 3);
  person.stand(2, 120);
  EXPECT_EQ(person.walk.state().trouble, LoadWalkTrouble::too_much);
  EXPECT_EQ(person.walk.state().step, LoadWalkStep::stand);
}

TEST(LoadWalk, TakesNoSensorsThatAreUnderTheOtherFoot) {
  Person person;
  person.hang();
  for (int i = 0; i < 800; ++i) {
    const double affected_n = 40 + 30 * (1 - std::cos(2 * kPi * i / 400));
    person.send(kWalkerN - affected_n, affected_n);
  }
  EXPECT_EQ(person.walk.state().step, LoadWalkStep::stand);
  EXPECT_EQ(person.walk.state().trouble, LoadWalkTrouble::exchanged);
}

TEST(LoadWalk, SaysThatItFeelsTooLittleOfAPersonWhoStands) {
  Person person;
  person.hang();
  for (int i = 0; i < 2100; ++i) person.send(40, 0);  // the other foot's sensor is dead
  EXPECT_EQ(person.walk.state().trouble, LoadWalkTrouble::too_light);
}

TEST(LoadWalk, BoundsTheGainOfTheAffectedFoot) {
  // The other one's error must not hide it: both together say nearly the body's weight.
  for (const auto& [affected, other] : {std::pair{0.75, 0.895}, {0.77, 0.9}, {0.8, 0.93}}) {
    Person person;
    person.gain = affected;
    person.hang();
    for (int i = 0; i < 800; ++i) {
      const double left_n = 40 + 30 * (1 - std::cos(2 * kPi * i / 400));
      person.send(left_n, other * (kWalkerN - left_n));
    }
    EXPECT_EQ(person.walk.state().trouble, LoadWalkTrouble::uneven) << affected;
  }
}

TEST(LoadWalk, NoticesThatAFootRestedDuringTheZero) {
  Person person(left_leg(0.15));
  person.hang(2.1, 24);  // less than what a contact bears
  for (int i = 0; i < 800; ++i) {
    const double left_n = 40 + 20 * (1 - std::cos(2 * kPi * i / 400));
    person.send(left_n, kWalkerN - left_n);
  }
  ASSERT_EQ(person.walk.state().step, LoadWalkStep::tracking);
  person.step_with({90});
  EXPECT_TRUE(person.walk.state().zero_off);
}

TEST(LoadWalk, NoticesASensorThatStaysAtALoad) {
  Person person;
  person.be_ready();
  person.gain = 0;
  person.offset_n = 68;
  for (int i = 0; i < 600; ++i) {
    person.walk.step(Side::left, 68);
    person.walk.step(Side::right, i % 100 < 50 ? 600 : 8);
  }
  EXPECT_TRUE(person.walk.state().unfelt);
}

TEST(LoadWalk, CountsWhatIsBeyondTheRangeWithoutANumber) {
  Person person;
  person.be_ready();
  for (int i = 0; i < 30; ++i) person.walk.step(Side::left, 2000, true);
  EXPECT_EQ(person.walk.state().level, 3);
  EXPECT_EQ(person.walk.state().steps_above, 1U);
  EXPECT_TRUE(person.walk.state().beyond);
  EXPECT_LT(person.walk.state().largest_share.value_or(0), 0.3);
  EXPECT_FALSE(person.walk.forces_n().back());
}

TEST(LoadWalk, RefusesWhatItCannotFollow) {
  EXPECT_FALSE(LoadWalk::create(left_leg(0)));
  EXPECT_FALSE(LoadWalk::create(left_leg(0.03)));
  LoadWalkOptions slow = left_leg();
  slow.rate = Hertz{5};
  const auto refused = LoadWalk::create(slow);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::unsupported);
  LoadWalkOptions light = left_leg();
  light.body_weight_n = 0;
  EXPECT_FALSE(LoadWalk::create(light));
}

}  // namespace
}  // namespace reprise::engine

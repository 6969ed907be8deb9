// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/load.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/balance/simulated_load.h"
#include "engine/signal/inertial.h"
#include "session/measurements/balance.h"
#include "session/measurements/standing_tasks.h"

namespace reprise::session {
namespace {

using engine::test::SimulatedLoad;
using testing::Contains;
using testing::HasSubstr;
using enum SignalMeasure;

constexpr double kMassKg = 70;

FeetLoad feet_of(SimulatedLoad walk) {
  walk.body_weight_n = kMassKg * engine::kGravityMps2;
  FeetLoad feet{walk.rate, {}, {}};
  const auto left = walk.foot(true);
  const auto right = walk.foot(false);
  feet.left = {left.force_n, left.cop};
  feet.right = {right.force_n, right.cop};
  return feet;
}

const MeasuredValue* value_in(const MeasurementDocument& d, SignalMeasure measure, std::optional<Side> side) {
  const auto found = std::find_if(d.values.begin(), d.values.end(), [&](const MeasuredValue& v) {
    return v.measure == measure && v.side == side;
  });
  return found == d.values.end() ? nullptr : &*found;
}

double number_in(const MeasurementDocument& d, SignalMeasure measure,
                 std::optional<Side> side = std::nullopt) {
  const auto* value = value_in(d, measure, side);
  EXPECT_NE(value, nullptr) << info(measure).name;
  return value == nullptr ? 0 : value->value;
}

TEST(MeasureLoad, GivesContactsLoadsAndTimesOfASimulatedWalk) {
  SimulatedLoad walk;
  walk.left_peak_share = 0.6;
  const auto d = measure_load({}, feet_of(walk), {.body_mass_kg = kMassKg});
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_EQ(d->kind, MeasurementKind::gait);
  EXPECT_NEAR(number_in(*d, peak_load, Side::left), 0.6, 0.01);
  EXPECT_NEAR(number_in(*d, peak_load, Side::right), 1.1, 0.02);
  EXPECT_NEAR(number_in(*d, contact_time, Side::right), walk.stance_s(), 0.03);
  EXPECT_NEAR(number_in(*d, stance_share, Side::right), walk.stance_share, 0.02);
  EXPECT_NEAR(number_in(*d, stride_time, Side::left), walk.stride_s, 0.01);
  EXPECT_NEAR(number_in(*d, cadence), 1 / 0.6, 0.01);
  // Up within a fifth of the stance, of 744 ms.
  EXPECT_NEAR(number_in(*d, loading_rate, Side::right), 1.1 * 686.5 / 0.149, 500);
  // The center of pressure runs 20 cm while the foot bears more than 25 N of 686: all but some samples.
  EXPECT_NEAR(number_in(*d, cop_progression, Side::right), 0.2, 0.012);
  EXPECT_GT(number_in(*d, cop_way, Side::right), number_in(*d, cop_progression, Side::right));
  EXPECT_NEAR(number_in(*d, weight_share, Side::left) + number_in(*d, weight_share, Side::right), 1, 1e-9);
  EXPECT_EQ(find_value(*d, weight_limit, Side::left), nullptr);
  ASSERT_EQ(d->tables.size(), 1U);
  EXPECT_EQ(d->tables[0].rows.size(), 16U);
}

TEST(MeasureLoad, HoldsTheLoadAgainstALimitOfOneFoot) {
  SimulatedLoad walk;
  walk.left_peak_share = 0.4;
  const auto d =
      measure_load({}, feet_of(walk), {.body_mass_kg = kMassKg, .limit_share = 0.3, .limited = Side::left});
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_EQ(number_in(*d, weight_limit, Side::left), 0.3);
  EXPECT_EQ(number_in(*d, contacts_above_limit, Side::left), 8);
  const double above = number_in(*d, time_above_limit, Side::left);
  EXPECT_GT(above, 0.2);
  EXPECT_LT(above, 0.9);
  EXPECT_NEAR(number_in(*d, largest_load, Side::left), 0.4, 0.01);
  EXPECT_EQ(find_value(*d, weight_limit, Side::right), nullptr);
  const auto below =
      measure_load({}, feet_of(walk), {.body_mass_kg = kMassKg, .limit_share = 0.45, .limited = Side::left});
  EXPECT_EQ(number_in(*below, contacts_above_limit, Side::left), 0);
  EXPECT_EQ(number_in(*below, time_above_limit, Side::left), 0);
}

TEST(MeasureLoad, MeasuresOneInsoleAlone) {
  FeetLoad feet = feet_of({});
  feet.right = {};
  const auto d = measure_load({}, feet, {.body_mass_kg = kMassKg});
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_NEAR(number_in(*d, peak_load, Side::left), 1.1, 0.02);
  EXPECT_EQ(find_value(*d, weight_share, Side::left), nullptr);
  EXPECT_EQ(find_value(*d, cadence), nullptr);
}

TEST(MeasureLoad, SaysWhereTheLimitedFootWasNotMeasured) {
  FeetLoad feet = feet_of({});
  feet.right = {};
  const auto d =
      measure_load({}, feet, {.body_mass_kg = kMassKg, .limit_share = 0.3, .limited = Side::right});
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_THAT(d->not_measured, Contains(HasSubstr("right foot against its limit")));
}

TEST(MeasureLoad, SaysThatLongStridesAreLeftOut) {
  SimulatedLoad walk;
  walk.stride_s = 3.2;
  const auto d = measure_load({}, feet_of(walk), {.body_mass_kg = kMassKg});
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_EQ(find_value(*d, cadence), nullptr);
  EXPECT_THAT(d->warnings, Contains(testing::Field(&Warning::code, "strides_left_out")));
}

TEST(MeasureLoad, RefusesWhatItCannotWeigh) {
  EXPECT_EQ(measure_load({}, feet_of({}), {}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(measure_load({}, {}, {.body_mass_kg = kMassKg}).error().code, ErrorCode::nothing_measured);
}

StandingOnInsoles standing(double left_n, double right_n, std::size_t samples) {
  StandingOnInsoles s{"eyes_open", {Hertz{50}, {}, {}}};
  s.feet.left.force_n.assign(samples, left_n);
  s.feet.right.force_n.assign(samples, right_n);
  return s;
}

TEST(MeasureInsoleBalance, SharesTheWeight) {
  const std::vector recordings = {standing(250, 400, 1500)};
  const auto d = measure_insole_balance({}, recordings);
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_NEAR(number_in(*d, weight_share, Side::left), 250 / 650.0, 1e-9);
  EXPECT_NEAR(number_in(*d, weight_share, Side::right), 400 / 650.0, 1e-9);
  EXPECT_THAT(d->not_measured, Contains(HasSubstr("both feet together")));
}

TEST(MeasureInsoleBalance, TimesOneLegAndTandem) {
  auto one = standing(650, 0, 600);
  one.part = kSingleLeg;
  for (std::size_t i = 0; i < 100; ++i) one.feet.right.force_n[i] = one.feet.right.force_n[599 - i] = 300;
  auto tandem = standing(300, 350, 500);
  tandem.part = kTandem;
  const auto d = measure_insole_balance({}, std::vector{one, tandem});
  ASSERT_TRUE(d) << to_string(d.error());
  const auto* left = value_in(*d, stance_time, Side::left);
  ASSERT_NE(left, nullptr);
  EXPECT_EQ(left->part, "single_leg");
  EXPECT_NEAR(left->value, 8, 0.15);
  const auto* both = value_in(*d, stance_time, std::nullopt);
  ASSERT_NE(both, nullptr);
  EXPECT_NEAR(both->value, 10, 0.1);
}

TEST(MeasureSway, MeasuresLimitsOfStabilityAndStandingTimesByPart) {
  StandingOnPlate leaning{std::string{kLimitsOfStability}, {Hertz{100}, {}}, {}};
  for (int i = 0; i < 2000; ++i) {
    const double t = i / 100.0;
    const double noise = 2e-4 * std::sin(7.7 * t);
    const double forward = t > 5 && t < 8 ? 0.06 : t > 14 && t < 17 ? -0.03 : 0;
    leaning.cop.points.push_back(engine::CopPoint{forward + noise, noise});
  }
  StandingOnPlate one_leg{std::string{kSingleLeg}, {Hertz{100}, {}}, {}};
  for (int i = 0; i < 1500; ++i) {
    const bool stands = i >= 200 && i < 1200;
    one_leg.vertical_force_n.emplace_back(stands ? 650.0 : 0.0);
    one_leg.cop.points.push_back(stands ? std::optional{engine::CopPoint{2e-4 * std::sin(0.1 * i), 0}}
                                        : std::nullopt);
  }
  const auto d = measure_sway({}, std::vector{leaning, one_leg}, {.foot_length = Meters{0.25}});
  ASSERT_TRUE(d) << to_string(d.error());
  const auto of_part = [&](SignalMeasure measure, const char* part) -> double {
    for (const MeasuredValue& v : d->values) {
      if (v.measure == measure && v.part == part) return v.value;
    }
    return -1;
  };
  EXPECT_NEAR(of_part(lean, "anterior"), 0.06, 0.001);
  EXPECT_NEAR(of_part(lean, "posterior"), 0.03, 0.001);
  EXPECT_NEAR(of_part(lean_share, "anterior"), 0.24, 0.005);
  EXPECT_EQ(of_part(lean, "left"), -1);
  EXPECT_THAT(d->not_measured, Contains(HasSubstr("lean left")));
  EXPECT_THAT(d->not_measured, Contains(HasSubstr("lean backward right")));
  EXPECT_NEAR(of_part(stance_time, "single_leg"), 10, 0.1);
}

TEST(MeasureInsoleBalance, RefusesATaskOfOneFootAlone) {
  auto one = standing(650, 0, 600);
  one.part = kSingleLeg;
  one.feet.right = {};
  EXPECT_EQ(measure_insole_balance({}, std::vector{one}).error().code, ErrorCode::nothing_measured);
}

TEST(MeasureSway, HasRombergRatiosOfOnePairOnly) {
  const auto swaying = [](const char* part, double size_m) {
    StandingOnPlate s{part, {Hertz{100}, {}}, {}};
    for (int i = 0; i < 3000; ++i)
      s.cop.points.push_back(engine::CopPoint{size_m * std::sin(0.031 * i), size_m * std::cos(0.017 * i)});
    return s;
  };
  const auto one = measure_sway({}, std::vector{swaying("eyes_open", 0.01), swaying("eyes_closed", 0.02)});
  EXPECT_NEAR(number_in(*one, romberg_velocity), 2, 0.01);
  const auto two = measure_sway({}, std::vector{swaying("eyes_open", 0.01), swaying("eyes_closed", 0.02),
                                                swaying("eyes_closed", 0.04)});
  EXPECT_EQ(find_value(*two, romberg_velocity), nullptr);
  EXPECT_THAT(two->not_measured, Contains(HasSubstr("Romberg")));
}

TEST(MeasureTrunkSway, TimesTasksInsteadOfTheRecording) {
  StandingWithSensor trunk{std::string{kSingleLeg}, {}};
  trunk.trunk.rate = Hertz{100};
  for (int i = 0; i < 1500; ++i) {
    const double moved_mps2 = i >= 1000 && i < 1200 ? 6 * std::sin(0.3 * i) : 0.02 * std::sin(0.1 * i);
    trunk.trunk.acceleration_mps2.emplace_back(9.81 + moved_mps2, 0, 0);
  }
  const auto d = measure_trunk_sway({}, std::vector{trunk});
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_NEAR(number_in(*d, stance_time), 10, 0.3);
  EXPECT_EQ(find_value(*d, trunk_acceleration_rms), nullptr);
  ASSERT_EQ(d->tables.size(), 1U);
  EXPECT_EQ(d->tables[0].rows[0].part, "single_leg.trunk_movement");
  trunk.part = kLimitsOfStability;
  EXPECT_EQ(measure_trunk_sway({}, std::vector{trunk}).error().code, ErrorCode::invalid_argument);
}

TEST(MeasureSway, WantsTheForceForStandingTimes) {
  StandingOnPlate one_leg{
      std::string{kTandem}, {Hertz{100}, std::vector<std::optional<engine::CopPoint>>(800)}, {}};
  EXPECT_EQ(measure_sway({}, std::vector{one_leg}).error().code, ErrorCode::nothing_measured);
}

}  // namespace
}  // namespace reprise::session

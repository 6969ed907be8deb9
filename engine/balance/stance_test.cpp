// SPDX-License-Identifier: Apache-2.0
#include "engine/balance/stance.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace reprise::engine {
namespace {

constexpr double kWeightN = 700;

using StanceForces = std::vector<std::optional<double>>;

StanceForces force_steps(const std::vector<std::pair<double, std::optional<double>>>& seconds_and_newton) {
  StanceForces force_n;
  for (const auto& [seconds, newton] : seconds_and_newton) {
    force_n.insert(force_n.end(), static_cast<std::size_t>(std::lround(seconds * 100)), newton);
  }
  return force_n;
}

TEST(StancesOnPlate, TimeTheWeightOnThePlateUntilItLeaves) {
  const auto force_n = force_steps({{2, 0}, {12.5, kWeightN}, {3, 100}});
  const auto stances = stances_on_plate(Hertz{100}, force_n, {});
  ASSERT_TRUE(stances) << to_string(stances.error());
  ASSERT_EQ(stances->size(), 1u);
  EXPECT_NEAR(stances->front().start.value(), 2, 1e-9);
  EXPECT_NEAR(stances->front().end.value(), 14.5, 1e-9);
  EXPECT_EQ(stances->front().reason, StanceEnd::unloaded);
}

TEST(StancesOnPlate, EndWhereTheCenterOfPressureJumps) {
  const auto force_n = force_steps({{10, kWeightN}});
  std::vector<std::optional<CopPoint>> cop(1000);
  for (std::size_t i = 0; i < cop.size(); ++i) {
    const double sway_m = 0.01 * std::sin(0.03 * static_cast<double>(i));
    cop[i] = CopPoint{sway_m, i < 700 ? 0.0 : 0.12};
  }
  const auto stances = stances_on_plate(Hertz{100}, force_n, cop);
  ASSERT_TRUE(stances);
  ASSERT_EQ(stances->size(), 2u);
  EXPECT_EQ(stances->front().reason, StanceEnd::cop_jump);
  EXPECT_NEAR(stances->front().end.value(), 7, 0.02);
  EXPECT_EQ(stances->back().reason, StanceEnd::recording_ended);
}

TEST(StancesOnPlate, ABriefDipOfTheForceIsNoLoss) {
  const auto force_n = force_steps({{4, kWeightN}, {0.05, 400}, {4, kWeightN}});
  const auto stances = stances_on_plate(Hertz{100}, force_n, {});
  ASSERT_TRUE(stances);
  ASSERT_EQ(stances->size(), 1u);
  EXPECT_EQ(stances->front().reason, StanceEnd::recording_ended);
}

TEST(StancesOnPlate, EndWhereSamplesAreMissing) {
  const auto force_n =
      force_steps({{4, kWeightN}, {0.05, {}}, {4, kWeightN}, {2, {}}, {3, kWeightN}, {1, 0}});
  const auto stances = stances_on_plate(Hertz{100}, force_n, {});
  ASSERT_TRUE(stances);
  ASSERT_EQ(stances->size(), 2u);  // a gap of a twentieth of a second is bridged
  EXPECT_EQ(stances->front().reason, StanceEnd::samples_missing);
  EXPECT_NEAR(stances->front().end.value(), 8.05, 1e-9);
  EXPECT_NEAR(stances->back().start.value(), 10.05, 1e-9);
  EXPECT_EQ(stances->back().reason, StanceEnd::unloaded);
}

TEST(StancesOnPlate, RefuseBadInput) {
  EXPECT_EQ(stances_on_plate(Hertz{100}, force_steps({{5, 1}}), {}).error().code,
            ErrorCode::nothing_measured);
  EXPECT_EQ(stances_on_plate(Hertz{1}, force_steps({{5, kWeightN}}), {}).error().code,
            ErrorCode::unsupported);
  EXPECT_EQ(stances_on_plate(Hertz{100}, StanceForces{1, NAN}, {}).error().code, ErrorCode::invalid_argument);
  const std::vector<std::optional<CopPoint>> one(1);
  EXPECT_EQ(stances_on_plate(Hertz{100}, force_steps({{5, kWeightN}}), one).error().code,
            ErrorCode::invalid_argument);
  PlateStanceOptions options;
  options.body_weight_n = -1;
  EXPECT_EQ(stances_on_plate(Hertz{100}, force_steps({{5, kWeightN}}), {}, options).error().code,
            ErrorCode::invalid_argument);
}

TEST(StancesOnInsoles, NameTheStandingFootAndTheTouchdown) {
  const auto left_n = force_steps({{3, 350}, {8, 690}, {2, 350}});
  const auto right_n = force_steps({{3, 350}, {8, 5}, {2, 350}});
  const auto stances = stances_on_insoles(Hertz{100}, left_n, right_n);
  ASSERT_TRUE(stances);
  ASSERT_EQ(stances->size(), 1u);
  EXPECT_EQ(stances->front().foot, StandingFoot::left);
  EXPECT_EQ(stances->front().reason, StanceEnd::other_foot_down);
  EXPECT_NEAR(stances->front().start.value(), 3, 1e-9);
  EXPECT_NEAR(stances->front().end.value(), 11, 1e-9);
}

TEST(StancesOnInsoles, TandemStanceEndsWithAStep) {
  const auto left_n = force_steps({{6, 350}, {1, 0}, {2, 350}});
  const auto right_n = force_steps({{6, 350}, {1, 700}, {2, 350}});
  InsoleStanceOptions options;
  options.on_both_feet = true;
  const auto stances = stances_on_insoles(Hertz{100}, left_n, right_n, options);
  ASSERT_TRUE(stances);
  ASSERT_EQ(stances->size(), 2u);
  EXPECT_EQ(stances->front().reason, StanceEnd::foot_lifted);
  EXPECT_NEAR(stances->front().end.value(), 6, 1e-9);
}

TEST(StancesOnInsoles, TakeNoMissingSampleForALiftedFoot) {
  const auto left_n = force_steps({{12, 350}});
  const auto right_n = force_steps({{4, 350}, {3, {}}, {5, 350}});
  const auto stances = stances_on_insoles(Hertz{100}, left_n, right_n);
  ASSERT_TRUE(stances);
  EXPECT_TRUE(stances->empty()) << "the person stood on both feet";
  InsoleStanceOptions tandem;
  tandem.on_both_feet = true;
  const auto both = stances_on_insoles(Hertz{100}, left_n, right_n, tandem);
  ASSERT_EQ(both->size(), 2u);
  EXPECT_EQ(both->front().reason, StanceEnd::samples_missing);
}

TEST(StancesOnInsoles, RefuseOneFootAlone) {
  EXPECT_EQ(stances_on_insoles(Hertz{100}, force_steps({{3, 350}}), StanceForces(300)).error().code,
            ErrorCode::nothing_measured);
}

TEST(StancesOnInsoles, RefuseInsolesOfDifferentLength) {
  EXPECT_EQ(stances_on_insoles(Hertz{100}, force_steps({{3, 350}}), force_steps({{2, 350}})).error().code,
            ErrorCode::invalid_argument);
}

TEST(StancesByTrunk, EndWithAQuickMovement) {
  InertialSamples trunk;
  trunk.rate = Hertz{100};
  for (int i = 0; i < 1500; ++i) {
    const bool stumble = i >= 1000 && i < 1100;
    trunk.acceleration_mps2.emplace_back(0.0, kGravityMps2 + (stumble ? 5 * std::sin(0.3 * i) : 0.0), 0.0);
    trunk.angular_velocity_radps.emplace_back(stumble ? 2.0 : 0.01, 0.0, 0.0);
  }
  const auto stances = stances_by_trunk(trunk);
  ASSERT_TRUE(stances) << to_string(stances.error());
  ASSERT_GE(stances->size(), 1u);
  EXPECT_NEAR(stances->front().start.value(), 0, 0.01);
  EXPECT_NEAR(stances->front().end.value(), 10, 0.1);
  EXPECT_EQ(stances->front().reason, StanceEnd::trunk_movement);
}

TEST(StancesByTrunk, EndWithASlowTilt) {
  InertialSamples trunk;
  trunk.rate = Hertz{100};
  for (int i = 0; i < 1200; ++i) {
    const double tilt = i < 600 ? 0.0 : std::min(0.6, (i - 600) * 0.002);
    trunk.acceleration_mps2.emplace_back(kGravityMps2 * std::sin(tilt), kGravityMps2 * std::cos(tilt), 0.0);
  }
  const auto stances = stances_by_trunk(trunk);
  ASSERT_TRUE(stances);
  ASSERT_FALSE(stances->empty());
  // 20 degrees are reached after 175 samples; the trailing mean adds half of its window.
  EXPECT_NEAR(stances->front().end.value(), 7.75 + 0.125, 0.05);
  EXPECT_EQ(stances->front().reason, StanceEnd::trunk_movement);
}

TEST(StancesByTrunk, RefuseMultiplesOfGravity) {
  InertialSamples trunk;
  trunk.acceleration_mps2.assign(500, Vec3<Sensor>{0, 1, 0});
  EXPECT_EQ(stances_by_trunk(trunk).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace reprise::engine

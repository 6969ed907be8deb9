// SPDX-License-Identifier: Apache-2.0
#include "engine/balance/weight_bearing.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace reprise::engine {
namespace {

using Forces = std::vector<std::optional<double>>;

/// Steps of 1 s on the ground and 0.5 s in the air at 100 Hz. On the ground: a linear rise to `peak_n` in
/// 0.1 s, a dip to 0.8 of it, and a fall.
Forces step_forces(double peak_n, int steps) {
  Forces forces(50, 0.0);
  for (int s = 0; s < steps; ++s) {
    for (int i = 1; i <= 100; ++i) {
      double share = i <= 10 ? i / 10.0 : 0.8;
      if (i > 10 && i <= 30) share = 1 - 0.2 * (i - 10) / 20.0;
      if (i > 90) share = 0.8 * (101 - i) / 11.0;
      forces.emplace_back(peak_n * share);
    }
    forces.insert(forces.end(), 50, 0.0);
  }
  return forces;
}

WeightBearingOptions for_weight(double weight_n, std::optional<double> limit = std::nullopt) {
  WeightBearingOptions options;
  options.body_weight_n = weight_n;
  options.limit_share = limit;
  return options;
}

TEST(WeightBearing, SharesAddUpToOne) {
  const Forces left(200, 150.0), right(200, 450.0);
  const auto result = weight_bearing(Hertz{100}, {left, {}}, {right, {}}, for_weight(600));
  ASSERT_TRUE(result) << to_string(result.error());
  EXPECT_NEAR(*result->left.mean_share, 0.25, 1e-12);
  EXPECT_NEAR(*result->right.mean_share, 0.75, 1e-12);
  EXPECT_NEAR(*result->left_share[100], 0.25, 1e-12);
  EXPECT_FALSE(result->left.contacts.front().complete);
}

TEST(WeightBearing, DescribesEachContact) {
  const auto left = step_forces(300, 3);
  const Forces right(left.size(), 400.0);
  const auto result = weight_bearing(Hertz{100}, {left, {}}, {right, {}}, for_weight(600, 0.4));
  ASSERT_TRUE(result);
  ASSERT_EQ(result->left.contacts.size(), 3u);
  const auto& contact = result->left.contacts[1];
  EXPECT_TRUE(contact.complete);
  EXPECT_DOUBLE_EQ(contact.peak_n, 300);
  EXPECT_DOUBLE_EQ(contact.peak_share, 0.5);
  ASSERT_TRUE(contact.loading_rate_nps);
  EXPECT_NEAR(*contact.loading_rate_nps, 3000, 1e-6);
  EXPECT_EQ(result->left.contacts_above_limit, 3u);
  // Above 240 N: two samples of the rise (0.9, 1) and those of the dip before 0.8.
  EXPECT_NEAR(contact.time_above_limit.value(), 0.21, 1e-9);
  EXPECT_GT(*result->left.share_above_limit, 0.2);
}

TEST(WeightBearing, MissingSamplesAreNotZero) {
  auto left = step_forces(300, 2);
  const Forces right(left.size(), 300.0);
  for (std::size_t i = 90; i < 100; ++i) left[i] = std::nullopt;
  const auto result = weight_bearing(Hertz{100}, {left, {}}, {right, {}}, for_weight(600));
  ASSERT_TRUE(result);
  EXPECT_FALSE(result->left_share[95]);
  EXPECT_NEAR(result->measured, 1 - 10.0 / static_cast<double>(left.size()), 1e-12);
  ASSERT_EQ(result->left.contacts.size(), 3u) << "the gap cuts the first contact in two";
  EXPECT_FALSE(result->left.contacts[0].complete);
  EXPECT_FALSE(result->left.contacts[0].loading_rate_nps);
  EXPECT_TRUE(result->left.contacts[2].complete);
}

TEST(WeightBearing, FollowsTheCenterOfPressureOfAStance) {
  const auto left = step_forces(600, 1);
  const Forces right(left.size(), 0.0);
  std::vector<std::optional<CopPoint>> cop(left.size());
  for (std::size_t i = 0; i < cop.size(); ++i) {
    if (*left[i] > 0) cop[i] = CopPoint{0.002 * static_cast<double>(i - 50), 0.01};
  }
  const auto result = weight_bearing(Hertz{100}, {left, cop}, {right, {}}, for_weight(600));
  ASSERT_TRUE(result);
  ASSERT_EQ(result->left.contacts.size(), 1u);
  const auto& path = result->left.contacts[0].cop;
  ASSERT_TRUE(path);
  EXPECT_NEAR(path->path_length_m, path->ap_range_m, 1e-12);
  EXPECT_NEAR(path->last.ap_m - path->first.ap_m, path->ap_range_m, 1e-12);
  EXPECT_TRUE(result->right.contacts.empty());
}

TEST(WeightBearing, MeasuresOneFootAlone) {
  const auto left = step_forces(300, 2);
  const Forces none(left.size());
  const auto result = weight_bearing(Hertz{100}, {left, {}}, {none, {}}, for_weight(600, 0.4));
  ASSERT_TRUE(result) << to_string(result.error());
  EXPECT_EQ(result->left.contacts.size(), 2u);
  EXPECT_FALSE(result->left.mean_share);
  EXPECT_FALSE(result->right.mean_share);
  EXPECT_EQ(result->measured, 0);
}

TEST(CombinedCop, WeighsTheFeetByTheirForces) {
  const Forces left{300.0, 0.0, 10.0, std::nullopt}, right{100.0, 500.0, 10.0, 400.0};
  const std::vector<std::optional<CopPoint>> left_cop{CopPoint{0, -0.1}, std::nullopt, std::nullopt,
                                                      std::nullopt};
  const std::vector<std::optional<CopPoint>> right_cop(4, CopPoint{0.04, 0.1});
  const FootForceView both[] = {{left, left_cop}, {right, right_cop}};
  const auto cop = combined_cop(Hertz{50}, both);
  EXPECT_EQ(cop.rate.value(), 50);
  ASSERT_EQ(cop.points.size(), 4u);
  EXPECT_NEAR(cop.points[0]->ap_m, 0.01, 1e-12);
  EXPECT_NEAR(cop.points[0]->ml_m, -0.05, 1e-12);
  EXPECT_NEAR(cop.points[1]->ml_m, 0.1, 1e-12) << "an unloaded plate has no say";
  EXPECT_FALSE(cop.points[2]) << "20 N in all are no load";
  EXPECT_FALSE(cop.points[3]) << "a missing force may have been any";
}

TEST(WeightBearing, RefusesBadInput) {
  const Forces left(200, 150.0), right(200, 450.0), air(200, 0.0), none(200);
  const auto code = [&](Hertz rate, const Forces& l, const Forces& r, const WeightBearingOptions& o) {
    return weight_bearing(rate, {l, {}}, {r, {}}, o).error().code;
  };
  EXPECT_EQ(code(Hertz{1}, left, right, for_weight(600)), ErrorCode::unsupported);
  EXPECT_EQ(code(Hertz{100}, air, air, for_weight(600)), ErrorCode::nothing_measured);
  EXPECT_EQ(code(Hertz{100}, none, none, for_weight(600)), ErrorCode::nothing_measured);
  EXPECT_EQ(code(Hertz{100}, left, right, for_weight(61)), ErrorCode::invalid_argument);
  EXPECT_EQ(code(Hertz{100}, left, right, for_weight(600, 20)), ErrorCode::invalid_argument);
  EXPECT_EQ(code(Hertz{100}, Forces(200, NAN), right, for_weight(600)), ErrorCode::invalid_argument);
  EXPECT_EQ(code(Hertz{100}, Forces(200, 150000.0), right, for_weight(600)), ErrorCode::invalid_argument);
  EXPECT_EQ(code(Hertz{100}, Forces(199, 150.0), right, for_weight(600)), ErrorCode::invalid_argument);
}

TEST(LoadMonitor, SignalsAboveTheLimitWithHysteresis) {
  auto monitor = LoadMonitor::create({.body_weight_n = 600, .limit_share = 0.3, .release_share = 0.02});
  ASSERT_TRUE(monitor);
  EXPECT_FALSE(monitor->step(170.0).above_limit);
  const auto crossed = monitor->step(190.0);
  EXPECT_TRUE(crossed.above_limit);
  EXPECT_TRUE(crossed.just_exceeded);
  EXPECT_NEAR(*crossed.share, 190.0 / 600, 1e-12);
  EXPECT_TRUE(monitor->step(175.0).above_limit) << "still above 28 percent";
  EXPECT_FALSE(monitor->step(175.0).just_exceeded);
  EXPECT_FALSE(monitor->step(160.0).above_limit);
}

TEST(LoadMonitor, ADropoutKeepsTheState) {
  auto monitor = LoadMonitor::create({.body_weight_n = 600, .limit_share = 0.3});
  ASSERT_TRUE(monitor);
  EXPECT_TRUE(monitor->step(300.0).above_limit);
  const auto missing = monitor->step(std::nullopt);
  EXPECT_TRUE(missing.above_limit);
  EXPECT_FALSE(missing.share);
  EXPECT_TRUE(monitor->step(NAN).above_limit);
  EXPECT_FALSE(LoadMonitor::create({.body_weight_n = 0, .limit_share = 0.3}));
  EXPECT_FALSE(LoadMonitor::create({.body_weight_n = 600, .limit_share = 0}));
}

}  // namespace
}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#include "engine/balance/romberg.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace reprise::engine {
namespace {

CopPath circling_sway(double radius_m, int seconds = 30) {
  CopPath path{Hertz{50}, {}, {}};
  for (int i = 0; i < seconds * 50; ++i) {
    path.ap_m.push_back(radius_m * std::cos(0.1 * i));
    path.ml_m.push_back(radius_m * std::sin(0.1 * i));
  }
  return path;
}

/// Quiet for 3 s at `neutral`, then 2 s in each of the given directions (degrees), 1 s back in between.
CopPath lean_path(double neutral_ap_m, const std::vector<std::pair<double, double>>& degrees_and_meters) {
  CopPath path{Hertz{50}, std::vector<double>(150, neutral_ap_m), std::vector<double>(150, 0.0)};
  for (const auto& [degrees, meters] : degrees_and_meters) {
    for (int i = 0; i < 150; ++i) {
      const double out = i < 100 ? meters : 0;
      path.ap_m.push_back(neutral_ap_m + out * std::cos(degrees * kPi / 180));
      path.ml_m.push_back(out * std::sin(degrees * kPi / 180));
    }
  }
  return path;
}

TEST(RombergRatios, CompareClosedWithOpenEyes) {
  const auto open = sway(circling_sway(0.005));
  const auto closed = sway(circling_sway(0.01));
  ASSERT_TRUE(open && closed);
  const auto ratios = romberg_ratios(*open, *closed);
  ASSERT_TRUE(ratios);
  EXPECT_NEAR(ratios->velocity, 2, 1e-9);
  EXPECT_NEAR(ratios->area, 4, 1e-9);
}

TEST(RombergRatios, RefuseRecordingsOfDifferentLength) {
  const auto open = sway(circling_sway(0.005, 60));
  const auto closed = sway(circling_sway(0.01, 30));
  ASSERT_TRUE(open && closed);
  EXPECT_EQ(romberg_ratios(*open, *closed).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(romberg_ratios(SwayMeasures{}, *closed).error().code, ErrorCode::invalid_argument);
  SwayMeasures still = *closed;
  still.mean_velocity_mps = 0;
  EXPECT_EQ(romberg_ratios(still, *closed).error().code, ErrorCode::nothing_measured);
}

TEST(LimitsOfStability, MeasureEachDirectionFromTheNeutralPosition) {
  LimitsOfStabilityOptions options;
  options.foot_length = Meters{0.25};
  const auto limits = limits_of_stability(lean_path(0.04, {{0, 0.08}, {90, 0.06}, {-135, 0.05}}), options);
  ASSERT_TRUE(limits) << to_string(limits.error());
  EXPECT_NEAR(limits->neutral.ap_m, 0.04, 1e-12);
  const auto lean = [&](LeanDirection d) { return limits->leans[static_cast<std::size_t>(d)]; };
  ASSERT_TRUE(lean(LeanDirection::anterior));
  EXPECT_NEAR(lean(LeanDirection::anterior)->excursion.value(), 0.08, 1e-12);
  EXPECT_NEAR(*lean(LeanDirection::anterior)->foot_length_share, 0.32, 1e-12);
  ASSERT_TRUE(lean(LeanDirection::right));
  EXPECT_NEAR(lean(LeanDirection::right)->excursion.value(), 0.06, 1e-12);
  ASSERT_TRUE(lean(LeanDirection::posterior_left));
  EXPECT_NEAR(lean(LeanDirection::posterior_left)->excursion.value(), 0.05, 1e-12);
  EXPECT_FALSE(lean(LeanDirection::posterior));
  EXPECT_NEAR(limits->mean_excursion->value(), 0.19 / 3, 1e-12);
}

TEST(LimitsOfStability, ASingleSpikeIsNoLean) {
  auto path = lean_path(0, {{0, 0.05}});
  path.ap_m[250] = 0.3;
  path.ml_m[280] = -0.1;
  const auto limits = limits_of_stability(path);
  ASSERT_TRUE(limits);
  EXPECT_NEAR(limits->leans[0]->excursion.value(), 0.05, 1e-12);
  EXPECT_FALSE(limits->leans[static_cast<std::size_t>(LeanDirection::left)]);
}

TEST(LimitsOfStability, RefuseBadInput) {
  LimitsOfStabilityOptions options;
  options.foot_length = Meters{25};
  EXPECT_EQ(limits_of_stability(lean_path(0, {{0, 0.05}}), options).error().code,
            ErrorCode::invalid_argument);
  EXPECT_EQ(limits_of_stability(lean_path(0, {{0, 5.0}})).error().code, ErrorCode::invalid_argument);
  options = {};
  options.quiet_start = Seconds{60};
  EXPECT_EQ(limits_of_stability(lean_path(0, {{0, 0.05}}), options).error().code,
            ErrorCode::nothing_measured);
}

}  // namespace
}  // namespace reprise::engine

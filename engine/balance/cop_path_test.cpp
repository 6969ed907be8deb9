// SPDX-License-Identifier: Apache-2.0
#include "engine/balance/cop_path.h"

#include <gtest/gtest.h>

#include <cmath>

namespace reprise::engine {
namespace {

TEST(CopOfPlate, DividesTheMomentsByTheForce) {
  const auto cop = cop_of_plate(500, 10, -25);
  ASSERT_TRUE(cop);
  EXPECT_DOUBLE_EQ(cop->ap_m, 0.05);
  EXPECT_DOUBLE_EQ(cop->ml_m, 0.02);
}

TEST(CopOfPlate, IsMissingWithoutLoad) {
  EXPECT_FALSE(cop_of_plate(0, 0, 0));
  EXPECT_FALSE(cop_of_plate(3, 0.01, 0.02));
  EXPECT_FALSE(cop_of_plate(-500, 1, 1));
  EXPECT_FALSE(cop_of_plate(NAN, 1, 1));
  EXPECT_FALSE(cop_of_plate(500, NAN, 1));
}

TEST(LongestPath, BridgesShortGapsByAStraightLine) {
  CopSeries series{Hertz{50}, {CopPoint{0, 0}, std::nullopt, std::nullopt, CopPoint{0.03, -0.06}}};
  const auto longest = longest_path(series);
  ASSERT_TRUE(longest);
  ASSERT_EQ(longest->path.ap_m.size(), 4u);
  EXPECT_NEAR(longest->path.ap_m[1], 0.01, 1e-12);
  EXPECT_NEAR(longest->path.ml_m[2], -0.04, 1e-12);
  EXPECT_DOUBLE_EQ(longest->kept, 1.0);
}

TEST(LongestPath, SplitsAtLongGapsAndKeepsTheLongestPart) {
  CopSeries series{Hertz{10}, {}};
  for (int i = 0; i < 5; ++i) series.points.push_back(CopPoint{1e-3 * i, 0});
  series.points.insert(series.points.end(), 3, std::nullopt);
  for (int i = 0; i < 12; ++i) series.points.push_back(CopPoint{0, 1e-3 * i});
  series.points[10] = CopPoint{NAN, 0};  // one sample at 10 Hz: 0.1 s, still short
  const auto longest = longest_path(series);
  ASSERT_TRUE(longest);
  EXPECT_EQ(longest->first_sample, 8u);
  EXPECT_EQ(longest->path.ml_m.size(), 12u);
  EXPECT_NEAR(longest->path.ml_m[2], 2e-3, 1e-12);
  EXPECT_NEAR(longest->kept, 12.0 / 20.0, 1e-12);
}

TEST(LongestPath, RefusesAnUnloadedPlate) {
  CopSeries series{Hertz{100}, std::vector<std::optional<CopPoint>>(500)};
  EXPECT_EQ(longest_path(series).error().code, ErrorCode::nothing_measured);
  series.rate = Hertz{0};
  EXPECT_EQ(longest_path(series).error().code, ErrorCode::invalid_argument);
  series.rate = Hertz{100};
  EXPECT_EQ(longest_path(series, {.max_gap = Seconds{-1}}).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace reprise::engine

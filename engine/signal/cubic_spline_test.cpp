// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/cubic_spline.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace reprise::engine {
namespace {

double spline_cubic(double t) {
  return 2 - t + 0.5 * t * t - 0.25 * t * t * t;
}

TEST(CubicSpline, IsExactOnACubic) {
  const std::vector<double> t{0, 0.7, 1.1, 2.4, 3, 4.2};
  std::vector<double> y;
  for (const double v : t) y.push_back(spline_cubic(v));
  const std::vector<double> at{0, 0.1, 0.9, 1.1, 2, 3.9, 4.2};
  const auto result = cubic_spline(t, y, at);
  ASSERT_TRUE(result);
  for (std::size_t i = 0; i < at.size(); ++i) EXPECT_NEAR((*result)[i], spline_cubic(at[i]), 1e-12);
}

TEST(CubicSpline, IsALineThroughTwoSamplesAndAParabolaThroughThree) {
  const std::vector<double> half{0.5};
  EXPECT_NEAR((*cubic_spline(std::vector<double>{0, 1}, std::vector<double>{2, 4}, half))[0], 3, 1e-12);
  const auto parabola = cubic_spline(std::vector<double>{0, 1, 3}, std::vector<double>{0, 1, 9}, half);
  EXPECT_NEAR((*parabola)[0], 0.25, 1e-12);
}

TEST(CubicSpline, FollowsASineWithAnErrorOfFourthOrder) {
  std::vector<double> t, y, at;
  for (int i = 0; i <= 40; ++i) t.push_back(i * 0.1), y.push_back(std::sin(i * 0.1));
  for (int i = 0; i < 39; ++i) at.push_back(i * 0.1 + 0.05);
  const auto result = cubic_spline(t, y, at);
  // 5/384 h^4 bounds the error inside; the ends do without a boundary slope.
  for (std::size_t i = 3; i + 3 < at.size(); ++i) EXPECT_NEAR((*result)[i], std::sin(at[i]), 2e-6);
}

TEST(CubicSpline, RefusesWhatItCannotUse) {
  const std::vector<double> t{0, 1, 2}, y{0, 1, 0}, inside{1}, outside{2.1};
  EXPECT_EQ(cubic_spline(t, y, outside).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(cubic_spline(std::vector<double>{0, 0, 1}, y, inside).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(cubic_spline(std::vector<double>{0}, std::vector<double>{1}, inside).error().code,
            ErrorCode::nothing_measured);
  const std::vector<double> broken{0, std::numeric_limits<double>::quiet_NaN(), 0};
  EXPECT_EQ(cubic_spline(t, broken, inside).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace reprise::engine

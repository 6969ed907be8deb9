// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/savitzky_golay.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace reprise::engine {
namespace {

/// 2 - t + 3 t^2 - 0.5 t^3 and its derivatives.
double cubic(double t, int derivative) {
  switch (derivative) {
    case 0: return 2 - t + 3 * t * t - 0.5 * t * t * t;
    case 1: return -1 + 6 * t - 1.5 * t * t;
    case 2: return 6 - 3 * t;
    default: return -3;
  }
}

std::vector<double> cubic_samples(std::size_t n, double rate_hz) {
  std::vector<double> x(n);
  for (std::size_t i = 0; i < n; ++i) x[i] = cubic(static_cast<double>(i) / rate_hz, 0);
  return x;
}

TEST(SavitzkyGolay, IsExactOnPolynomialsToTheVeryEnds) {
  const auto x = cubic_samples(30, 20);
  for (int derivative = 0; derivative <= 3; ++derivative) {
    const auto y = savitzky_golay(x, Hertz{20}, {.window = 9, .order = 3, .derivative = derivative});
    ASSERT_TRUE(y);
    // Rounding grows with rate^derivative.
    const double tolerance = 1e-11 * std::pow(20.0, derivative);
    for (std::size_t i = 0; i < x.size(); ++i) {
      EXPECT_NEAR((*y)[i], cubic(static_cast<double>(i) / 20, derivative), tolerance);
    }
  }
}

TEST(SavitzkyGolay, FivePointQuadraticHasThePublishedWeights) {
  // (-3, 12, 17, 12, -3) / 35: the classic table of Savitzky & Golay.
  const double expected[] = {-3, 12, 17, 12, -3};
  for (std::size_t k = 0; k < 5; ++k) {
    std::vector<double> impulse(5, 0.0);
    impulse[k] = 35;
    const auto y = savitzky_golay(impulse, Hertz{1}, {.window = 5, .order = 2});
    ASSERT_TRUE(y);
    EXPECT_NEAR((*y)[2], expected[k], 1e-12);
  }
}

TEST(SavitzkyGolay, WindowOfOneChangesNothing) {
  const std::vector<double> x = {1, 5, 2};
  const auto y = savitzky_golay(x, Hertz{1}, {.window = 1, .order = 0});
  ASSERT_TRUE(y);
  EXPECT_EQ(*y, x);
}

TEST(CausalSavitzkyGolay, ReadsTheNewestSampleWithoutDelayOnPolynomials) {
  auto filter = CausalSavitzkyGolay::create(Hertz{20}, {.window = 9, .order = 3, .derivative = 1});
  ASSERT_TRUE(filter);
  const auto x = cubic_samples(30, 20);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const auto y = filter->step(x[i]);
    ASSERT_EQ(y.has_value(), i >= 8);
    if (y) {
      EXPECT_NEAR(*y, cubic(static_cast<double>(i) / 20, 1), 1e-9);
    }
  }
  EXPECT_FALSE(filter->step(std::numeric_limits<double>::quiet_NaN()));
  EXPECT_FALSE(filter->step(1.0)) << "a broken sample empties the window";
}

TEST(SavitzkyGolay, RefusesWhatCannotBe) {
  const std::vector<double> x(20, 1.0);
  const auto code = [](const auto& result) { return result.error().code; };
  EXPECT_EQ(code(savitzky_golay(x, Hertz{30}, {.window = 8})), ErrorCode::invalid_argument);
  EXPECT_EQ(code(savitzky_golay(x, Hertz{30}, {.window = 3, .order = 3})), ErrorCode::invalid_argument);
  EXPECT_EQ(code(savitzky_golay(x, Hertz{30}, {.derivative = 4})), ErrorCode::invalid_argument);
  EXPECT_EQ(code(savitzky_golay(x, Hertz{0}, {})), ErrorCode::invalid_argument);
  EXPECT_EQ(code(savitzky_golay(std::span(x).first(6), Hertz{30}, {})), ErrorCode::nothing_measured);
  EXPECT_EQ(code(savitzky_golay(std::vector<double>(9, INFINITY), Hertz{30}, {})),
            ErrorCode::invalid_argument);
  EXPECT_EQ(code(CausalSavitzkyGolay::create(Hertz{30}, {.window = 4})), ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace reprise::engine

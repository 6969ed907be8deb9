// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/fit_line.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace reprise::engine {
namespace {

TEST(StudentT, AgreesWithTheTabulatedQuantiles) {
  EXPECT_NEAR(student_t_quantile(0.975, 1), 12.7062, 1e-4);
  EXPECT_NEAR(student_t_quantile(0.975, 2), 4.30265, 1e-5);
  EXPECT_NEAR(student_t_quantile(0.975, 5), 2.57058, 1e-5);
  EXPECT_NEAR(student_t_quantile(0.95, 10), 1.81246, 1e-5);
  EXPECT_NEAR(student_t_quantile(0.975, 1000), 1.96234, 1e-5);
  EXPECT_NEAR(student_t_quantile(0.5, 7), 0, 1e-9);
}

TEST(FitLine, FindsALineExactly) {
  const std::vector<double> x{0, 1, 2, 5}, y{1, 3, 5, 11};
  const auto line = fit_line(x, y);
  ASSERT_TRUE(line);
  EXPECT_NEAR(line->slope, 2, 1e-12);
  EXPECT_NEAR(line->intercept, 1, 1e-12);
  EXPECT_NEAR(*line->slope_confidence, 0, 1e-7);
}

TEST(FitLine, ConfidenceFollowsTheFormula) {
  // Slope 0.5, residuals 0.25 -0.25 -0.25 0.25 (sum of squares 0.25), spread of x 5, t(0.975; 2) = 4.30265.
  const std::vector<double> x{0, 1, 2, 3}, y{0.25, 0.25, 0.75, 1.75};
  const auto line = fit_line(x, y);
  ASSERT_TRUE(line);
  EXPECT_NEAR(line->slope, 0.5, 1e-12);
  EXPECT_NEAR(*line->slope_confidence, 4.30265 * std::sqrt(0.25 / 2 / 5), 1e-5);
  EXPECT_FALSE(fit_line(std::vector<double>{0, 1}, std::vector<double>{0, 1})->slope_confidence);
}

TEST(FitLine, RefusesWhatCannotBe) {
  const std::vector<double> same{1, 1, 1}, y{1, 2, 3};
  EXPECT_EQ(fit_line(same, y).error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(fit_line(y, std::vector<double>{1, NAN, 2}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(fit_line(y, std::vector<double>{1}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(fit_line(std::vector<double>{1}, std::vector<double>{1}).error().code,
            ErrorCode::nothing_measured);
}

}  // namespace
}  // namespace reprise::engine

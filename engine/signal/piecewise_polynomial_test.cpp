// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/piecewise_polynomial.h"

#include <gtest/gtest.h>

#include <cmath>

namespace reprise::engine {
namespace {

using Curve = PiecewisePolynomial;

void expect_slopes_match_values(const Curve& curve, double from, double to) {
  constexpr double kStep = 1e-5;
  for (double x = from; x < to; x += 0.137) {
    const FunctionValue here = curve.at(x);
    const FunctionValue before = curve.at(x - kStep), after = curve.at(x + kStep);
    EXPECT_NEAR(here.slope, (after.value - before.value) / (2 * kStep), 1e-6) << x;
    EXPECT_NEAR(here.curvature, (after.slope - before.slope) / (2 * kStep), 1e-4) << x;
  }
}

TEST(PiecewisePolynomial, EvaluatesAPolynomialFromTheHighestPower) {
  const std::vector<double> coefficients{2, -3, 0.5, 4};
  const FunctionValue at = Curve::polynomial(coefficients).at(1.5);
  EXPECT_DOUBLE_EQ(at.value, 2 * 3.375 - 3 * 2.25 + 0.75 + 4);
  EXPECT_DOUBLE_EQ(at.slope, 6 * 2.25 - 6 * 1.5 + 0.5);
  EXPECT_DOUBLE_EQ(at.curvature, 12 * 1.5 - 6);
  EXPECT_DOUBLE_EQ(Curve::polynomial(coefficients).scaled(-2).at(0).value, -8);
  EXPECT_DOUBLE_EQ(Curve{}.at(3).value, 0);
}

TEST(PiecewisePolynomial, ProlongsTheOuterLines) {
  const auto lines = Curve::lines(std::vector<double>{0, 1, 3}, std::vector<double>{0, 2, 0});
  ASSERT_TRUE(lines);
  EXPECT_DOUBLE_EQ(lines->at(-1).value, -2);
  EXPECT_DOUBLE_EQ(lines->at(0.25).value, 0.5);
  EXPECT_DOUBLE_EQ(lines->at(2).value, 1);
  EXPECT_DOUBLE_EQ(lines->at(4).value, -1);
  EXPECT_DOUBLE_EQ(lines->at(3).value, 0);
}

TEST(PiecewisePolynomial, ReproducesACubicWithinAndItsTangentsOutside) {
  const auto f = [](double x) { return 1 - 2 * x + 0.3 * x * x * x; };
  std::vector<double> x{-1, 0.2, 0.9, 2, 2.5}, y;
  for (const double v : x) y.push_back(f(v));
  const auto cubic = Curve::cubic(x, y);
  ASSERT_TRUE(cubic);
  for (const double v : {-1.0, -0.3, 0.5, 1.7, 2.5}) EXPECT_NEAR(cubic->at(v).value, f(v), 1e-12);
  EXPECT_NEAR(cubic->at(-2).value, f(-1) - (-2 + 0.9), 1e-12);
  EXPECT_NEAR(cubic->at(3.5).value, f(2.5) + (-2 + 0.9 * 6.25), 1e-12);
  expect_slopes_match_values(*cubic, -1.9, 3.4);
  const auto line = Curve::cubic(std::vector<double>{1, 2}, std::vector<double>{3, 7});
  EXPECT_NEAR(line->at(1.25).value, 4, 1e-12);
}

TEST(PiecewisePolynomial, HasTheEndsOfANaturalQuintic) {
  std::vector<double> x, y;
  for (int i = 0; i <= 30; ++i) {
    x.push_back(0.2 * i + 0.03 * (i % 3));  // uneven
    y.push_back(std::sin(x.back()));
  }
  const auto quintic = Curve::natural_quintic(x, y);
  ASSERT_TRUE(quintic);
  for (std::size_t i = 0; i < x.size(); ++i) EXPECT_NEAR(quintic->at(x[i]).value, y[i], 1e-12);
  expect_slopes_match_values(*quintic, -0.5, 6.9);
  // Away from the ends the second derivative has an error of fourth order: h^4 is 0.003.
  for (double at = 2; at < 4; at += 0.1) EXPECT_NEAR(quintic->at(at).curvature, -std::sin(at), 2e-4);
  // A parabola outside: the curvature stays.
  EXPECT_DOUBLE_EQ(quintic->at(-3).curvature, quintic->at(-1).curvature);
  EXPECT_NEAR(quintic->at(-1e-9).curvature, quintic->at(1e-9).curvature, 1e-6);
}

TEST(PiecewisePolynomial, ReproducesAParabolaByAQuinticToItsEnds) {
  const auto f = [](double x) { return 3 * x * x - x + 2; };
  std::vector<double> x{0, 0.4, 1, 1.7}, y;
  for (const double v : x) y.push_back(f(v));
  const auto quintic = Curve::natural_quintic(x, y);
  ASSERT_TRUE(quintic);
  for (const double v : {-1.0, 0.0, 0.2, 0.9, 1.7, 4.0}) {
    EXPECT_NEAR(quintic->at(v).value, f(v), 1e-9);
    EXPECT_NEAR(quintic->at(v).curvature, 6, 1e-8);
  }
}

TEST(PiecewisePolynomial, RefusesSamplesThatDoNotRiseOrAreTooFew) {
  for (const auto& make : {&Curve::lines, &Curve::cubic, &Curve::natural_quintic}) {
    EXPECT_FALSE(make(std::vector<double>{0, 0}, std::vector<double>{1, 2}));
    EXPECT_FALSE(make(std::vector<double>{0}, std::vector<double>{1}));
    EXPECT_FALSE(make(std::vector<double>{0, 1}, std::vector<double>{1}));
    EXPECT_FALSE(make(std::vector<double>{0, 1}, std::vector<double>{1, NAN}));
  }
}

}  // namespace
}  // namespace reprise::engine

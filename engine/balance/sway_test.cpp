// SPDX-License-Identifier: Apache-2.0
#include "engine/balance/sway.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>
#include "engine/signal/test_noise.h"

namespace reprise::engine {
namespace {

/// One turn a second around an ellipse with semi-axes of 20 mm (ap) and 10 mm (ml), 40 s at 100 Hz.
CopPath elliptic_sway() {
  CopPath path{Hertz{100}, {}, {}};
  for (int i = 0; i < 4000; ++i) {
    path.ap_m.push_back(0.02 * std::cos(2 * kPi * i / 100));
    path.ml_m.push_back(0.01 * std::sin(2 * kPi * i / 100));
  }
  return path;
}

CopPath noisy_sway(int samples, double size_m) {
  std::mt19937 generator(3);
  test::NormalNoise normal(0, size_m);
  CopPath path{Hertz{100}, {}, {}};
  for (int i = 0; i < samples; ++i) {
    path.ap_m.push_back(normal(generator));
    path.ml_m.push_back(normal(generator) / 2);
  }
  return path;
}

TEST(Sway, MeasuresASinusoidAsItsFormulasSay) {
  const auto measures = sway(elliptic_sway());
  ASSERT_TRUE(measures) << to_string(measures.error());
  EXPECT_DOUBLE_EQ(measures->duration.value(), 40);
  EXPECT_NEAR(measures->ap.rms_m, 0.02 / std::sqrt(2.0), 1e-12);
  EXPECT_NEAR(measures->ml.range_m, 0.02, 1e-12);
  // Four amplitudes a turn, less the last step.
  EXPECT_NEAR(measures->ap.mean_velocity_mps, 4 * 0.02, 1e-4);
  EXPECT_NEAR(measures->ml.path_length_m, 40 * 4 * 0.01, 1e-3);
  // The circumference by Ramanujan's formula: pi (3 (a + b) - sqrt((3 a + b) (a + 3 b))).
  const double turn = kPi * (3 * 0.03 - std::sqrt(0.07 * 0.05));
  EXPECT_NEAR(measures->path_length_m, 40 * turn, 2e-3);
  EXPECT_NEAR(measures->mean_frequency.value(), 1, 1e-3);
  EXPECT_NEAR(measures->median_frequency.value(), 1, 0.06);
  EXPECT_NEAR(measures->rms_distance_m, std::sqrt(0.0004 + 0.0001) / std::sqrt(2.0), 1e-12);
}

TEST(Sway, EllipseHoldsTheChosenShareOfANormalDistribution) {
  const auto path = noisy_sway(20000, 0.005);
  const auto measures = sway(path);
  ASSERT_TRUE(measures);
  const auto& e = measures->ellipse;
  EXPECT_NEAR(e.area, kPi * e.semi_major * e.semi_minor, 1e-15);
  EXPECT_NEAR(e.semi_major, 0.005 * std::sqrt(5.991), 1e-4) << "the quantile of chi-squared, for many points";
  int inside = 0;
  for (std::size_t i = 0; i < path.ap_m.size(); ++i) {
    const double along = path.ap_m[i] * std::cos(e.angle.value()) + path.ml_m[i] * std::sin(e.angle.value());
    const double across = path.ml_m[i] * std::cos(e.angle.value()) - path.ap_m[i] * std::sin(e.angle.value());
    inside += std::pow(along / e.semi_major, 2) + std::pow(across / e.semi_minor, 2) < 1 ? 1 : 0;
  }
  EXPECT_NEAR(inside / 20000.0, 0.95, 0.005);
}

TEST(Sway, EllipseOfFewPointsIsWiderByTheFDistribution) {
  // F(0.95; 2, 2) = 19; scale 2 (3) (5) / (4 (2)) 19 = 71.25; both variances 2/3.
  const std::vector<double> x{1, -1, 0, 0}, y{0, 0, 1, -1};
  const auto e = prediction_ellipse(x, y);
  ASSERT_TRUE(e);
  EXPECT_NEAR(e->area, kPi * 71.25 * 2 / 3, 1e-9);
}

TEST(Sway, EllipseKnowsTheDirectionOfSway) {
  CopPath path = elliptic_sway();
  std::vector<double> ap(path.ap_m), ml(path.ml_m);
  const double angle = 0.5;
  for (std::size_t i = 0; i < ap.size(); ++i) {
    path.ap_m[i] = ap[i] * std::cos(angle) - ml[i] * std::sin(angle);
    path.ml_m[i] = ap[i] * std::sin(angle) + ml[i] * std::cos(angle);
  }
  const auto measures = sway(path);
  ASSERT_TRUE(measures);
  EXPECT_NEAR(measures->ellipse.angle.value(), angle, 1e-9);
  EXPECT_NEAR(measures->ellipse.semi_major / measures->ellipse.semi_minor, 2, 1e-9);
}

TEST(Sway, EntropyTellsNoiseFromARhythm) {
  const auto rhythm = sway(elliptic_sway());
  const auto noise = sway(noisy_sway(4000, 0.005));
  ASSERT_TRUE(rhythm && noise);
  ASSERT_TRUE(rhythm->ap.sample_entropy && noise->ap.sample_entropy);
  EXPECT_LT(*rhythm->ap.sample_entropy, 0.2);
  // Independent normal samples agree within 0.2 standard deviations with the probability erf(0.1).
  EXPECT_NEAR(*noise->ap.sample_entropy, -std::log(std::erf(0.1)), 0.1);
}

TEST(Sway, LeavesTheFrequencyOfAStillDirectionOut) {
  auto path = elliptic_sway();
  path.ml_m.assign(path.ml_m.size(), 0.1);
  const auto measures = sway(path);
  ASSERT_TRUE(measures);
  EXPECT_FALSE(measures->ml.mean_frequency);
  EXPECT_FALSE(measures->ml.sample_entropy);
  EXPECT_NEAR(measures->mean_frequency.value(), 1, 1e-3);
  EXPECT_NEAR(measures->ellipse.area, 0, 1e-12);
}

TEST(Sway, RefusesAFlatLine) {
  const CopPath path{Hertz{100}, std::vector<double>(3000, 0.01), std::vector<double>(3000, 0.02)};
  EXPECT_EQ(sway(path).error().code, ErrorCode::nothing_measured);
}

TEST(Sway, RefusesMissingSamples) {
  auto path = elliptic_sway();
  path.ml_m[100] = NAN;
  EXPECT_EQ(sway(path).error().code, ErrorCode::invalid_argument);
  path = elliptic_sway();
  path.ml_m.pop_back();
  EXPECT_EQ(sway(path).error().code, ErrorCode::invalid_argument);
}

TEST(Sway, RefusesAShortOrSlowRecording) {
  auto path = elliptic_sway();
  path.ap_m.resize(400);
  path.ml_m.resize(400);
  EXPECT_EQ(sway(path).error().code, ErrorCode::nothing_measured);
  path = elliptic_sway();
  path.rate = Hertz{1};
  EXPECT_EQ(sway(path).error().code, ErrorCode::unsupported);
  path.rate = Hertz{NAN};
  EXPECT_EQ(sway(path).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(sway(CopPath{}).error().code, ErrorCode::nothing_measured);
}

TEST(Sway, SaysThatCentimetersWereGivenAsMeters) {
  auto path = elliptic_sway();
  for (double& v : path.ap_m) v *= 100;
  for (double& v : path.ml_m) v *= 100;
  const auto refused = sway(path);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
  EXPECT_NE(refused.error().remedy.find("centimeters"), std::string::npos);
}

TEST(Sway, RefusesParametersOutOfRange) {
  const auto path = elliptic_sway();
  SwayOptions options;
  options.ellipse_probability = 1;
  EXPECT_EQ(sway(path, options).error().code, ErrorCode::invalid_argument);
  options = {};
  options.entropy_tolerance = 0;
  EXPECT_EQ(sway(path, options).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace reprise::engine

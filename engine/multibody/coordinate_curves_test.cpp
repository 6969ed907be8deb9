// SPDX-License-Identifier: Apache-2.0
#include "engine/multibody/coordinate_curves.h"

#include <gtest/gtest.h>

#include <cmath>

namespace reprise::engine {
namespace {

using Columns = std::vector<std::vector<double>>;

std::vector<double> wave(const std::vector<double>& times_s, double hertz) {
  std::vector<double> out;
  for (const double t : times_s) out.push_back(std::sin(2 * kPi * hertz * t));
  return out;
}

std::vector<double> even_times(int count, double step_s) {
  std::vector<double> out;
  for (int i = 0; i < count; ++i) out.push_back(step_s * i);
  return out;
}

TEST(CoordinateCurves, GoThroughTheSamplesWithoutAFilter) {
  const auto times = even_times(40, 0.02);
  const Columns values = {wave(times, 1)};
  const auto curves = coordinate_curves(times, values, std::nullopt);
  ASSERT_TRUE(curves);
  for (std::size_t i = 0; i < times.size(); ++i)
    EXPECT_NEAR(curves->front().at(times[i]).value, values[0][i], 1e-12);
  EXPECT_NEAR(curves->front().at(0.4).slope, 2 * kPi * std::cos(2 * kPi * 0.4), 1e-4);
}

TEST(CoordinateCurves, PassHalfOfTheAmplitudeAtTheCutoff) {
  const auto times = even_times(600, 0.01);
  const auto curves = coordinate_curves(times, Columns{wave(times, 6), wave(times, 0.5)}, Hertz{6});
  ASSERT_TRUE(curves);
  double most = 0;
  for (double t = 2; t < 4; t += 0.001) most = std::max(most, std::abs((*curves)[0].at(t).value));
  EXPECT_NEAR(most, 0.5, 0.003);
  for (double t = 1; t < 5; t += 0.1)
    EXPECT_NEAR((*curves)[1].at(t).value, std::sin(2 * kPi * 0.5 * t), 1e-4);
}

TEST(CoordinateCurves, BringUnevenTimesToEvenSteps) {
  // As files round: 0.017, 0.033, 0.050 s.
  std::vector<double> times;
  for (int i = 0; i < 120; ++i) times.push_back(std::round(1000 * i / 60.0) / 1000);
  const auto curves = coordinate_curves(times, Columns{wave(times, 1)}, Hertz{6});
  ASSERT_TRUE(curves);
  for (double t = 0.5; t < 1.5; t += 0.05)
    EXPECT_NEAR(curves->front().at(t).value, std::sin(2 * kPi * t), 1e-4);
}

TEST(CoordinateCurves, RefuseWhatCannotBeFiltered) {
  const auto times = even_times(40, 0.02);
  EXPECT_EQ(coordinate_curves(times, Columns{wave(times, 1)}, Hertz{30}).error().code,
            ErrorCode::invalid_argument);
  EXPECT_EQ(coordinate_curves(even_times(5, 0.02), Columns{std::vector<double>(5, 0)}, Hertz{6}).error().code,
            ErrorCode::nothing_measured);
  EXPECT_FALSE(coordinate_curves(times, Columns{std::vector<double>(3, 0)}, std::nullopt));
  std::vector<double> gap = times;
  gap[20] = gap[19] + 1e-6;
  EXPECT_EQ(coordinate_curves(gap, Columns{wave(gap, 1)}, Hertz{6}).error().code,
            ErrorCode::invalid_argument);
}

TEST(CoordinateCurves, TakeRoundedTimesAsTheyAre) {
  // Times of 60 Hz with four decimals: the steps are 16.6 and 16.7 ms.
  std::vector<double> times;
  std::vector<std::vector<double>> values(1);
  for (int i = 0; i < 120; ++i) {
    times.push_back(std::round(1e4 * i / 60.0) / 1e4);
    values[0].push_back(std::sin(2 * kPi * times.back()));
  }
  const auto curves = coordinate_curves(times, values, Hertz{6});
  ASSERT_TRUE(curves) << to_string(curves.error());
  const double turns = 2 * kPi;
  for (double t = 0.5; t < 1.5; t += 0.01) {
    // A filter of 6 Hz, order 3, twice, takes 1/6^6 of 1 Hz.
    const FunctionValue at = curves->front().at(t);
    EXPECT_NEAR(at.value, std::sin(turns * t), 1e-3);
    EXPECT_NEAR(at.curvature, -turns * turns * std::sin(turns * t), 0.002 * turns * turns);
  }
}

}  // namespace
}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/gait_regularity.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace reprise::engine {
namespace {

/// Amplitude `odd` at the stride's frequency and `even` at the step's: 1 s a stride, 100 Hz.
std::vector<double> strides(double odd, double even, int count) {
  std::vector<double> signal;
  for (int i = 0; i < 100 * count; ++i) {
    const double phase = 2 * kPi * i / 100;
    signal.push_back(3 + odd * std::sin(phase + 0.4) + even * std::cos(2 * phase));
  }
  return signal;
}

TEST(GaitRegularity, IsOneWhereAllStepsAreEqual) {
  const auto regularity = step_regularity(strides(0, 2, 10), Hertz{100}, Seconds{0.5});
  ASSERT_TRUE(regularity);
  EXPECT_NEAR(regularity->step, 1, 1e-9);
  EXPECT_NEAR(regularity->stride, 1, 1e-9);
  EXPECT_NEAR(*regularity->symmetry, 1, 1e-9);
}

TEST(GaitRegularity, FallsWithTheDifferenceBetweenTheLegs) {
  // At the lag of a step the stride's component is reversed: (even^2 - odd^2) / (even^2 + odd^2).
  const auto regularity = step_regularity(strides(1, 2, 20), Hertz{100}, Seconds{0.5});
  ASSERT_TRUE(regularity);
  EXPECT_NEAR(regularity->step, 3.0 / 5.0, 0.03);
  EXPECT_NEAR(regularity->stride, 1, 0.02);
}

TEST(GaitRegularity, HarmonicRatioIsThatOfTheAmplitudes) {
  const auto stride = strides(0.5, 2, 1);
  EXPECT_NEAR(*harmonic_ratio(stride, TrunkAxis::vertical), 4, 1e-6);
  EXPECT_NEAR(*harmonic_ratio(stride, TrunkAxis::mediolateral), 0.25, 1e-6);
}

TEST(GaitRegularity, RefusesWhatCannotBeMeasured) {
  const std::vector<double> flat(400, 1.0);
  EXPECT_EQ(step_regularity(flat, Hertz{100}, Seconds{0.5}).error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(step_regularity({}, Hertz{100}, Seconds{0.5}).error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(step_regularity(flat, Hertz{100}, Seconds{0}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(step_regularity(flat, Hertz{0}, Seconds{0.5}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(harmonic_ratio(flat, TrunkAxis::vertical).error().code, ErrorCode::nothing_measured);
  std::vector<double> broken = strides(1, 2, 1);
  broken[3] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(harmonic_ratio(broken, TrunkAxis::vertical).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace reprise::engine

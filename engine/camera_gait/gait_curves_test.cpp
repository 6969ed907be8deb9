// SPDX-License-Identifier: Apache-2.0
#include "engine/camera_gait/gait_curves.h"

#include <gtest/gtest.h>

#include <cmath>

namespace reprise::engine {
namespace {

struct Line {
  std::vector<Seconds> times;
  std::vector<std::optional<double>> values;
};

// value = time, 30 a second, for 2 s.
Line rising() {
  Line line;
  for (int i = 0; i <= 60; ++i) {
    line.times.emplace_back(i / 30.0);
    line.values.emplace_back(i / 30.0);
  }
  return line;
}

TEST(GaitCycle, RunsFromContactToContact) {
  const Line line = rising();
  const auto cycle = cycle_of(line.times, line.values, Seconds{0.51}, Seconds{1.63});
  ASSERT_TRUE(cycle);
  EXPECT_NEAR(cycle->front(), 0.51, 1e-9);
  EXPECT_NEAR((*cycle)[50], 0.51 + 1.12 / 2, 1e-9);
  EXPECT_NEAR(cycle->back(), 1.63, 1e-9);
  EXPECT_NEAR(range_of(*cycle), 1.12, 1e-9);
}

TEST(GaitCycle, IsEmptyOverALongGapAndBeyondTheRecording) {
  Line line = rising();
  EXPECT_FALSE(cycle_of(line.times, line.values, Seconds{1.5}, Seconds{2.2}));
  for (int i = 30; i < 37; ++i) line.values[static_cast<std::size_t>(i)].reset();
  EXPECT_FALSE(cycle_of(line.times, line.values, Seconds{0.5}, Seconds{1.6}));
  EXPECT_TRUE(cycle_of(line.times, line.values, Seconds{0.1}, Seconds{0.9}));
}

TEST(GaitCycle, MeanAndSpreadOverStrides) {
  GaitCycle low{};
  GaitCycle high{};
  high.fill(2);
  const std::array cycles = {low, high};
  const auto curve = mean_cycle(cycles);
  ASSERT_TRUE(curve);
  EXPECT_DOUBLE_EQ(curve->mean[40], 1);
  EXPECT_DOUBLE_EQ(curve->sd[40], std::sqrt(2.0));
  EXPECT_FALSE(mean_cycle({}));
}

TEST(GaitCycle, PeakOfSwingLeavesStanceOut) {
  GaitCycle cycle{};
  cycle[10] = 5;
  cycle[70] = 3;
  EXPECT_DOUBLE_EQ(largest_from(cycle, 0.6), 3);
  EXPECT_DOUBLE_EQ(largest_from(cycle, 0), 5);
}

}  // namespace
}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#include "engine/camera_gait/gait_curves.h"

#include <gtest/gtest.h>

#include <cmath>

namespace reprise::engine {
namespace {

// value = time, for 2 s.
LegTracks rising() {
  LegTracks tracks;
  tracks.start = Seconds{1};
  for (int i = 0; i <= 200; ++i) tracks.hips_ahead.push_back(1 + i / 100.0);
  return tracks;
}

TEST(GaitCycle, RunsFromContactToContact) {
  const LegTracks tracks = rising();
  const auto cycle = cycle_of(tracks, tracks.hips_ahead, Seconds{1.51}, Seconds{2.635});
  ASSERT_TRUE(cycle);
  EXPECT_NEAR(cycle->front(), 1.51, 1e-9);
  EXPECT_NEAR((*cycle)[50], 1.51 + 1.125 / 2, 1e-9);
  EXPECT_NEAR(cycle->back(), 2.635, 1e-9);
  EXPECT_NEAR(range_of(*cycle), 1.125, 1e-9);
}

TEST(GaitCycle, IsEmptyBeyondTheTrack) {
  const LegTracks tracks = rising();
  EXPECT_FALSE(cycle_of(tracks, tracks.hips_ahead, Seconds{2}, Seconds{3.1}));
  EXPECT_FALSE(cycle_of(tracks, tracks.hips_ahead, Seconds{0.9}, Seconds{2}));
  EXPECT_FALSE(cycle_of(tracks, tracks.hips_ahead, Seconds{2}, Seconds{2}));
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

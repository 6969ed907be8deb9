// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/outliers.h"

#include <gtest/gtest.h>

#include <cmath>

namespace reprise::engine {
namespace {

SignalWithGaps wave(int count) {
  SignalWithGaps signal;
  for (int i = 0; i < count; ++i) signal.emplace_back(0.3 * std::sin(0.25 * i));
  return signal;
}

TEST(ReplaceOutliers, LeavesASmoothMovementAlone) {
  EXPECT_EQ(replace_outliers(wave(100)), wave(100));
}

TEST(ReplaceOutliers, PutsBackWhatJumpedAwayAndOnlyThat) {
  SignalWithGaps signal = wave(100);
  signal[40] = *signal[40] + 0.4;
  signal[41] = *signal[41] - 0.5;
  const SignalWithGaps clean = replace_outliers(signal);
  for (std::size_t i = 0; i < clean.size(); ++i) {
    const bool jumped = i == 40 || i == 41;
    EXPECT_NEAR(*clean[i], *wave(100)[i], jumped ? 0.07 : 0) << i;
  }
}

TEST(ReplaceOutliers, KeepsGaps) {
  SignalWithGaps signal = wave(30);
  signal[3].reset();
  signal[20].reset();
  EXPECT_EQ(replace_outliers(signal), signal);
}

TEST(ReplaceOutliers, DoesNotJudgeByTooFewNeighbors) {
  const SignalWithGaps signal = {0.0, 0.0, 9.0, 0.0};
  EXPECT_EQ(replace_outliers(signal), signal);
}

}  // namespace
}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#include "engine/cameras/synchronize.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/cameras/fuse.h"
#include "engine/cameras/simulated_rig.h"

namespace reprise::engine {
namespace {

using testing::HasSubstr;

TEST(MatchingLags, FindsTheLagOfAnotherSideAndAnotherFrameRate) {
  const auto first = simulated_frames(simulated_camera(Degrees{90}), Hertz{30}, 0, 4, Seconds{0}, 1);
  // Starts 1.3 s later: 1.3 s of the first clock is 0 s of the second.
  const auto second = simulated_frames(simulated_camera(Degrees{30}), Hertz{25}, 1.3, 4, Seconds{-1.3}, 1, 2);
  const auto lags = matching_lags(first, second);
  ASSERT_TRUE(lags) << to_string(lags.error());
  EXPECT_NEAR(lags->front().lag.value(), -1.3, 0.04);  // about a frame; rays make it finer
  EXPECT_GT(lags->front().correlation, 0.9);
}

TEST(LeastDisagreement, IsFinerThanAFrame) {
  const CameraModel a = simulated_camera(Degrees{90});
  const CameraModel b = simulated_camera(Degrees{30});
  const auto first = simulated_frames(a, Hertz{30}, 0, 4, Seconds{0}, 1);
  const auto second = simulated_frames(b, Hertz{24}, 0.5, 3.5, Seconds{0.217}, 1, 3);
  const Seconds found = least_disagreement(
      [&](Seconds lag) {
        return disagreement_m({a, first}, {b, second, lag});
      },
      Seconds{0.2}, Seconds{0.1});
  EXPECT_NEAR(found.value(), 0.217, 0.004);
}

TEST(MatchingLags, RefusesWhereNobodyMoves) {
  const CameraModel camera = simulated_camera(Degrees{90});
  auto still = simulated_frames(camera, Hertz{30}, 0, 4, Seconds{0}, 0);
  for (PoseFrame& frame : still) frame.pose = still.front().pose;
  const auto lags = matching_lags(still, still);
  ASSERT_FALSE(lags);
  EXPECT_EQ(lags.error().code, ErrorCode::nothing_measured);
  EXPECT_THAT(lags.error().cause, HasSubstr("no one moves"));
}

TEST(MatchingLags, RefusesRecordingsThatAreTooShort) {
  const CameraModel camera = simulated_camera(Degrees{90});
  const auto frames = simulated_frames(camera, Hertz{30}, 0, 1, Seconds{0}, 0);
  const auto lags = matching_lags(frames, frames);
  ASSERT_FALSE(lags);
  EXPECT_THAT(lags.error().cause, HasSubstr("in common"));
}

TEST(FramesAround, LiesBetweenNeighborsOnly) {
  const auto frames = simulated_frames(simulated_camera(Degrees{0}), Hertz{10}, 0, 1, Seconds{0}, 0);
  const auto at = frames_around(frames, Seconds{0.25});
  ASSERT_TRUE(at);
  EXPECT_EQ(at->before, 2U);
  EXPECT_NEAR(at->share, 0.5, 1e-9);
  EXPECT_FALSE(frames_around(frames, Seconds{-0.01}));
  EXPECT_FALSE(frames_around(frames, Seconds{2}));
  EXPECT_FALSE(frames_around(frames, Seconds{0.25}, Seconds{0.05}));
}

TEST(MatchingLags, RefusesARecordingOfADay) {
  auto frames = simulated_frames(simulated_camera(Degrees{90}), Hertz{30}, 0, 3, Seconds{0}, 1);
  auto day = frames;
  day.back().time = Seconds{86'400};
  const auto lags = matching_lags(frames, day);
  ASSERT_FALSE(lags);
  EXPECT_EQ(lags.error().code, ErrorCode::unsupported);
}

}  // namespace
}  // namespace reprise::engine

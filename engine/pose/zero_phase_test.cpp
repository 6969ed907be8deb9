// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/zero_phase.h"

#include <gtest/gtest.h>

#include <cmath>

namespace reprise::engine {
namespace {

// Two seconds at 30 Hz of a person who keeps still, with a jitter of 5 px or 5 mm from frame to frame (15 Hz,
// far above the cutoff of 6 Hz).
std::vector<PoseFrame> jittering() {
  std::vector<PoseFrame> frames;
  for (int i = 0; i < 60; ++i) {
    const double jitter = i % 2 == 0 ? 1 : -1;
    Pose pose;
    pose.image.emplace();
    for (std::size_t l = 0; l < kLandmarkCount; ++l) {
      pose.visibility[l] = 1;
      pose.world_m[l] = Vec3<Camera>{0.1 + 0.005 * jitter, 0.2, 0.3};
      (*pose.image)[l] = {300 + 5 * jitter, 200 - 5 * jitter, 0};
    }
    frames.push_back({Seconds{i / 30.0}, pose});
  }
  return frames;
}

TEST(SmoothZeroPhase, TakesTheJitterFromMetresAndPicture) {
  const auto smooth = smooth_zero_phase(jittering());
  for (std::size_t i = 10; i < 50; ++i) {  // a tenth of the jitter is left at most
    const Pose& pose = *smooth[i].pose;
    EXPECT_NEAR(pose.world_m[Landmark::nose].v.x(), 0.1, 0.0005);
    EXPECT_NEAR((*pose.image)[Landmark::nose].x_px, 300, 0.5);
    EXPECT_NEAR((*pose.image)[Landmark::left_heel].y_px, 200, 0.5);
  }
}

TEST(SmoothZeroPhase, FillsAShortGapInBoth) {
  auto frames = jittering();
  frames[30].pose.reset();
  const auto smooth = smooth_zero_phase(frames);
  ASSERT_TRUE(smooth[30].pose && smooth[30].pose->image);
  EXPECT_NEAR((*smooth[30].pose->image)[Landmark::nose].x_px, 300, 5);  // within the jitter of its neighbors
  EXPECT_NEAR(smooth[30].pose->world_m[Landmark::nose].v.x(), 0.1, 0.005);
}

TEST(SmoothZeroPhase, KeepsAPictureThatSomeFramesLack) {
  auto frames = jittering();
  frames[5].pose->image.reset();
  const auto smooth = smooth_zero_phase(frames);
  EXPECT_FALSE(smooth[5].pose->image);
  EXPECT_EQ((*smooth[30].pose->image)[Landmark::nose].x_px, 305);
}

}  // namespace
}  // namespace reprise::engine

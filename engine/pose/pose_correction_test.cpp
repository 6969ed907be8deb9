// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/pose_correction.h"

#include <gtest/gtest.h>

namespace reprise::engine {
namespace {

/// All landmarks at one place: `posture` in meters, `x_px` in the picture.
Pose everywhere(double posture, double x_px, double visibility = 0.5) {
  Pose pose;
  pose.image.emplace();
  for (std::size_t l = 0; l < kLandmarkCount; ++l) {
    pose.world_m[l] = {posture, 0, 0};
    (*pose.image)[l] = {x_px, 2 * x_px, 3 * x_px};
    pose.visibility[l] = visibility;
  }
  return pose;
}

double x_px(const PoseFrame& frame) {
  return (*frame.pose->image)[3].x_px;
}

TEST(PoseCorrection, ALookAtTheSamePostureSaysMoreThanOneAtTheSameTime) {
  PoseCorrection correction;
  correction.add(Seconds{1}, everywhere(0, 10), everywhere(0, 14));
  correction.add(Seconds{2}, everywhere(0.5, 20), everywhere(0.5, 18));
  std::vector<PoseFrame> frames = {{Seconds{1.9}, everywhere(0, 10)}, {Seconds{1.1}, everywhere(0.5, 20)}};
  correction.apply(frames);
  EXPECT_NEAR(x_px(frames[0]), 14, 0.01);
  EXPECT_NEAR((*frames[0].pose->image)[3].z_px, 3 * 14, 0.03);
  EXPECT_NEAR(x_px(frames[1]), 18, 0.01);
}

TEST(PoseCorrection, OfLooksAtOnePostureTheMeanCountsSoonerOnesMore) {
  PoseCorrection correction;
  correction.add(Seconds{0}, everywhere(0, 10), everywhere(0, 12));
  correction.add(Seconds{2}, everywhere(0, 10), everywhere(0, 16));
  std::vector<PoseFrame> frames = {{Seconds{0}, everywhere(0, 10)}, {Seconds{1}, everywhere(0, 10)}};
  correction.apply(frames);
  EXPECT_NEAR(x_px(frames[1]), 14, 1e-9);
  EXPECT_GT(x_px(frames[0]), 12);
  EXPECT_LT(x_px(frames[0]), 14);
}

TEST(PoseCorrection, CorrectsMetersToo) {
  PoseCorrection correction;
  correction.add(Seconds{0}, everywhere(0.2, 10), everywhere(0.3, 10));
  std::vector<PoseFrame> frames = {{Seconds{0.1}, everywhere(0.21, 10)}};
  correction.apply(frames);
  EXPECT_NEAR(frames[0].pose->world_m[5].v.x(), 0.31, 1e-12);
}

TEST(PoseCorrection, VisibilityStaysAShare) {
  PoseCorrection correction;
  correction.add(Seconds{0}, everywhere(0, 0, 0.2), everywhere(0, 0, 0.9));
  std::vector<PoseFrame> frames = {{Seconds{0}, everywhere(0, 0, 0.8)}};
  correction.apply(frames);
  EXPECT_EQ(frames[0].pose->visibility[0], 1);
}

TEST(PoseCorrection, LeavesFramesWithoutAPersonOrFarFromAllLooks) {
  std::vector<PoseFrame> frames = {
      {Seconds{0}, everywhere(0, 10)}, {Seconds{1}, {}}, {Seconds{60}, everywhere(0, 10)}};
  PoseCorrection correction;
  correction.apply(frames);
  EXPECT_EQ(x_px(frames[0]), 10);
  correction.add(Seconds{0.5}, everywhere(0, 10), everywhere(0, 11));
  correction.apply(frames);
  EXPECT_NEAR(x_px(frames[0]), 11, 1e-12);
  EXPECT_FALSE(frames[1].pose);
  EXPECT_EQ(x_px(frames[2]), 10);
}

}  // namespace
}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#include "engine/cameras/fuse.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/cameras/simulated_rig.h"

namespace reprise::engine {
namespace {

struct Films {
  std::vector<CameraModel> cameras;
  std::vector<std::vector<PoseFrame>> frames;
  std::vector<CameraTrack> tracks;
};

/// Cameras at 90, 30 and -20 degrees with clocks and frame rates of their own.
Films films(double noise_px) {
  Films out;
  const std::vector<std::pair<double, double>> rates_lags = {{30, 0}, {25, -0.7}, {60, 3.21}};
  std::size_t k = 0;
  for (const double azimuth : {90.0, 30.0, -20.0}) {
    const auto& [rate, lag] = rates_lags[k];
    out.cameras.push_back(simulated_camera(Degrees{azimuth}));
    out.frames.push_back(
        simulated_frames(out.cameras.back(), Hertz{rate}, 0, 3, Seconds{lag}, noise_px, ++k));
  }
  for (k = 0; k < out.cameras.size(); ++k)
    out.tracks.push_back({out.cameras[k], out.frames[k], Seconds{rates_lags[k].second}});
  return out;
}

std::vector<Seconds> times() {
  std::vector<Seconds> out;
  for (double t = 0.2; t < 2.8; t += 0.05) out.emplace_back(t);
  return out;
}

double rms_error_m(const FusedMovement& fused, const std::vector<Seconds>& at) {
  double squares = 0;
  std::size_t count = 0;
  for (std::size_t i = 0; i < at.size(); ++i) {
    const auto truth = simulated_walker(at[i].value());
    for (std::size_t l = 0; l < kLandmarkCount; ++l) {
      if (!fused.points_m[i][l]) continue;
      squares += (fused.axes.to_room(*fused.points_m[i][l]) - truth[l]).squaredNorm();
      ++count;
    }
  }
  EXPECT_GT(count, 0.95 * static_cast<double>(at.size() * kLandmarkCount));
  return std::sqrt(squares / static_cast<double>(count));
}

TEST(Fuse, FindsTheWalkerInTheRoom) {
  const Films exact = films(0);
  // Left: pixels between two frames a 25th of a second apart are not quite on the line between them.
  EXPECT_LT(rms_error_m(fuse(exact.tracks, times()), times()), 0.004);
  const Films noisy = films(3);  // 15 mm at 4.5 m before a lens of 900 pixels
  EXPECT_LT(rms_error_m(fuse(noisy.tracks, times()), times()), 0.020);
}

TEST(Fuse, AxesAreLevelWhateverTheFirstCameraDoes) {
  const LevelAxes axes = level_axes(simulated_camera(Degrees{40}));
  EXPECT_LT((axes.from_room * Eigen::Vector3d::UnitZ() + Eigen::Vector3d::UnitY()).norm(), 1e-12);
  EXPECT_NEAR(axes.from_room.determinant(), 1, 1e-12);
}

TEST(Fuse, WhatOneCameraSeesStandsBesideTheHips) {
  Films seen = films(0);
  for (std::size_t k : {1U, 2U}) {
    for (PoseFrame& frame : seen.frames[k]) frame.pose->visibility[Landmark::left_wrist] = 0;
    seen.tracks[k].frames = seen.frames[k];
  }
  const FusedMovement fused = fuse(seen.tracks, times());
  const auto truth = simulated_walker(times()[10].value());
  const Eigen::Vector3d hips = 0.5 * (truth[Landmark::left_hip] + truth[Landmark::right_hip]);
  EXPECT_FALSE(fused.points_m[10][Landmark::left_wrist]);
  const Pose& pose = *fused.frames[10].pose;
  EXPECT_NEAR(pose.visibility[Landmark::left_wrist], 0.6, 1e-9);
  EXPECT_LT((fused.axes.from_room.transpose() * pose.world_m[Landmark::left_wrist].v -
             (truth[Landmark::left_wrist] - hips))
                .norm(),
            0.01);
}

TEST(DisagreementM, IsSmallAtTheTrueLagOnly) {
  const Films seen = films(1);
  EXPECT_LT(disagreement_m(seen.tracks[0], seen.tracks[1]), 0.01);
  CameraTrack late = seen.tracks[1];
  late.lag += Seconds{0.2};
  EXPECT_GT(disagreement_m(seen.tracks[0], late), 0.03);
  late.lag += Seconds{20};
  EXPECT_EQ(disagreement_m(seen.tracks[0], late), kMostGapM);
}

TEST(MirrorImage, ShowsItselfByRaysThatDoNotMeet) {
  const Films seen = films(1);
  const auto mirrored_frames = mirror_image(seen.frames[1], 1280);
  const CameraTrack mirrored_track{seen.cameras[1], mirrored_frames, seen.tracks[1].lag};
  EXPECT_GT(disagreement_m(seen.tracks[0], mirrored_track),
            5 * disagreement_m(seen.tracks[0], seen.tracks[1]));
  const auto twice = mirror_image(mirrored_frames, 1280);
  EXPECT_NEAR((*twice[3].pose->image)[Landmark::left_knee].x_px,
              (*seen.frames[1][3].pose->image)[Landmark::left_knee].x_px, 1e-9);
}

}  // namespace
}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#include "engine/cameras/motion_calibration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/Geometry>

#include "engine/cameras/simulated_rig.h"

namespace reprise::engine {
namespace {

struct Walks {
  std::vector<CameraModel> cameras;
  std::vector<std::vector<PoseFrame>> frames;
  std::vector<CameraTrack> tracks;  ///< with lenses alone, of a focal length that is 5 % too short
};

Walks walks(std::initializer_list<double> azimuths_deg, double noise_px) {
  Walks out;
  std::uint64_t seed = 1;
  for (const double azimuth : azimuths_deg) {
    out.cameras.push_back(simulated_camera(Degrees{azimuth}));
    out.frames.push_back(
        simulated_frames(out.cameras.back(), Hertz{30}, 0, 3.5, Seconds{0}, noise_px, seed++));
  }
  for (std::size_t v = 0; v < out.cameras.size(); ++v) {
    CameraModel lens = out.cameras[v];
    lens.rotation.setIdentity();
    lens.translation_m.setZero();
    lens.focal_x_px = lens.focal_y_px = 0.95 * lens.focal_x_px;
    out.tracks.push_back({lens, out.frames[v]});
  }
  return out;
}

/// The turn between the first camera and another.
Eigen::Matrix3d between(const CameraModel& first, const CameraModel& other) {
  return other.rotation * first.rotation.transpose();
}

TEST(CalibrateFromMotion, PlacesCamerasByTheWalker) {
  const Walks seen = walks({90, 30, -10}, 2);
  const auto found = calibrate_from_motion(seen.tracks, BodyShape{}.stature);
  ASSERT_TRUE(found) << to_string(found.error());
  for (const std::size_t v : {1U, 2U}) {
    const Eigen::AngleAxisd off(between(found->cameras[0], found->cameras[v]).transpose() *
                                between(seen.cameras[0], seen.cameras[v]));
    EXPECT_LT(to_degrees(Radians{std::abs(off.angle())}).value(), 2.5);
    const double apart = (found->cameras[v].lens_m() - found->cameras[0].lens_m()).norm();
    const double truth = (seen.cameras[v].lens_m() - seen.cameras[0].lens_m()).norm();
    EXPECT_NEAR(apart / truth, 1, 0.06);
  }
  EXPECT_LT(found->error_px, 6);
}

TEST(CalibrateFromMotion, TwoCamerasSeeAWalkerOfTheRightSize) {
  const Walks seen = walks({80, 20}, 2);
  const auto found = calibrate_from_motion(seen.tracks, BodyShape{}.stature);
  ASSERT_TRUE(found) << to_string(found.error());
  std::vector<CameraTrack> tracks;
  for (std::size_t v = 0; v < 2; ++v) tracks.push_back({found->cameras[v], seen.frames[v]});
  const std::vector<Seconds> at = {Seconds{1}, Seconds{2}};
  const FusedMovement fused = fuse(tracks, at);
  for (std::size_t i = 0; i < at.size(); ++i) {
    const auto truth = simulated_walker(at[i].value());
    for (const auto& [a, b] : {std::pair{Landmark::left_hip, Landmark::left_ankle},
                               std::pair{Landmark::right_shoulder, Landmark::right_hip}}) {
      ASSERT_TRUE(fused.points_m[i][a] && fused.points_m[i][b]);
      EXPECT_NEAR((*fused.points_m[i][a] - *fused.points_m[i][b]).norm() / (truth[a] - truth[b]).norm(), 1,
                  0.06);
    }
  }
}

TEST(CalibrateFromMotion, RefusesCamerasThatNeverSeeThePersonAtOnce) {
  Walks seen = walks({90, 30}, 2);
  seen.tracks[1].lag = Seconds{60};
  const auto found = calibrate_from_motion(seen.tracks, Meters{1.7});
  ASSERT_FALSE(found);
  EXPECT_THAT(found.error().cause, testing::HasSubstr("cameras 1 and 2 hardly ever see the person"));
}

TEST(CalibrateFromMotion, RefusesAMirrorImage) {
  Walks seen = walks({90, 30}, 2);
  seen.frames[1] = mirror_image(seen.frames[1], 1280);
  seen.tracks[1].frames = seen.frames[1];
  EXPECT_FALSE(calibrate_from_motion(seen.tracks, Meters{1.7}));
}

TEST(EpipolarCost, IsLeastAtTheTrueLag) {
  const Walks seen = walks({90, 30}, 1);
  CameraTrack late = seen.tracks[1];
  late.lag = Seconds{0.2};
  EXPECT_LT(epipolar_cost(seen.tracks[0], seen.tracks[1]), 0.5 * epipolar_cost(seen.tracks[0], late));
}

}  // namespace
}  // namespace reprise::engine

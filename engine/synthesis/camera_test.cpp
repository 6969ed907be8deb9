// SPDX-License-Identifier: Apache-2.0
#include "engine/synthesis/camera.h"

#include <gtest/gtest.h>

#include <cmath>

namespace reprise::engine {
namespace {

using L = Landmark;

Pose standing_seen_from(Degrees azimuth) {
  const BodyFigure figure = draw_body({}, {}, {});
  VirtualCamera camera;
  camera.azimuth = azimuth;
  return take_picture(figure.landmarks, {}, camera, middle_of(figure.landmarks));
}

TEST(Camera, ProjectsAKnownPoint) {
  // Camera 4 m in front, 1 m up, 500 px focal length; the point 0.5 m to the person's left and 2 m up, 1 m
  // nearer: 3 m away, 0.5 m to the right in the picture and 1 m above the axis.
  PerLandmark<Vec3<World>> points;
  points[L::nose] = Vec3<World>{1, 2, -0.5};
  const VirtualCamera camera{.azimuth = Radians{0},
                             .distance = Meters{4},
                             .height = Meters{1},
                             .focal_px = 500,
                             .width_px = 800,
                             .height_px = 600};
  const Pose pose = take_picture(points, {}, camera, Vec3<World>{0, 0, 0});
  ASSERT_TRUE(pose.image);
  EXPECT_NEAR((*pose.image)[L::nose].x_px, 400 + 500 * 0.5 / 3, 1e-9);
  EXPECT_NEAR((*pose.image)[L::nose].y_px, 300 - 500 * 1.0 / 3, 1e-9);
  EXPECT_NEAR((*pose.image)[L::nose].z_px, -500 * 1.0 / 4, 1e-9)
      << "1 m nearer than the hips, at the hips' scale";
  EXPECT_NEAR((pose.world_m[L::nose] - Vec3<Camera>{0.5, -2, -1}).norm(), 0, 1e-12);
}

TEST(Camera, AxesAreRightHandedWhereverItStands) {
  for (const double degrees : {0.0, 37.0, 90.0, 180.0, -120.0}) {
    VirtualCamera camera;
    camera.azimuth = Degrees{degrees};
    const Eigen::Matrix3d m = camera_from_world(camera).m;
    EXPECT_NEAR(m.determinant(), 1, 1e-12);
    EXPECT_TRUE((m * m.transpose()).isApprox(Eigen::Matrix3d::Identity(), 1e-12));
  }
}

TEST(Camera, FromTheFrontTheLeftSideIsRightInThePicture) {
  const Pose pose = standing_seen_from(Degrees{0});
  EXPECT_GT((*pose.image)[L::left_shoulder].x_px, (*pose.image)[L::right_shoulder].x_px + 50);
  EXPECT_LT((*pose.image)[L::nose].y_px, (*pose.image)[L::left_heel].y_px);
  EXPECT_LT(pose.world_m[L::nose].v.z(), 0) << "the nose is nearer than the hips";
  for (const double v : pose.visibility) EXPECT_GT(v, 0.95) << "nothing is hidden from the front";
}

TEST(Camera, AtPlusNinetyItSeesTheLeftSideAndHidesTheRight) {
  const Pose pose = standing_seen_from(Degrees{90});
  EXPECT_LT((*pose.image)[L::nose].x_px, (*pose.image)[L::left_ear].x_px - 20) << "faces left in the picture";
  for (const L near :
       {L::left_hip, L::left_knee, L::left_ankle, L::left_shoulder, L::left_elbow, L::left_ear}) {
    EXPECT_GT(pose.visibility[near], 0.95) << name(near);
    EXPECT_LT(pose.visibility[mirrored(near)], 0.9) << name(near);
    EXPECT_GE(pose.visibility[mirrored(near)], kHiddenVisibility) << name(near);
  }
}

TEST(Camera, FromBehindTheFaceIsHidden) {
  const Pose pose = standing_seen_from(Degrees{180});
  EXPECT_LT(pose.visibility[L::nose], 0.8);
  EXPECT_LT((*pose.image)[L::left_shoulder].x_px, (*pose.image)[L::right_shoulder].x_px);
}

TEST(Camera, WhatLeavesThePictureIsNotVisible) {
  const BodyFigure figure = draw_body({}, {}, {});
  VirtualCamera near;
  near.distance = Meters{1};
  const Pose pose = take_picture(figure.landmarks, {}, near, middle_of(figure.landmarks));
  EXPECT_EQ(pose.visibility[L::left_heel], 0);
  EXPECT_EQ(pose.visibility[L::nose], 0);
  EXPECT_GT(pose.visibility[L::left_hip], 0.9);
}

TEST(Camera, RefusesWhatIsNoCamera) {
  EXPECT_TRUE(check(VirtualCamera{}));
  EXPECT_FALSE(check(VirtualCamera{.distance = Meters{0}}));
  EXPECT_FALSE(check(VirtualCamera{.focal_px = std::nan("")}));
  EXPECT_FALSE(check(VirtualCamera{.width_px = 0}));
}

}  // namespace
}  // namespace reprise::engine

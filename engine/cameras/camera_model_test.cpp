// SPDX-License-Identifier: Apache-2.0
#include "engine/cameras/camera_model.h"

#include <gtest/gtest.h>

#include <cmath>

namespace reprise::engine {
namespace {

CameraModel wide_camera() {
  CameraModel camera;
  camera.focal_x_px = 1000;
  camera.focal_y_px = 1100;
  camera.center_x_px = 640;
  camera.center_y_px = 360;
  return camera;
}

TEST(CameraModel, ProjectsByThePinhole) {
  const auto pixel = project(wide_camera(), {0.5, -0.25, 2});
  ASSERT_TRUE(pixel);
  EXPECT_NEAR(pixel->x(), 640 + 1000 * 0.25, 1e-9);
  EXPECT_NEAR(pixel->y(), 360 - 1100 * 0.125, 1e-9);
  EXPECT_FALSE(project(wide_camera(), {0, 0, -1}));
}

TEST(CameraModel, BendsARayAsOpenCvStatesIt) {
  // At slope (0.5, 0) r² is 0.25, so the radial factor is 1 + 0.25 k1 + 0.0625 k2; p2 adds 3 r² and p1 adds
  // r².
  const LensDistortion lens{false, {-0.2, 0.1, 0.01, 0.02, 0}};
  const Eigen::Vector2d bent = distorted(lens, {0.5, 0});
  EXPECT_NEAR(bent.x(), 0.5 * (1 - 0.05 + 0.00625) + 0.02 * 0.75, 1e-12);
  EXPECT_NEAR(bent.y(), 0.01 * 0.25, 1e-12);
}

TEST(CameraModel, AFisheyeBendsByTheAngle) {
  // Without coefficients the picture's radius is the angle itself: 45 degrees are pi/4.
  const LensDistortion lens{true, {}};
  EXPECT_NEAR(distorted(lens, {1, 0}).x(), std::atan(1.0), 1e-12);
  const auto back = undistorted(lens, {std::atan(1.0), 0});
  ASSERT_TRUE(back);
  EXPECT_NEAR(back->x(), 1, 1e-9);
}

TEST(CameraModel, TakesOutWhatTheLensPutIn) {
  for (const LensDistortion& lens : {LensDistortion{false, {-0.28, 0.09, 0.001, -0.0005, -0.01}},
                                     LensDistortion{true, {0.05, -0.01, 0.003, 0}}}) {
    for (const double x : {-0.7, -0.1, 0.0, 0.4}) {
      for (const double y : {-0.4, 0.0, 0.3}) {
        const auto slope = undistorted(lens, distorted(lens, {x, y}));
        ASSERT_TRUE(slope) << x << " " << y;
        EXPECT_NEAR(slope->x(), x, 1e-8);
        EXPECT_NEAR(slope->y(), y, 1e-8);
      }
    }
  }
}

TEST(CameraModel, RefusesAPixelThatNoRayComesTo) {
  // x (1 - 0.5 x²) is at most 0.544, at the slope sqrt(2/3).
  EXPECT_FALSE(undistorted({false, {-0.5, 0, 0, 0, 0}}, {0.6, 0}));
  EXPECT_FALSE(undistorted({true, {}}, {1.6, 0}));  // beyond a quarter turn
}

}  // namespace
}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/landmark_decode.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace reprise::engine {
namespace {

LandmarkOutput blank() {
  LandmarkOutput output;
  output.landmarks.assign(39 * 5, 0);
  output.heatmap.assign(64 * 64 * 39, -60);
  output.world_m.assign(39 * 3, 0);
  output.presence = 1;
  return output;
}

constexpr double kDecodeTolerance = 1e-6;

TEST(DecodeLandmarks, TurnsCropPixelsIntoPicturePixels) {
  LandmarkOutput output = blank();
  float* const knee = output.landmarks.data() + 5 * static_cast<std::size_t>(Landmark::left_knee);
  knee[0] = 192;  // a quarter of the crop right of its middle
  knee[1] = 128;
  knee[2] = -64;
  knee[3] = std::log(3.0F);
  const RegionOfInterest region{{500, 300}, 400, Degrees{90}};
  const auto reading = decode_landmarks(output, region);
  ASSERT_TRUE(reading);
  const ImagePoint point = (*reading->pose.image)[Landmark::left_knee];
  EXPECT_NEAR(point.x_px, 500, kDecodeTolerance);  // turned clockwise: right becomes down
  EXPECT_NEAR(point.y_px, 300 + 100, kDecodeTolerance);
  EXPECT_NEAR(point.z_px, -100, kDecodeTolerance);  // the scale of x: 400 / 256 px a crop pixel
  EXPECT_NEAR(reading->pose.visibility[Landmark::left_knee], 0.75, kDecodeTolerance);
}

TEST(DecodeLandmarks, RefinesFromTheHeatmapBeforeTurning) {
  LandmarkOutput output = blank();
  output.landmarks[0] = 120;
  output.landmarks[1] = 128;
  output.heatmap[(33 * 64 + 31) * 39] = 10;  // column 31, row 33 for the nose
  const auto reading = decode_landmarks(output, {{32, 32}, 64, Radians{0}});
  ASSERT_TRUE(reading);
  EXPECT_NEAR((*reading->pose.image)[Landmark::nose].x_px, 31, kDecodeTolerance);
  EXPECT_NEAR((*reading->pose.image)[Landmark::nose].y_px, 33, kDecodeTolerance);
}

TEST(DecodeLandmarks, TurnsWorldLandmarksWithTheRegion) {
  LandmarkOutput output = blank();
  const auto hand = 3 * static_cast<std::size_t>(Landmark::right_wrist);
  output.world_m[hand] = 0.3F;
  output.world_m[hand + 2] = -0.2F;
  const auto reading = decode_landmarks(output, {{0, 0}, 10, Degrees{90}});
  ASSERT_TRUE(reading);
  const Eigen::Vector3d expected{0, 0.3, -0.2};
  EXPECT_NEAR((reading->pose.world_m[Landmark::right_wrist].v - expected).norm(), 0, kDecodeTolerance);
}

TEST(DecodeLandmarks, GivesTheNextRegion) {
  LandmarkOutput output = blank();
  output.landmarks[33 * 5] = 128;
  output.landmarks[33 * 5 + 1] = 128;
  output.landmarks[34 * 5] = 128;
  output.landmarks[34 * 5 + 1] = 25.6F;  // 0.4 of the side above the middle: the circle of this very region
  const RegionOfInterest region{{500, 300}, 400, Degrees{30}};
  const auto reading = decode_landmarks(output, region);
  ASSERT_TRUE(reading);
  EXPECT_NEAR(body_radius_px(*reading), 160, 1e-4);
  const auto next = region_around(*reading);
  EXPECT_NEAR((next.center_px - region.center_px).norm(), 0, 1e-4);
  EXPECT_NEAR(next.side_px, 400, 1e-3);
  EXPECT_NEAR(next.rotation.value(), region.rotation.value(), 1e-6);
}

TEST(DecodeLandmarks, RefusesWrongSizesAndNumbersThatAreNone) {
  const RegionOfInterest region{{0, 0}, 10, Radians{0}};
  LandmarkOutput output = blank();
  output.heatmap.pop_back();
  EXPECT_EQ(decode_landmarks(output, region).error().code, ErrorCode::corrupt);
  output = blank();
  output.landmarks[7] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(decode_landmarks(output, region).error().code, ErrorCode::corrupt);
  output = blank();
  output.world_m[7] = std::numeric_limits<float>::infinity();
  EXPECT_EQ(decode_landmarks(output, region).error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace reprise::engine

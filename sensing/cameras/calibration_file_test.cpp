// SPDX-License-Identifier: Apache-2.0
#include "sensing/cameras/calibration_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace reprise::sensing {
namespace {

using testing::HasSubstr;

// The layout of Sports2D's demonstration (docs/sources.md), with numbers of our own.
constexpr const char* kTwo = R"([right]
name = "right side"
size = [ 1920, 1080]
matrix = [ [ 1500.5, 0.0, 960.0], [ 0.0, 1500.5, 540.0], [ 0.0, 0.0, 1.0]]
distortions = [ 0.1, -0.02, 0.001, 0.0]
rotation = [ 1.2082, 1.2098, -1.2082]
translation = [ -3.5, 1.7, 10]
fisheye = false

[front]
size = [ 1280, 720]
matrix = [ [ 900, 0, 640], [ 0, 900, 360], [ 0, 0, 1]]
distortions = [ 0.1, -0.02, 0.003, 0.0]
rotation = [ 0, 0, 0]
translation = [ 0, 0, 3]
fisheye = true

[metadata]
adjusted = false
error = 0.0
)";

std::string cause_of(std::string toml, const std::string& from, const std::string& to) {
  toml.replace(toml.find(from), from.size(), to);
  const auto read = parse_calibration(toml, "calib.toml");
  return read ? "" : to_string(read.error());
}

TEST(CalibrationFile, ReadsCamerasInTheirOrder) {
  const auto cameras = parse_calibration(kTwo, "calib.toml");
  ASSERT_TRUE(cameras) << to_string(cameras.error());
  ASSERT_EQ(cameras->size(), 2U);
  const auto& right = (*cameras)[0];
  EXPECT_EQ(right.name, "right side");
  EXPECT_EQ(right.width_px, 1920);
  EXPECT_DOUBLE_EQ(right.focal_x_px, 1500.5);
  EXPECT_DOUBLE_EQ(right.translation_m.z(), 10);
  EXPECT_NEAR(right.rotation.determinant(), 1, 1e-12);
  // Nearly a third of a turn about (1, 1, -1): the room's up (z) comes to the picture's up (-y).
  EXPECT_LT((right.rotation * Eigen::Vector3d::UnitZ() + Eigen::Vector3d::UnitY()).norm(), 0.01);
  EXPECT_EQ((*cameras)[1].name, "front");
  EXPECT_TRUE((*cameras)[1].distortion.fisheye);
  EXPECT_TRUE((*cameras)[1].rotation.isIdentity());
}

TEST(CalibrationFile, WritesWhatItReads) {
  const auto cameras = parse_calibration(kTwo, "calib.toml");
  ASSERT_TRUE(cameras);
  const auto again = parse_calibration(to_calibration(*cameras), "again.toml");
  ASSERT_TRUE(again) << to_string(again.error());
  ASSERT_EQ(again->size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ((*again)[i].name, (*cameras)[i].name);
    EXPECT_EQ((*again)[i].focal_x_px, (*cameras)[i].focal_x_px);
    EXPECT_EQ((*again)[i].distortion.coefficients, (*cameras)[i].distortion.coefficients);
    EXPECT_LT(((*again)[i].rotation - (*cameras)[i].rotation).norm(), 1e-12);
  }
}

TEST(CalibrationFile, NamesTheCameraAndTheKeyThatIsWrong) {
  EXPECT_THAT(cause_of(kTwo, "rotation = [ 0, 0, 0]\n", ""), HasSubstr("[front] rotation is missing"));
  EXPECT_THAT(cause_of(kTwo, "[ 0, 0, 3]", "[ 0, 3]"), HasSubstr("line 15: [front] translation must be 3"));
  EXPECT_THAT(cause_of(kTwo, "[ 1280, 720]", "[ 0, 720]"), HasSubstr("size must be positive"));
  EXPECT_THAT(cause_of(kTwo, "[ 900, 0, 640]", "[ 900, 5, 640]"), HasSubstr("skewed"));
  EXPECT_THAT(cause_of(kTwo, "[ 900, 0, 640]", "[ nan, 0, 640]"), HasSubstr("three rows"));
  EXPECT_THAT(cause_of(kTwo, "[ 0.1, -0.02, 0.001, 0.0]", "[ 0, 0, 0, 0, 0, 1]"), HasSubstr("6 numbers"));
  EXPECT_THAT(cause_of(kTwo, "fisheye = false", "fisheye = 1"), HasSubstr("true or false"));
}

TEST(CalibrationFile, RefusesWhatIsNoCalibration) {
  EXPECT_THAT(cause_of("[x\n", "", ""), HasSubstr("calib.toml, line 1: this is not TOML"));
  EXPECT_THAT(cause_of("title = 1\n", "", ""), HasSubstr("holds no camera"));
  EXPECT_THAT(cause_of("a." + std::string(5000, 'b') + " = 1\n", "", ""), HasSubstr("longer than 4000"));
}

TEST(ParseCalibration, ShowsNoControlCharactersInErrors) {
  const auto read = parse_calibration("[\"a\\u001b[31m\"]\nsize = [ 1]\n", "f.toml");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().cause.find('\x1b'), std::string::npos);
  EXPECT_NE(read.error().cause.find("[a [31m] size"), std::string::npos) << read.error().cause;
}

}  // namespace
}  // namespace reprise::sensing

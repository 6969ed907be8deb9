// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/frames.h"
#include "base/result.h"
#include "base/time_series.h"
#include "base/units.h"

namespace reprise {
namespace {

TEST(Units, DegreesBecomeRadiansByThemselves) {
  const Radians right_angle = Degrees{90};
  EXPECT_DOUBLE_EQ(right_angle.value(), kPi / 2);
  EXPECT_DOUBLE_EQ(to_degrees(right_angle).value(), 90.0);
}

TEST(Units, LikeQuantitiesAddAndTheirRatioIsANumber) {
  const Seconds sum = Seconds{1.5} + Seconds{0.5};
  EXPECT_EQ(sum, Seconds{2.0});
  EXPECT_DOUBLE_EQ(sum / Seconds{0.5}, 4.0);
  EXPECT_DOUBLE_EQ(period(Hertz{25}).value(), 0.04);
}

TEST(Frames, RotationsChainAndInvert) {
  Rotation<World, Camera> quarter;
  quarter.m = Eigen::AngleAxisd(kPi / 2, Eigen::Vector3d::UnitZ()).toRotationMatrix();
  const Vec3<Camera> x{1, 0, 0};
  const Vec3<World> turned = quarter * x;
  EXPECT_NEAR(turned.v.y(), 1.0, 1e-15);
  const Rotation<Camera, Camera> back = quarter.inverse() * quarter;
  EXPECT_TRUE(back.m.isApprox(Eigen::Matrix3d::Identity(), 1e-15));
}

TEST(TimeSeries, RefusesTimeThatDoesNotRise) {
  TimeSeries<double> series;
  EXPECT_TRUE(series.push(Seconds{0}, 1.0));
  EXPECT_TRUE(series.push(Seconds{0.1}, std::nullopt));
  EXPECT_FALSE(series.push(Seconds{0.1}, 2.0));
  EXPECT_EQ(series.size(), 2U);
  EXPECT_FALSE(series.value(1).has_value());
}

TEST(Error, SaysStageCauseAndRemedy) {
  const Result<int> result =
      fail(ErrorCode::corrupt, "video decoding", "the file ends early", "export it again");
  ASSERT_FALSE(result);
  EXPECT_EQ(to_string(result.error()), "video decoding: the file ends early\n  what to do: export it again");
}

}  // namespace
}  // namespace reprise

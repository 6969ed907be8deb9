// SPDX-License-Identifier: Apache-2.0
#include "engine/orientation/rest.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/orientation/rest_monitor.h"
#include "engine/orientation/saturation.h"
#include "engine/orientation/simulated_sensor.h"

namespace reprise::engine {
namespace {

/// Still, then swinging about z, then still: 2 s each.
InertialSamples still_swing_still(const test::SimulatedSensor& sensor) {
  const auto body = [](double t) {
    test::BodyPose pose;
    const double s = t < 2 || t > 4 ? 0 : std::pow(std::sin(kPi * (t - 2)), 4);
    pose.attitude = test::about(Eigen::Vector3d::UnitZ(), s);
    return pose;
  };
  return test::simulate(body, Seconds{6}, Hertz{100}, sensor);
}

TEST(Rest, FindsTheStillStretchesBesideAMovement) {
  test::SimulatedSensor sensor;
  sensor.acceleration_noise_mps2 = 0.03;
  sensor.angular_velocity_noise_radps = 0.003;
  const auto rests = find_rests(still_swing_still(sensor));
  ASSERT_TRUE(rests);
  ASSERT_GE(rests->size(), 2u);
  EXPECT_EQ(rests->front().begin, 0u);
  EXPECT_NEAR(static_cast<double>(rests->front().end), 215, 15);
  EXPECT_NEAR(static_cast<double>(rests->back().begin), 385, 15);
  EXPECT_EQ(rests->back().end, 600u);
}

TEST(Rest, LearnsTheGyroscopesBiasWhereItRests) {
  test::SimulatedSensor sensor;
  sensor.bias_radps = {0.02, -0.01, 0.03};
  sensor.angular_velocity_noise_radps = 0.002;
  const auto samples = still_swing_still(sensor);
  const auto rests = find_rests(samples);
  ASSERT_TRUE(rests);
  const auto bias = gyroscope_bias(samples, *rests);
  ASSERT_TRUE(bias);
  EXPECT_LT((bias->v - sensor.bias_radps).norm(), 0.003);
}

TEST(Rest, HasNoBiasWithoutRestOrGyroscope) {
  InertialSamples samples;
  samples.acceleration_mps2.assign(300, Vec3<Sensor>(0, 0, 9.8));
  const auto rests = find_rests(samples);
  ASSERT_TRUE(rests);
  EXPECT_EQ(rests->size(), 1u);
  EXPECT_FALSE(gyroscope_bias(samples, *rests));
  samples.angular_velocity_radps.assign(300, Vec3<Sensor>(1, 0, 0));  // an even turn is no bias
  EXPECT_TRUE(find_rests(samples)->empty());
  EXPECT_FALSE(gyroscope_bias(samples, {}));
}

TEST(Rest, RefusesBadRecordings) {
  InertialSamples samples;
  EXPECT_EQ(find_rests(samples).error().code, ErrorCode::nothing_measured);
  samples.acceleration_mps2.assign(100, Vec3<Sensor>(0, 0, 9.8));
  samples.angular_velocity_radps.assign(99, Vec3<Sensor>());
  EXPECT_EQ(find_rests(samples).error().code, ErrorCode::invalid_argument);
  samples.angular_velocity_radps.assign(100, Vec3<Sensor>());
  samples.acceleration_mps2[50].v.x() = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(find_rests(samples).error().code, ErrorCode::invalid_argument);
  samples.acceleration_mps2[50].v.x() = 0;
  samples.rate = Hertz{0};
  EXPECT_EQ(find_rests(samples).error().code, ErrorCode::invalid_argument);
}

TEST(RestMonitor, RestsAfterHalfASecondAndMovesAtOnce) {
  RestMonitor monitor(Hertz{100});
  int first = -1;
  for (int i = 0; i < 200; ++i) {
    if (monitor.step(Vec3<Sensor>(0, 0, 9.8), Vec3<Sensor>(0.01, 0, 0)) && first < 0) first = i;
  }
  EXPECT_NEAR(first, 50, 2);
  EXPECT_FALSE(monitor.step(Vec3<Sensor>(0, 3, 9.8), Vec3<Sensor>(1, 0, 0)));
}

TEST(Saturation, FindsTheRangeWhereAnAxisStaysAtIt) {
  std::vector<Vec3<Sensor>> samples;
  for (int i = 0; i < 400; ++i) samples.emplace_back(0, 12 * std::sin(0.05 * i), 1);
  EXPECT_FALSE(saturation_limit(samples, kLeastGyroscopeRangeRadps, 3));
  for (auto& sample : samples) sample.v.y() = std::clamp(sample.v.y(), -8.73, 8.73);
  const auto limit = saturation_limit(samples, kLeastGyroscopeRangeRadps, 3);
  ASSERT_TRUE(limit);
  EXPECT_DOUBLE_EQ(*limit, 8.73);
  EXPECT_FALSE(saturation_limit(std::vector<Vec3<Sensor>>(50, Vec3<Sensor>(1, 1, 1)), 4.0, 3));
}

}  // namespace
}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/foot_gait.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "engine/gait/simulated_walk.h"
#include "engine/signal/test_noise.h"

namespace reprise::engine {
namespace {

test::SimulatedSensor shoe_sensor(unsigned seed) {
  test::SimulatedSensor sensor;
  sensor.seed = seed;
  sensor.mounting = test::about(Eigen::Vector3d(1, 0.3 * seed, -0.7), 0.9 * seed);
  sensor.bias_radps = {0.017, -0.01, 0.012};
  sensor.acceleration_noise_mps2 = 0.05;
  sensor.angular_velocity_noise_radps = 0.005;
  return sensor;
}

test::SimulatedWalk right_walk() {
  test::SimulatedWalk walk;
  walk.start_s = 0.55;
  walk.strides = 9;
  return walk;
}

TEST(FootGait, MeasuresBothFeet) {
  const auto left = test::SimulatedWalk{}.record(shoe_sensor(1));
  const auto right = right_walk().record(shoe_sensor(2));
  const auto gait = analyze_foot_gait(InertialView(left), InertialView(right));
  ASSERT_TRUE(gait) << to_string(gait.error());
  ASSERT_TRUE(gait->left && gait->right && gait->two_feet);
  EXPECT_EQ(gait->left->strides.size(), 10u);
  EXPECT_EQ(gait->right->strides.size(), 9u);
  EXPECT_EQ(gait->left->averages.steady_stride_count, 8u);
  EXPECT_NEAR(gait->left->averages.stride_length_m->mean, 1.3, 0.01);
  EXPECT_NEAR(gait->right->averages.stride_length_m->mean, 1.3, 0.01);
  EXPECT_NEAR(gait->left->averages.stride_time_s->mean, 1.1, 0.003);
  EXPECT_NEAR(gait->left->averages.cadence_per_min->mean, 120 / 1.1, 0.3);
  EXPECT_NEAR(gait->left->averages.swing_share->mean, 0.39, 0.01);
  // Each foot is 0.61 of a stride on the ground: 0.22 of it both.
  EXPECT_NEAR(gait->two_feet->double_support_share->mean, 0.22, 0.015);
  EXPECT_NEAR(*gait->two_feet->stride_length_asymmetry, 0, 0.01);
  EXPECT_TRUE(gait->left->gyroscope_bias_known);
  EXPECT_FALSE(gait->left->gyroscope_saturated_at_radps);
}

TEST(FootGait, MeasuresOneFoot) {
  const auto right = right_walk().record(shoe_sensor(3), Hertz{50});
  const auto gait = analyze_foot_gait(std::nullopt, InertialView(right));
  ASSERT_TRUE(gait);
  EXPECT_FALSE(gait->left);
  EXPECT_FALSE(gait->two_feet);
  EXPECT_NEAR(gait->right->averages.stride_length_m->mean, 1.3, 0.02);
}

TEST(FootGait, MeasuresASlowShufflingGait) {
  test::SimulatedWalk walk;
  walk.stride_time_s = 2.4;  // a stance of 1.5 s
  walk.stride_length_m = 0.45;
  walk.lift_m = 0.04;
  walk.pitch_scale = 0.5;
  const auto left = walk.record(shoe_sensor(1));
  const auto gait = analyze_foot_gait(InertialView(left), std::nullopt);
  ASSERT_TRUE(gait) << to_string(gait.error());
  EXPECT_EQ(gait->left->strides.size(), 10u);
  EXPECT_EQ(gait->left->averages.steady_stride_count, 8u);
  EXPECT_NEAR(gait->left->averages.stride_length_m->mean, 0.45, 0.02);
  EXPECT_NEAR(gait->left->averages.stride_time_s->mean, 2.4, 0.01);
}

TEST(FootGait, MarksATurningStrideAndLeavesItOut) {
  test::SimulatedWalk walk;
  walk.turning_stride = 5;
  const auto left = walk.record(shoe_sensor(1));
  const auto gait = analyze_foot_gait(InertialView(left), std::nullopt);
  ASSERT_TRUE(gait);
  ASSERT_EQ(gait->left->strides.size(), 10u);
  for (std::size_t i = 0; i < 10; ++i) EXPECT_EQ(gait->left->strides[i].turns, i == 5) << i;
  EXPECT_NEAR(to_degrees(gait->left->strides[5].turn).value(), 90, 1);
  EXPECT_EQ(gait->left->averages.steady_stride_count, 7u);
}

TEST(FootGait, NoticesASaturatedGyroscope) {
  auto left = test::SimulatedWalk{}.record();
  for (auto& w : left.angular_velocity_radps) w.v.z() = std::clamp(w.v.z(), -4.36, 4.36);
  const auto gait = analyze_foot_gait(InertialView(left), std::nullopt);
  ASSERT_TRUE(gait);
  ASSERT_TRUE(gait->left->gyroscope_saturated_at_radps);
  EXPECT_DOUBLE_EQ(*gait->left->gyroscope_saturated_at_radps, 4.36);
}

ErrorCode refusal(const InertialSamples& samples) {
  const auto gait = analyze_foot_gait(InertialView(samples), std::nullopt);
  EXPECT_FALSE(gait);
  if (gait) return ErrorCode::conflict;
  EXPECT_FALSE(gait.error().remedy.empty());
  return gait.error().code;
}

TEST(FootGait, MeasuresNothingWhereNoOneWalks) {
  InertialSamples flat;
  flat.acceleration_mps2.assign(1000, Vec3<Sensor>(0, 0, 9.81));
  flat.angular_velocity_radps.assign(1000, Vec3<Sensor>());
  EXPECT_EQ(refusal(flat), ErrorCode::nothing_measured);
  test::SimulatedWalk standing;
  standing.strides = 0;
  standing.rest_s = 10;
  EXPECT_EQ(refusal(standing.record(shoe_sensor(1))), ErrorCode::nothing_measured);
  EXPECT_EQ(refusal(InertialSamples{}), ErrorCode::nothing_measured);
}

TEST(FootGait, MeasuresNothingInRandomShaking) {
  for (unsigned seed = 1; seed <= 8; ++seed) {
    for (const double smoothness : {0.0, 0.8, 0.95}) {
      std::mt19937 generator(seed);
      test::NormalNoise normal;
      const auto random = [&] {
        return Eigen::Vector3d(normal(generator), normal(generator), normal(generator));
      };
      InertialSamples shaking;
      Eigen::Vector3d a = Eigen::Vector3d::Zero();
      Eigen::Vector3d w = a;
      for (int i = 0; i < 3000; ++i) {
        a = smoothness * a + std::sqrt(1 - smoothness * smoothness) * 8 * random();
        w = smoothness * w + std::sqrt(1 - smoothness * smoothness) * 4 * random();
        shaking.acceleration_mps2.emplace_back(a + Eigen::Vector3d(0, 0, 9.81));
        shaking.angular_velocity_radps.emplace_back(w);
      }
      EXPECT_EQ(refusal(shaking), ErrorCode::nothing_measured) << seed << " " << smoothness;
    }
  }
}

TEST(FootGait, RefusesBadRecordings) {
  EXPECT_EQ(analyze_foot_gait(std::nullopt, std::nullopt).error().code, ErrorCode::invalid_argument);
  const auto good = test::SimulatedWalk{}.record();
  auto bad = good;
  bad.acceleration_mps2[700].v.y() = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(refusal(bad), ErrorCode::invalid_argument);
  bad = good;
  bad.angular_velocity_radps[3].v.x() = std::numeric_limits<double>::infinity();
  EXPECT_EQ(refusal(bad), ErrorCode::invalid_argument);
  bad = good;
  bad.angular_velocity_radps.clear();
  EXPECT_EQ(refusal(bad), ErrorCode::invalid_argument);
  EXPECT_EQ(refusal(test::SimulatedWalk{}.record({}, Hertz{10})), ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace reprise::engine

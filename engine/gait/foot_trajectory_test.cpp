// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/foot_trajectory.h"

#include <gtest/gtest.h>

#include "engine/gait/foot_stride.h"
#include "engine/gait/simulated_walk.h"

namespace reprise::engine {
namespace {

/// The first stride of a simulated walk: from 1.9 s, at rest, to the middle of the first stance.
struct FirstStride {
  test::SimulatedWalk walk;
  std::size_t begin = 190, end = 300;
};

double horizontal(const Vec3<Level>& p) {
  return std::hypot(p.v.x(), p.v.z());
}

TEST(FootTrajectory, ReturnsTheLengthHeightAndEndOfAStride) {
  const FirstStride s;
  const auto path = reconstruct_foot_trajectory(s.walk.record(), Vec3<Sensor>{}, s.begin, s.end);
  EXPECT_NEAR(horizontal(path.position_m.back()), 1.3, 0.003);
  EXPECT_NEAR(path.position_m.back().v.y(), 0, 1e-9);
  EXPECT_NEAR(path.velocity_mps.back().norm(), 0, 1e-9);
  double highest = 0;
  for (const auto& p : path.position_m) highest = std::max(highest, p.v.y());
  EXPECT_NEAR(highest, 0.12, 0.004);
}

TEST(FootTrajectory, RemovesTheDriftOfBiases) {
  const FirstStride s;
  test::SimulatedSensor sensor;
  sensor.mounting = test::about({1, 1, 0}, 1);
  sensor.bias_radps = {0.017, -0.017, 0.017};  // 1 degree/s, not known to the reconstruction
  auto samples = s.walk.record(sensor);
  for (auto& a : samples.acceleration_mps2) a = a + Vec3<Sensor>(0.1, -0.1, 0.1);
  const auto path = reconstruct_foot_trajectory(samples, Vec3<Sensor>{}, s.begin, s.end);
  EXPECT_NEAR(horizontal(path.position_m.back()), 1.3, 0.03);
}

TEST(FootTrajectory, CorrectsAShockWhereItHappens) {
  const FirstStride s;
  auto samples = s.walk.record();
  // A shock at landing that is too short for the sampling: 0.4 m/s appear from nowhere.
  const auto at = static_cast<std::size_t>(100 * s.walk.initial_contact_s(0)) + 2;
  samples.acceleration_mps2[at].v.x() += 40;
  const auto path = reconstruct_foot_trajectory(samples, Vec3<Sensor>{}, s.begin, s.end);
  EXPECT_NEAR(horizontal(path.position_m.back()), 1.3, 0.03);  // an even correction misses by 0.09
}

TEST(FootTrajectory, KeepsTheRiseOfAStep) {
  const auto climb = [](double t) {
    test::BodyPose pose;
    const double s = test::minimum_jerk((t - 1) / 0.6);
    pose.position_m = Eigen::Vector3d(0.3 * s, 0.17 * s, 0);
    return pose;
  };
  const auto samples = test::simulate(climb, Seconds{3}, Hertz{100});
  FootTrajectoryOptions options;
  options.level_ground = false;
  const auto path = reconstruct_foot_trajectory(samples, Vec3<Sensor>{}, 80, 200, options);
  EXPECT_NEAR(path.position_m.back().v.y(), 0.17, 0.002);
}

TEST(FootStride, MeasuresAnglesTurnAndClearance) {
  test::SimulatedWalk walk;
  walk.turning_stride = 0;
  StrideEvents events;
  events.begin = 190;
  events.end = 300;
  events.initial_contact = Seconds{walk.initial_contact_s(0)};
  events.terminal_contact = Seconds{walk.terminal_contact_s(0)};
  events.previous_initial_contact = Seconds{walk.initial_contact_s(0) - 1.1};
  FootStrideOptions options;
  options.geometry = FootGeometry{Vec3<Foot>(0.1, -0.05, 0), Vec3<Foot>(-0.1, -0.05, 0)};
  const auto stride = measure_stride(walk.record(), FootAlignment{}, events, options);
  ASSERT_TRUE(stride);
  EXPECT_NEAR(stride->stride_length_m, 1.3, 0.01);
  EXPECT_NEAR(*stride->speed_mps, 1.3 / 1.1, 0.01);
  EXPECT_NEAR(stride->swing_time_s, 0.39 * 1.1, 1e-6);
  EXPECT_NEAR(*stride->stance_time_s, 0.61 * 1.1, 1e-6);
  EXPECT_NEAR(to_degrees(stride->turn).value(), 90, 0.5);
  EXPECT_TRUE(stride->turns);
  EXPECT_FALSE(stride->doubtful);
  EXPECT_NEAR(stride->foot_angle_at_initial_contact.value(), 0.4, 0.02);
  EXPECT_NEAR(stride->foot_angle_at_terminal_contact.value(), -0.5, 0.06);
  double heel_m = 0;
  for (double t = 1.9; t < 3; t += 0.01) {
    const auto pose = walk(t);
    heel_m =
        std::max(heel_m, pose.position_m.y() + (pose.attitude * Eigen::Vector3d(-0.1, -0.05, 0)).y() + 0.05);
  }
  EXPECT_NEAR(*stride->heel_height_m, heel_m, 0.005);
  EXPECT_LT(*stride->toe_clearance_m, *stride->heel_height_m);
}

TEST(FootStride, IsNoneWhereTheFootStays) {
  const auto samples = test::SimulatedWalk{}.record();
  StrideEvents events;
  events.begin = 20;
  events.end = 120;
  EXPECT_FALSE(measure_stride(samples, FootAlignment{}, events));
}

}  // namespace
}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#include "engine/orientation/joint_angle.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/orientation/simulated_sensor.h"

namespace reprise::engine {
namespace {

using test::BodyPose;

/// 0 before `start`, 1 from a second later on, smooth.
double ease_in(double t, double start) {
  const double s = std::clamp(t - start, 0.0, 1.0);
  return s * s * s * (10 - 15 * s + 6 * s * s);
}

/// A leg that hangs from a hip at rest: seconds 0 to 3 upright, 3 to 11 swings as a whole, beginning forward
/// ; then thigh and knee move against each other, while the person turns.
struct SimulatedLeg {
  static double thigh_rad(double t) {
    if (t < 11) return 0.5 * ease_in(t, 3) * ease_in(11 - t, 0) * std::sin(2.5 * (t - 3));
    return 0.6 * ease_in(t, 12) * (1 - std::cos(1.7 * (t - 12))) / 2;
  }
  static double knee_rad(double t) {
    if (t < 11) return 0.1 * thigh_rad(t);
    return -1.2 * ease_in(t, 12) * (1 - std::cos(2.3 * (t - 12))) / 2;
  }
  static double heading_rad(double t) { return t < 12 ? 0 : 0.6 * ease_in(t, 13) * std::sin(0.3 * (t - 13)); }

  static Eigen::Quaterniond thigh(double t) {
    return test::about(Eigen::Vector3d::UnitY(), heading_rad(t)) *
           test::about(Eigen::Vector3d::UnitZ(), thigh_rad(t));
  }
  static Eigen::Quaterniond shank(double t) {
    return thigh(t) * test::about(Eigen::Vector3d::UnitZ(), knee_rad(t));
  }
  static BodyPose thigh_sensor(double t) { return {thigh(t) * Eigen::Vector3d(0.05, -0.25, 0), thigh(t)}; }
  static BodyPose shank_sensor(double t) {
    return {thigh(t) * Eigen::Vector3d(0, -0.42, 0) + shank(t) * Eigen::Vector3d(0.03, -0.2, 0), shank(t)};
  }
};

test::SimulatedSensor leg_sensor(unsigned seed) {
  test::SimulatedSensor sensor;
  sensor.seed = seed;
  sensor.mounting = test::about(Eigen::Vector3d(0.3, 1, -0.4 * seed), 1.1 * seed);
  sensor.bias_radps = Eigen::Vector3d(0.017, -0.012, 0.01) * (seed == 1 ? 1 : -1);
  sensor.acceleration_noise_mps2 = 0.08;
  sensor.angular_velocity_noise_radps = 0.008;
  return sensor;
}

InertialSamples stretch(const InertialSamples& all, double from_s, double to_s) {
  const auto at = [&](double s) { return static_cast<std::ptrdiff_t>(s * all.rate.value()); };
  InertialSamples part;
  part.rate = all.rate;
  part.acceleration_mps2.assign(all.acceleration_mps2.begin() + at(from_s),
                                all.acceleration_mps2.begin() + at(to_s));
  part.angular_velocity_radps.assign(all.angular_velocity_radps.begin() + at(from_s),
                                     all.angular_velocity_radps.begin() + at(to_s));
  return part;
}

struct SimulatedLegRecording {
  InertialSamples thigh = test::simulate(SimulatedLeg::thigh_sensor, Seconds{70}, Hertz{100}, leg_sensor(1));
  InertialSamples shank = test::simulate(SimulatedLeg::shank_sensor, Seconds{70}, Hertz{100}, leg_sensor(2));

  [[nodiscard]] Result<JointCalibration> calibrate() const {
    const auto pose_p = stretch(thigh, 0, 2.9);
    const auto pose_d = stretch(shank, 0, 2.9);
    const auto move_p = stretch(thigh, 3, 11);
    const auto move_d = stretch(shank, 3, 11);
    return calibrate_joint(pose_p, pose_d, move_p, move_d);
  }
};

TEST(JointAngle, StaysWithinFiveDegreesOfASimulatedKneeForAMinute) {
  const SimulatedLegRecording leg;
  const auto calibration = leg.calibrate();
  ASSERT_TRUE(calibration) << to_string(calibration.error());
  JointAngle joint(*calibration);
  double squares = 0;
  double largest = 0;
  int count = 0;
  for (std::size_t i = 0; i < leg.thigh.acceleration_mps2.size(); ++i) {
    const auto angle =
        joint.step({leg.thigh.acceleration_mps2[i], leg.thigh.angular_velocity_radps[i], std::nullopt},
                   {leg.shank.acceleration_mps2[i], leg.shank.angular_velocity_radps[i], std::nullopt});
    ASSERT_TRUE(angle);
    const double t = static_cast<double>(i) / 100;
    if (t < 12) continue;
    const double error = (angle->value() - SimulatedLeg::knee_rad(t)) * 180 / kPi;
    squares += error * error;
    largest = std::max(largest, std::abs(error));
    ++count;
  }
  EXPECT_LT(std::sqrt(squares / count), 2.0);
  EXPECT_LT(largest, 8.0);
}

TEST(JointAngle, CalibrationFindsTheSegmentsAxes) {
  const SimulatedLegRecording leg;
  const auto calibration = leg.calibrate();
  ASSERT_TRUE(calibration);
  const Eigen::Matrix3d proximal = leg_sensor(1).mounting.toRotationMatrix();
  const Eigen::Matrix3d distal = leg_sensor(2).mounting.toRotationMatrix();
  EXPECT_LT((calibration->proximal.rotation.m - proximal).norm(), 0.05);
  EXPECT_LT((calibration->distal.rotation.m - distal).norm(), 0.05);
  EXPECT_GT(calibration->proximal.main_axis_share, 0.95);
}

TEST(JointAngle, CalibrationRefusesWhatShowsNoAxis) {
  const SimulatedLegRecording leg;
  const auto pose_p = stretch(leg.thigh, 0, 2.9);
  const auto pose_d = stretch(leg.shank, 0, 2.9);
  const auto move_p = stretch(leg.thigh, 3, 11);
  const auto move_d = stretch(leg.shank, 3, 11);
  // Standing still is no movement, moving no pose.
  EXPECT_EQ(calibrate_joint(pose_p, pose_d, pose_p, pose_d).error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(calibrate_joint(move_p, pose_d, move_p, move_d).error().code, ErrorCode::nothing_measured);
  // Different lengths, no gyroscope, not finite.
  EXPECT_EQ(calibrate_joint(pose_p, pose_d, move_p, pose_d).error().code, ErrorCode::invalid_argument);
  auto without = pose_p;
  without.angular_velocity_radps.clear();
  EXPECT_EQ(calibrate_joint(without, pose_d, move_p, move_d).error().code, ErrorCode::invalid_argument);
  auto broken = move_d;
  broken.angular_velocity_radps[7].v.z() = std::numeric_limits<double>::infinity();
  EXPECT_EQ(calibrate_joint(pose_p, pose_d, move_p, broken).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace reprise::engine

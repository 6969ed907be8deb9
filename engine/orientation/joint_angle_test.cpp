// SPDX-License-Identifier: Apache-2.0
#include "engine/orientation/joint_angle.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/orientation/simulated_leg.h"

namespace reprise::engine {
namespace {

using test::leg_sensor;
using test::SimulatedLeg;

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

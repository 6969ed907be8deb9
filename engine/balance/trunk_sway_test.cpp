// SPDX-License-Identifier: Apache-2.0
#include "engine/balance/trunk_sway.h"

#include <gtest/gtest.h>

#include <cmath>

namespace reprise::engine {
namespace {

/// An inverted pendulum that tilts forward by `amplitude_rad` at `hertz`, 30 s at 100 Hz. In the sensor's own
/// axes before mounting: x forward, y up, z right. The sensor is at the pivot, so it feels gravity alone.
InertialSamples tilting_trunk(double amplitude_rad, double hertz, const Eigen::Matrix3d& mounting) {
  InertialSamples samples;
  samples.rate = Hertz{100};
  for (int i = 0; i < 3000; ++i) {
    const double t = i / 100.0;
    const double tilt = amplitude_rad * std::sin(2 * kPi * hertz * t);
    const double rate = amplitude_rad * 2 * kPi * hertz * std::cos(2 * kPi * hertz * t);
    // Leaning forward turns the body about its right axis by a negative angle; up moves backward in the body.
    const Eigen::Vector3d up(-std::sin(tilt), std::cos(tilt), 0);
    const Eigen::Vector3d turn(0, 0, -rate);
    samples.acceleration_mps2.emplace_back(Eigen::Vector3d(mounting * up * kGravityMps2));
    samples.angular_velocity_radps.emplace_back(Eigen::Vector3d(mounting * turn));
  }
  return samples;
}

Eigen::Matrix3d turned_mounting() {
  return (Eigen::AngleAxisd(0.7, Eigen::Vector3d::UnitX()) *
          Eigen::AngleAxisd(2.1, Eigen::Vector3d::UnitY()) *
          Eigen::AngleAxisd(-1.3, Eigen::Vector3d::UnitZ()))
      .toRotationMatrix();
}

TEST(TrunkSway, MeasuresASlowTilt) {
  const double tilt = 0.02;
  const auto sway = trunk_sway(tilting_trunk(tilt, 0.3, Eigen::Matrix3d::Identity()));
  ASSERT_TRUE(sway) << to_string(sway.error());
  EXPECT_NEAR(sway->rms_mps2, kGravityMps2 * tilt / std::sqrt(2.0), 0.002);
  EXPECT_NEAR(sway->mean_frequency.value(), 0.3, 0.01);
  EXPECT_NEAR(sway->rms_jerk_mps3, kGravityMps2 * tilt / std::sqrt(2.0) * 2 * kPi * 0.3, 0.01);
  EXPECT_NEAR(sway->path_mps2, 9 * 4 * kGravityMps2 * tilt, 0.1);
  EXPECT_NEAR(sway->rms_sway_angle.value(), tilt / std::sqrt(2.0), 0.0005);
  EXPECT_NEAR(sway->range_sway_angle.value(), 2 * tilt, 0.001);
  EXPECT_FALSE(sway->rms_ap_mps2);
}

TEST(TrunkSway, TheGyroscopeKeepsFastSwayInTheAngle) {
  auto samples = tilting_trunk(0.01, 1.5, Eigen::Matrix3d::Identity());
  const auto with = trunk_sway(samples);
  samples.angular_velocity_radps.clear();
  const auto without = trunk_sway(samples);
  ASSERT_TRUE(with && without);
  EXPECT_NEAR(with->rms_sway_angle.value(), 0.01 / std::sqrt(2.0), 0.0005);
  EXPECT_LT(without->rms_sway_angle.value(), 0.002);
}

TEST(TrunkSway, DoesNotDependOnTheMounting) {
  const auto plain = trunk_sway(tilting_trunk(0.02, 0.4, Eigen::Matrix3d::Identity()));
  const auto turned = trunk_sway(tilting_trunk(0.02, 0.4, turned_mounting()));
  ASSERT_TRUE(plain && turned);
  EXPECT_NEAR(plain->rms_mps2, turned->rms_mps2, 1e-9);
  EXPECT_NEAR(plain->path_mps2, turned->path_mps2, 1e-7);
  EXPECT_NEAR(plain->rms_jerk_mps3, turned->rms_jerk_mps3, 1e-9);
  EXPECT_NEAR(plain->ellipse.semi_major, turned->ellipse.semi_major, 1e-9);
  EXPECT_NEAR(plain->mean_frequency.value(), turned->mean_frequency.value(), 1e-9);
  EXPECT_NEAR(plain->rms_sway_angle.value(), turned->rms_sway_angle.value(), 1e-6);
}

TEST(TrunkSway, TellsDirectionsApartIfForwardIsKnown) {
  TrunkSwayOptions options;
  options.forward = Vec3<Sensor>{turned_mounting() * Eigen::Vector3d::UnitX()};
  const auto sway = trunk_sway(tilting_trunk(0.02, 0.4, turned_mounting()), options);
  ASSERT_TRUE(sway);
  ASSERT_TRUE(sway->rms_ap_mps2 && sway->rms_ml_mps2);
  EXPECT_NEAR(*sway->rms_ap_mps2, sway->rms_mps2, 1e-9);
  EXPECT_NEAR(*sway->rms_ml_mps2, 0, 1e-6);
  options.forward = Vec3<Sensor>{turned_mounting() * Eigen::Vector3d::UnitY()};
  EXPECT_EQ(trunk_sway(tilting_trunk(0.02, 0.4, turned_mounting()), options).error().code,
            ErrorCode::invalid_argument);
}

TEST(TrunkSway, RefusesBadInput) {
  auto samples = tilting_trunk(0.02, 0.4, Eigen::Matrix3d::Identity());
  auto bad = samples;
  bad.acceleration_mps2[7] = Vec3<Sensor>{NAN, 0, 0};
  EXPECT_EQ(trunk_sway(bad).error().code, ErrorCode::invalid_argument);
  bad = samples;
  bad.angular_velocity_radps.pop_back();
  EXPECT_EQ(trunk_sway(bad).error().code, ErrorCode::invalid_argument);
  bad = samples;
  bad.rate = Hertz{1};
  EXPECT_EQ(trunk_sway(bad).error().code, ErrorCode::unsupported);
  bad = samples;
  bad.acceleration_mps2.resize(300);
  bad.angular_velocity_radps.resize(300);
  EXPECT_EQ(trunk_sway(bad).error().code, ErrorCode::nothing_measured);
  bad = samples;
  for (auto& a : bad.acceleration_mps2) a = Vec3<Sensor>{0.1, kGravityMps2, 0.2};
  EXPECT_EQ(trunk_sway(bad).error().code, ErrorCode::nothing_measured);
}

TEST(TrunkSway, SaysThatMultiplesOfGravityWereGiven) {
  auto samples = tilting_trunk(0.02, 0.4, Eigen::Matrix3d::Identity());
  for (auto& a : samples.acceleration_mps2) a = a * (1 / kGravityMps2);
  const auto refused = trunk_sway(samples);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
  EXPECT_NE(refused.error().remedy.find("9.81"), std::string::npos);
}

}  // namespace
}  // namespace reprise::engine

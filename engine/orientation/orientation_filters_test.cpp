// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <limits>

#include "engine/orientation/complementary_filter.h"
#include "engine/orientation/error_state_filter.h"
#include "engine/orientation/simulated_sensor.h"

namespace reprise::engine {
namespace {

const Eigen::Vector3d kFieldOfFilters(0.6, -0.8, 0);  // north and down: a dip of 53 degrees

struct FilterErrors {
  double tilt_rms_deg = 0;
  double heading_end_deg = 0;
  double bias_dps = 0;
};

/// `disturb`: a magnet for seconds 20 to 30.
template <class Filter>
FilterErrors errors_of(Filter filter, bool magnetometer, bool disturb = false) {
  const auto sensor = test::noisy_sensor();
  const auto samples = test::simulate(test::carried_limb, Seconds{60}, Hertz{100}, sensor);
  FilterErrors errors;
  double squares = 0;
  int count = 0;
  for (std::size_t i = 0; i < samples.acceleration_mps2.size(); ++i) {
    const double t = static_cast<double>(i) / 100;
    const Eigen::Quaterniond truth = test::carried_limb(t).attitude * sensor.mounting;
    OrientationSample sample{samples.acceleration_mps2[i], samples.angular_velocity_radps[i], std::nullopt};
    if (magnetometer) {
      Eigen::Vector3d field = kFieldOfFilters;
      if (disturb && t > 20 && t < 30) field += Eigen::Vector3d(0, 0, 0.7);
      sample.magnetic_field = Vec3<Sensor>{truth.conjugate() * field};
    }
    const Attitude attitude = filter.step(sample);
    if (t < 5) continue;
    const Eigen::Vector3d up = attitude.q * (truth.conjugate() * Eigen::Vector3d::UnitY());
    squares += std::pow(std::acos(std::min(1.0, up.y())) * 180 / kPi, 2);
    ++count;
    errors.heading_end_deg = to_degrees(heading_change(Attitude{truth}, attitude)).value();
  }
  errors.tilt_rms_deg = std::sqrt(squares / count);
  errors.bias_dps = (filter.gyroscope_bias_radps().v - sensor.bias_radps).norm() * 180 / kPi;
  return errors;
}

TEST(ComplementaryFilter, KeepsTheTiltWhileCarriedAbout) {
  const auto errors = errors_of(ComplementaryFilter(), false);
  EXPECT_LT(errors.tilt_rms_deg, 1.5);
  EXPECT_LT(errors.bias_dps, 0.2);
}

TEST(ComplementaryFilter, FollowsMagneticNorth) {
  EXPECT_LT(std::abs(errors_of(ComplementaryFilter(), true).heading_end_deg), 3);
}

TEST(ComplementaryFilter, IgnoresAMagneticDisturbance) {
  EXPECT_LT(std::abs(errors_of(ComplementaryFilter(), true, true).heading_end_deg), 3);
}

TEST(ErrorStateFilter, KeepsTheTiltWhileCarriedAbout) {
  const auto errors = errors_of(ErrorStateFilter(), false);
  EXPECT_LT(errors.tilt_rms_deg, 1.2);
  EXPECT_LT(errors.bias_dps, 0.2);
}

TEST(ErrorStateFilter, FollowsMagneticNorth) {
  EXPECT_LT(std::abs(errors_of(ErrorStateFilter(), true).heading_end_deg), 3);
}

TEST(ErrorStateFilter, IgnoresAMagneticDisturbance) {
  EXPECT_LT(std::abs(errors_of(ErrorStateFilter(), true, true).heading_end_deg), 3);
}

TEST(ErrorStateFilter, KnowsItsTiltBetterThanItsHeadingWithoutAMagnetometer) {
  ErrorStateFilter filter;
  for (int i = 0; i < 500; ++i) filter.step({Vec3<Sensor>(0, 9.81, 0), Vec3<Sensor>(), std::nullopt});
  const double early = filter.heading_sd_rad();
  for (int i = 0; i < 5000; ++i)
    filter.step({Vec3<Sensor>(0, 9.81, 0), Vec3<Sensor>(0, 0.3, 0), std::nullopt});
  EXPECT_LT(filter.tilt_sd_rad(), 0.02);
  EXPECT_GT(filter.heading_sd_rad(), early);
}

template <class Filter>
void expect_ignores_what_is_not_finite(Filter filter) {
  filter.step({Vec3<Sensor>(0, 0, 9.81), Vec3<Sensor>(), std::nullopt});
  const Attitude before = filter.attitude();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const Attitude after = filter.step({Vec3<Sensor>(nan, 0, 9.81), Vec3<Sensor>(0, nan, 0), std::nullopt});
  EXPECT_EQ(before.q.coeffs(), after.q.coeffs());
}

TEST(OrientationFilters, IgnoreASampleThatIsNotFinite) {
  expect_ignores_what_is_not_finite(ComplementaryFilter());
  expect_ignores_what_is_not_finite(ErrorStateFilter());
}

TEST(MagneticHeading, ReportsADisturbanceAndLearnsANewFieldThatStays) {
  MagneticHeading heading(Hertz{100});
  EXPECT_TRUE(heading.step(Vec3<Level>(0.6, -0.8, 0)));
  EXPECT_FALSE(heading.step(Vec3<Level>(0.9, -0.8, 0)));
  EXPECT_TRUE(heading.disturbed());
  for (int i = 0; i < 2100; ++i) (void)heading.step(Vec3<Level>(0.9, -0.8, 0));
  EXPECT_FALSE(heading.disturbed());
  EXPECT_TRUE(heading.step(Vec3<Level>(0.9, -0.8, 0)));
}

TEST(MagneticHeading, GivesTheTurnToNorth) {
  MagneticHeading heading(Hertz{100});
  EXPECT_NEAR(heading.step(Vec3<Level>(0, -0.8, 0.6))->value(), kPi / 2, 1e-12);
  EXPECT_FALSE(heading.step(Vec3<Level>(0, -1, 0)));
}

}  // namespace
}  // namespace reprise::engine

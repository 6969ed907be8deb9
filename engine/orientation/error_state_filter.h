// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>

#include "engine/orientation/complementary_filter.h"

namespace reprise::engine {

/// Noise of a small inertial sensor (MEMS). Unsourced defaults.
struct ErrorStateFilterOptions {
  Hertz rate{100};
  double angular_velocity_noise_radps = 0.01;  ///< of one sample
  double bias_walk_radps_per_sqrt_s = 5e-5;    ///< how fast the gyroscope's bias wanders
  double initial_bias_sd_radps = 0.05;         ///< before the first rest
  double initial_tilt_sd_rad = 0.05;           ///< of the first sample's gravity
  double acceleration_noise_mps2 = 1.0;        ///< of one sample of a moving person, about gravity
  /// How much an acceleration's deviation from gravity lowers its weight: the standard deviation grows by so
  /// much times the deviation. More would bias the tilt: horizontal and vertical acceleration of a movement
  /// are related, so that weights which depend on the one leave a mean of the other.
  double acceleration_distrust = 0.1;
  double magnetic_noise_rad = 0.2;  ///< of one sample's heading
  double rest_noise_radps = 0.02;   ///< of one sample at rest, about the bias
  RestMonitorOptions rest;
  MagneticHeadingOptions magnetic;
};

/// Attitude and gyroscope bias of an inertial sensor, live, by an error-state Kalman filter: the nominal
/// attitude follows the gyroscope, a state of six errors (attitude in level axes, bias in the sensor's) has
/// a covariance, and each measurement's correction is moved into the nominal state at once. Method: the
/// error-state filter that the documentation of gaitmap's RtsKalman describes (after Sola, "Quaternion
/// kinematics for the error-state KF"), live and without its position and velocity; the equations are derived
/// here. Gravity measures the tilt with a weight that falls with the acceleration's deviation from g, as the
/// README of github hmatulis/kalman-ios describes; at rest the gyroscope measures its own bias; the magnetic
/// field measures the heading alone and is checked for disturbance.
class ErrorStateFilter {
 public:
  explicit ErrorStateFilter(const ErrorStateFilterOptions& options = {});

  /// The attitude after this sample; the first sample's gravity sets it. A sample that is not finite is
  /// ignored: the last attitude is repeated.
  Attitude step(const OrientationSample& sample);

  [[nodiscard]] const Attitude& attitude() const { return attitude_; }
  [[nodiscard]] const Vec3<Sensor>& gyroscope_bias_radps() const { return bias_; }
  /// Standard deviation of the tilt, rad: about one horizontal axis.
  [[nodiscard]] double tilt_sd_rad() const;
  /// Standard deviation of the heading, rad; grows without a magnetometer.
  [[nodiscard]] double heading_sd_rad() const;
  [[nodiscard]] bool at_rest() const { return rest_.at_rest(); }
  [[nodiscard]] bool magnetically_disturbed() const { return magnetic_.disturbed(); }

 private:
  using Vector6 = Eigen::Matrix<double, 6, 1>;
  void start(const Vec3<Sensor>& acceleration_mps2);
  void predict(const Vec3<Sensor>& angular_velocity_radps);
  /// One scalar measurement of error `index` (0 to 2 attitude, 3 to 5 bias): `value` is what it seems to be.
  void measure(int index, double value, double variance);
  void correct(const Vector6& error);

  ErrorStateFilterOptions options_;
  RestMonitor rest_;
  MagneticHeading magnetic_;
  Attitude attitude_;
  Vec3<Sensor> bias_;
  Eigen::Matrix<double, 6, 6> covariance_ = Eigen::Matrix<double, 6, 6>::Zero();
  bool started_ = false;
};

}  // namespace reprise::engine

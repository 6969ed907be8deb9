// SPDX-License-Identifier: Apache-2.0
#include "engine/orientation/error_state_filter.h"

#include <cmath>

#include "engine/signal/inertial.h"

namespace reprise::engine {
namespace {

double variance_of(double sd) {
  return sd * sd;
}

}  // namespace

ErrorStateFilter::ErrorStateFilter(const ErrorStateFilterOptions& options)
    : options_(options), rest_(options.rate, options.rest), magnetic_(options.rate, options.magnetic) {}

void ErrorStateFilter::start(const Vec3<Sensor>& acceleration_mps2) {
  attitude_ = attitude_of_up(acceleration_mps2);
  covariance_.setZero();
  covariance_.diagonal().head<3>().setConstant(variance_of(options_.initial_tilt_sd_rad));
  covariance_(1, 1) = 0;  // the heading is free: its start is the reference
  covariance_.diagonal().tail<3>().setConstant(variance_of(options_.initial_bias_sd_radps));
  started_ = true;
}

void ErrorStateFilter::predict(const Vec3<Sensor>& angular_velocity_radps) {
  const double dt = period(options_.rate).value();
  attitude_ = turned(attitude_, angular_velocity_radps - bias_, Seconds{dt});
  // A bias that is too small by b turns the attitude too far by b dt, in level axes.
  const Eigen::Matrix3d leak = -attitude_.q.toRotationMatrix() * dt;
  const Eigen::Matrix3d cross = covariance_.topRightCorner<3, 3>();
  const Eigen::Matrix3d of_bias = covariance_.bottomRightCorner<3, 3>();
  const Eigen::Matrix3d moved = leak * cross.transpose();
  covariance_.topLeftCorner<3, 3>() += moved + moved.transpose() + leak * of_bias * leak.transpose();
  covariance_.topRightCorner<3, 3>() += leak * of_bias;
  covariance_.bottomLeftCorner<3, 3>() = covariance_.topRightCorner<3, 3>().transpose();
  covariance_.diagonal().head<3>().array() += variance_of(options_.angular_velocity_noise_radps * dt);
  covariance_.diagonal().tail<3>().array() += variance_of(options_.bias_walk_radps_per_sqrt_s) * dt;
}

void ErrorStateFilter::measure(int index, double value, double variance) {
  const Vector6 column = covariance_.col(index);
  const Vector6 gain = column / (column[index] + variance);
  correct(gain * value);
  covariance_ -= gain * column.transpose();
  covariance_ = (0.5 * (covariance_ + covariance_.transpose())).eval();
}

void ErrorStateFilter::correct(const Vector6& error) {
  attitude_.q = (rotation_of(error.head<3>()) * attitude_.q).normalized();
  bias_ = bias_ + Vec3<Sensor>{error.tail<3>()};
}

Attitude ErrorStateFilter::step(const OrientationSample& sample) {
  const Vec3<Sensor>& a = sample.acceleration_mps2;
  const Vec3<Sensor>& w = sample.angular_velocity_radps;
  if (!sample.is_finite()) return attitude_;
  const bool resting = rest_.step(a, w);
  if (!started_) {
    if (!(a.norm() > 1)) return attitude_;
    start(a);
  } else {
    predict(w);
  }
  const double distrusted = options_.acceleration_distrust * std::abs(a.norm() - kGravityMps2);
  const double sd = (options_.acceleration_noise_mps2 + distrusted) / kGravityMps2;
  const auto tilt = [&] {
    return rotation_vector(Eigen::Quaterniond::FromTwoVectors(attitude_.q * a.v, Eigen::Vector3d::UnitY()));
  };
  if (a.norm() > 1) {
    measure(0, tilt().x(), variance_of(sd));
    measure(2, tilt().z(), variance_of(sd));
  }
  if (resting) {
    for (int axis = 0; axis < 3; ++axis) {
      measure(3 + axis, w.v[axis] - bias_.v[axis], variance_of(options_.rest_noise_radps));
    }
  }
  if (sample.magnetic_field) {
    const bool had_reference = magnetic_.has_reference();
    if (const auto error = magnetic_.step(attitude_ * *sample.magnetic_field)) {
      if (had_reference) {
        measure(1, error->value(), variance_of(options_.magnetic_noise_rad));
      } else {
        correct((Vector6() << 0, error->value(), 0, 0, 0, 0).finished());
      }
    }
  }
  return attitude_;
}

double ErrorStateFilter::tilt_sd_rad() const {
  return std::sqrt((covariance_(0, 0) + covariance_(2, 2)) / 2);
}

double ErrorStateFilter::heading_sd_rad() const {
  return std::sqrt(covariance_(1, 1));
}

}  // namespace reprise::engine

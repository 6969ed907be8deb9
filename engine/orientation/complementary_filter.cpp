// SPDX-License-Identifier: Apache-2.0
#include "engine/orientation/complementary_filter.h"

#include <algorithm>
#include <cmath>

#include "engine/signal/inertial.h"

namespace reprise::engine {
namespace {

double gain_of(Seconds time, Hertz rate) {
  return std::min(1.0, 1 / (time.value() * rate.value()));
}

}  // namespace

ComplementaryFilter::ComplementaryFilter(const ComplementaryFilterOptions& options)
    : options_(options), rest_(options.rate, options.rest), magnetic_(options.rate, options.magnetic) {}

void ComplementaryFilter::correct_tilt(const Vec3<Sensor>& acceleration_mps2) {
  const double away = std::abs(acceleration_mps2.norm() - kGravityMps2);
  if (away > options_.max_gravity_error_mps2) return;
  const auto error =
      Eigen::Quaterniond::FromTwoVectors((attitude_ * acceleration_mps2).v, Eigen::Vector3d::UnitY());
  const double gain = gain_of(options_.tilt_time, options_.rate);
  attitude_.q = (rotation_of(rotation_vector(error) * gain) * attitude_.q).normalized();
}

void ComplementaryFilter::correct_heading(const Vec3<Sensor>& magnetic_field) {
  const bool first = !magnetic_.has_reference();
  const auto error = magnetic_.step(attitude_ * magnetic_field);
  if (!error) return;
  const double gain = first ? 1 : gain_of(options_.heading_time, options_.rate);
  attitude_.q = (rotation_of({0, error->value() * gain, 0}) * attitude_.q).normalized();
}

Attitude ComplementaryFilter::step(const OrientationSample& sample) {
  if (!sample.is_finite()) return attitude_;
  if (rest_.step(sample.acceleration_mps2, sample.angular_velocity_radps)) {
    const Vec3<Sensor> error = rest_.mean_angular_velocity() - bias_;
    bias_ = bias_ + error * gain_of(options_.bias_time, options_.rate);
  }
  if (started_) {
    attitude_ = turned(attitude_, sample.angular_velocity_radps - bias_, period(options_.rate));
    correct_tilt(sample.acceleration_mps2);
  } else if (sample.acceleration_mps2.norm() > 1) {
    attitude_ = attitude_of_up(sample.acceleration_mps2);
    started_ = true;
  }
  if (started_ && sample.magnetic_field) correct_heading(*sample.magnetic_field);
  return attitude_;
}

}  // namespace reprise::engine

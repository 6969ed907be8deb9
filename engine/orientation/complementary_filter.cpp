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

Attitude ComplementaryFilter::step(const OrientationSample& sample) {
  const Vec3<Sensor>& a = sample.acceleration_mps2;
  const Vec3<Sensor>& w = sample.angular_velocity_radps;
  if (!a.v.allFinite() || !w.v.allFinite()) return attitude_;
  const bool resting = rest_.step(a, w);
  if (resting)
    bias_ = bias_ + (rest_.mean_angular_velocity() - bias_) * gain_of(options_.bias_time, options_.rate);

  const bool first = !started_;
  if (first) {
    if (!(a.norm() > 1)) return attitude_;
    attitude_ = attitude_of_up(a);
    started_ = true;
  } else {
    attitude_ = turned(attitude_, w - bias_, period(options_.rate));
    if (std::abs(a.norm() - kGravityMps2) <= options_.max_gravity_error_mps2) {
      const auto error = Eigen::Quaterniond::FromTwoVectors(attitude_.q * a.v, Eigen::Vector3d::UnitY());
      const double gain = gain_of(options_.tilt_time, options_.rate);
      attitude_.q = (rotation_of(rotation_vector(error) * gain) * attitude_.q).normalized();
    }
  }
  if (!sample.magnetic_field) return attitude_;
  const bool had_reference = magnetic_.has_reference();
  if (const auto error = magnetic_.step(attitude_ * *sample.magnetic_field)) {
    const double gain = had_reference ? gain_of(options_.heading_time, options_.rate) : 1;
    attitude_.q = (rotation_of({0, error->value() * gain, 0}) * attitude_.q).normalized();
  }
  return attitude_;
}

}  // namespace reprise::engine

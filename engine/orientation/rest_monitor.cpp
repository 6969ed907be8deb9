// SPDX-License-Identifier: Apache-2.0
#include "engine/orientation/rest_monitor.h"

#include <algorithm>

namespace reprise::engine {

RestMonitor::RestMonitor(Hertz rate, const RestMonitorOptions& options)
    : options_(options),
      dt_s_(period(rate).value()),
      gain_(std::min(1.0, period(rate) / options.averaging)) {}

bool RestMonitor::step(const Vec3<Sensor>& acceleration_mps2, const Vec3<Sensor>& angular_velocity_radps) {
  if (!started_) {
    mean_acceleration_ = acceleration_mps2;
    mean_angular_velocity_ = angular_velocity_radps;
    started_ = true;
  }
  const Vec3<Sensor> a = acceleration_mps2 - mean_acceleration_;
  const Vec3<Sensor> w = angular_velocity_radps - mean_angular_velocity_;
  mean_acceleration_ = mean_acceleration_ + a * gain_;
  mean_angular_velocity_ = mean_angular_velocity_ + w * gain_;
  acceleration_variance_ += gain_ * (a.v.squaredNorm() - acceleration_variance_);
  angular_velocity_variance_ += gain_ * (w.v.squaredNorm() - angular_velocity_variance_);
  const auto squared = [](double x) { return x * x; };
  const bool still = acceleration_variance_ <= squared(options_.max_acceleration_sd_mps2) &&
                     angular_velocity_variance_ <= squared(options_.max_angular_velocity_sd_radps) &&
                     mean_angular_velocity_.norm() <= options_.max_bias_radps;
  still_s_ = still ? still_s_ + dt_s_ : 0;
  return at_rest();
}

}  // namespace reprise::engine

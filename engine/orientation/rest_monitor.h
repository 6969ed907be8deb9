// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/frames.h"
#include "base/units.h"

namespace reprise::engine {

/// Unsourced defaults, those of RestOptions (engine/orientation/rest.h); the angular velocity's is larger,
/// for a noisy gyroscope of a phone.
struct RestMonitorOptions {
  Seconds averaging{0.25};
  Seconds shortest{0.5};  ///< still for so long before it counts as rest
  double max_acceleration_sd_mps2 = 0.2;
  double max_angular_velocity_sd_radps = 0.05;
  double max_bias_radps = 0.175;
};

/// Whether a sensor rests, live: exponential averages of both signals and their squared deviations, in place
/// of the moving window of find_rests.
class RestMonitor {
 public:
  explicit RestMonitor(Hertz rate, const RestMonitorOptions& options = {});

  /// True while it rests, this sample included. Precondition: finite samples.
  bool step(const Vec3<Sensor>& acceleration_mps2, const Vec3<Sensor>& angular_velocity_radps);

  [[nodiscard]] bool at_rest() const { return still_s_ >= options_.shortest.value(); }
  [[nodiscard]] const Vec3<Sensor>& mean_angular_velocity() const { return mean_angular_velocity_; }

 private:
  RestMonitorOptions options_;
  double dt_s_ = 0;
  double gain_ = 1;
  Vec3<Sensor> mean_acceleration_;
  Vec3<Sensor> mean_angular_velocity_;
  double acceleration_variance_ = 0;
  double angular_velocity_variance_ = 0;
  double still_s_ = 0;
  bool started_ = false;
};

}  // namespace reprise::engine

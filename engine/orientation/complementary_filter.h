// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/units.h"
#include "engine/orientation/attitude.h"
#include "engine/orientation/magnetic_heading.h"
#include "engine/orientation/orientation_sample.h"
#include "engine/orientation/rest_monitor.h"

namespace reprise::engine {

struct ComplementaryFilterOptions {
  Hertz rate{100};
  Seconds tilt_time{2};     ///< in which gravity corrects the tilt. Unsourced default
  Seconds heading_time{5};  ///< in which the magnetic field corrects the heading. Unsourced default
  Seconds bias_time{1};     ///< in which the gyroscope's bias is learnt at rest. Unsourced default
  /// An acceleration whose size is further from gravity is ignored. Unsourced default; wide, because a narrow
  /// gate biases the tilt where horizontal and vertical acceleration are related.
  double max_gravity_error_mps2 = 3;
  RestMonitorOptions rest;
  MagneticHeadingOptions magnetic;
};

/// Attitude of an inertial sensor, live, one sample a step: the gyroscope integrated, with a slow turn
/// towards gravity and, with a magnetometer, magnetic north. Like the filter of Madgwick et al. 2011 (as
/// gaitmap's MadgwickAHRS documents it) in two respects: the gyroscope leads, and gravity corrects. Unlike
/// it, the turn is proportional to the error (first order with a time constant), the magnetic field moves the
/// heading alone, and accelerated samples are left out. The bias is learnt while the sensor rests.
class ComplementaryFilter {
 public:
  explicit ComplementaryFilter(const ComplementaryFilterOptions& options = {});

  /// The attitude after this sample; the first sample's gravity sets it. A sample that is not finite is
  /// ignored: the last attitude is repeated.
  Attitude step(const OrientationSample& sample);

  [[nodiscard]] const Attitude& attitude() const { return attitude_; }
  [[nodiscard]] const Vec3<Sensor>& gyroscope_bias_radps() const { return bias_; }
  [[nodiscard]] bool at_rest() const { return rest_.at_rest(); }
  /// The magnetic field differs from that learnt before (iron, a motor), and is ignored.
  [[nodiscard]] bool magnetically_disturbed() const { return magnetic_.disturbed(); }

 private:
  void correct_tilt(const Vec3<Sensor>& acceleration_mps2);
  void correct_heading(const Vec3<Sensor>& magnetic_field);

  ComplementaryFilterOptions options_;
  RestMonitor rest_;
  MagneticHeading magnetic_;
  Attitude attitude_;
  Vec3<Sensor> bias_;
  bool started_ = false;
};

}  // namespace reprise::engine

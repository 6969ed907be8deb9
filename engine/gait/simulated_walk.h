// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests: a foot that walks on level ground with known strides.

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/orientation/simulated_sensor.h"

namespace reprise::engine::test {

/// From 0 at 0 to 1 at 1 with the least jerk (velocity and acceleration 0 at both ends).
inline double minimum_jerk(double s) {
  s = std::clamp(s, 0.0, 1.0);
  return s * s * s * (10 - 15 * s + 6 * s * s);
}

struct SimulatedWalk {
  double rest_s = 2;  ///< standing before and after
  double stride_time_s = 1.1;
  double stride_length_m = 1.3;
  double lift_m = 0.12;
  double pitch_scale = 1;  ///< of the foot's turn
  int strides = 10;
  int turning_stride = -1;  ///< that turns by a right angle to the left; -1: none
  double start_s = 0;       ///< the other foot begins half a stride later

  // Events as shares of a stride that begins with heel rise.
  static constexpr double kHeelRise = 0.05, kTerminalContact = 0.16, kToeUp = 0.27, kInitialContact = 0.55,
                          kFlat = 0.65;

  [[nodiscard]] double begin_of(int stride) const { return rest_s + start_s + stride * stride_time_s; }
  [[nodiscard]] double initial_contact_s(int stride) const {
    return begin_of(stride) + kInitialContact * stride_time_s;
  }
  /// The fastest plantarflexion: the middle between heel rise and the toes' lift.
  [[nodiscard]] double terminal_contact_s(int stride) const {
    return begin_of(stride) + (kHeelRise + kToeUp) / 2 * stride_time_s;
  }
  [[nodiscard]] Seconds duration() const { return Seconds{2 * rest_s + strides * stride_time_s}; }

  [[nodiscard]] static double pitch_rad(double share) {
    return -1.0 * minimum_jerk((share - kHeelRise) / (kToeUp - kHeelRise)) +
           1.4 * minimum_jerk((share - kToeUp) / (kInitialContact - kToeUp)) -
           0.4 * minimum_jerk((share - kInitialContact) / (kFlat - kInitialContact));
  }

  [[nodiscard]] BodyPose operator()(double t) const {
    BodyPose pose;
    double heading = 0;
    double pitch = 0;
    for (int i = 0; i < strides; ++i) {
      const double share = (t - begin_of(i)) / stride_time_s;
      if (share < 0) break;
      const double travel = minimum_jerk((share - 0.12) / (kInitialContact + 0.02 - 0.12));
      pose.position_m +=
          about(Eigen::Vector3d::UnitY(), heading) * Eigen::Vector3d(stride_length_m * travel, 0, 0);
      pose.position_m.y() += lift_m * 16 * travel * travel * (1 - travel) * (1 - travel);
      if (i == turning_stride) heading += kPi / 2 * travel;
      pitch = pitch_scale * pitch_rad(share);
    }
    pose.attitude = about(Eigen::Vector3d::UnitY(), heading) * about(Eigen::Vector3d::UnitZ(), pitch);
    return pose;
  }

  [[nodiscard]] InertialSamples record(const SimulatedSensor& sensor = {}, Hertz rate = Hertz{100}) const {
    return simulate(*this, duration(), rate, sensor);
  }
};

}  // namespace reprise::engine::test

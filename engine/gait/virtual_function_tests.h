// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/gait/virtual_lower_back.h"

// Simulated tests of function: truth for tests. Nothing here is a person's.
namespace reprise::engine::virtual_lower_back {

/// A simulated test: when each phase starts and ends.
struct TugTruth {
  double rise_start = 2.5, rise_end = 4.3;
  double turn_start = 7.2, turn_end = 9.4;
  double turn_to_sit_start = 12.2, turn_to_sit_end = 14.0;
  double sit_start = 14.0, sit_end = 16.0;
  double side = 1;  ///< 1: turns to the left

  [[nodiscard]] Trajectory trajectory() const {
    const TugTruth truth = *this;
    return [truth](double t) { return truth.at(t); };
  }

 private:
  /// From 0 over `flexion` to 0 while bending and straightening; the most is at 45 % of the time.
  static double bent(double t, double start, double end) {
    const double middle = start + 0.45 * (end - start);
    return smooth_step(t, start, middle) - smooth_step(t, middle, end);
  }

  [[nodiscard]] Pelvis at(double t) const {
    Pelvis pelvis;
    const double standing =
        smooth_step(t, rise_start + 0.5, rise_end) - smooth_step(t, sit_start, sit_end - 0.2);
    pelvis.position_m.y() = 0.45 * standing;
    pelvis.heading_rad =
        side * kPi *
        (smooth_step(t, turn_start, turn_end) + smooth_step(t, turn_to_sit_start, turn_to_sit_end));
    // Sitting, the pelvis is tilted back by 15 degrees.
    const double half_rise = rise_start + 0.45 * (rise_end - rise_start);
    const double half_sit = sit_start + 0.45 * (sit_end - sit_start);
    const double sitting = 1 - smooth_step(t, rise_start, half_rise) + smooth_step(t, half_sit, sit_end);
    pelvis.flexion_rad =
        -0.26 * sitting + 0.6 * (bent(t, rise_start, rise_end) + bent(t, sit_start, sit_end));
    pelvis.position_m.x() = 0.25 * smooth_step(t, rise_start + 0.3, rise_end) +
                            3 * (smooth_step(t, rise_end - 0.3, turn_start + 0.8) -
                                 smooth_step(t, turn_end - 0.8, turn_to_sit_start + 0.8)) -
                            0.25 * smooth_step(t, sit_start, sit_end);
    Gait gait;
    gait.start_s = rise_end;
    gait.steps = (sit_start - rise_end) * gait.steps_per_s;
    gait.add_to(pelvis, t);
    return pelvis;
  }
};

/// Rises of 0.45 m in 1.4 s, the first at `start_s`, sitting down again 1 s after, one every `cycle_s`.
inline Trajectory chair(int rises, double start_s, double cycle_s) {
  return [=](double t) {
    Pelvis pelvis;
    for (int i = 0; i < rises; ++i) {
      const double at = start_s + cycle_s * i;
      const double up = smooth_step(t, at, at + 1.4) - smooth_step(t, at + 2, at + 3.4);
      pelvis.position_m.y() += 0.45 * up;
      pelvis.position_m.x() += 0.2 * up;
      pelvis.flexion_rad += -0.15 / rises + 0.15 * up + 0.6 * 4 * up * (1 - up);
    }
    return pelvis;
  };
}

/// Walks from 2 s on, turns every 20 s, and rests from 60 to 70 s after the start if asked to.
inline Trajectory back_and_forth(double duration_s, bool rests) {
  return [=](double t) {
    Pelvis pelvis;
    for (int i = 1; 20 * i < duration_s; ++i) {
      pelvis.heading_rad += (i % 2 == 0 ? -1 : 1) * kPi * smooth_step(t, 20 * i + 1, 20 * i + 3);
    }
    Gait gait;
    gait.steps = duration_s * gait.steps_per_s;
    Pelvis moving = pelvis;
    gait.add_to(moving, t);
    if (!rests) return moving;
    const double still = smooth_step(t, 66, 66.5) - smooth_step(t, 75.5, 76);
    moving.position_m = (1 - still) * moving.position_m;
    moving.heading_rad = (1 - still) * moving.heading_rad + still * pelvis.heading_rad;
    return moving;
  };
}

}  // namespace reprise::engine::virtual_lower_back

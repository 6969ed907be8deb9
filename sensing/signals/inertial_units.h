// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/units.h"
#include "engine/signal/resample.h"
#include "sensing/signals/signal_recording.h"

namespace reprise::sensing {

/// Three axes of one sensor in the file's unit, and the runs in which all of them are there.
struct SensorAxes {
  std::array<const std::vector<double>*, 3> axes = {};
  std::string unit;  ///< UCUM, as the file says; may be empty
};

/// The factor to m/s2: the unit that the file says, unless gravity contradicts it: the median length of the
/// vector is 1 g in everyday movement (0.7 to 1.4 g here; unsourced limits). Where the file says no unit,
/// gravity tells it. Adds the decision, or that no gravity is seen, to
/// `findings`.
[[nodiscard]] double acceleration_factor(const SensorAxes& acceleration,
                                         const std::vector<engine::SampleRange>& runs,
                                         const std::string& sensor, std::vector<SignalFinding>& findings);

/// The factor to rad/s. While a sensor turns slowly, gravity turns in its axes against the angular velocity:
/// da/dt = -w x a. The slope of that relation, over windows of a quarter of a second, is 1 for rad/s and
/// pi/180 for deg/s; it contradicts the file where it is clear (correlation above 0.5), and a clear negative
/// one (below -0.7) says that the axes of the two sensors disagree. Otherwise the file's unit, or, without
/// one, the magnitude: above 20 at the 99th percentile means deg/s, above 40 whatever else. Limits are
/// unsourced.
[[nodiscard]] double angular_velocity_factor(const SensorAxes& acceleration,
                                             const SensorAxes& angular_velocity,
                                             const std::vector<engine::SampleRange>& runs, Hertz rate,
                                             const std::string& sensor, std::vector<SignalFinding>& findings);

struct RotationAgreement {
  double slope = 0;        ///< of the turning of gravity on the angular velocity
  double correlation = 0;  ///< -1 to 1
};

/// How the turning of gravity and the angular velocity agree; empty: too little movement or too short.
[[nodiscard]] std::optional<RotationAgreement> rotation_agreement(
    const SensorAxes& acceleration, const SensorAxes& angular_velocity,
    const std::vector<engine::SampleRange>& runs, Hertz rate);

}  // namespace reprise::sensing

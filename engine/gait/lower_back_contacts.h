// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "base/side.h"
#include "base/units.h"
#include "engine/signal/inertial.h"
#include "engine/signal/resample.h"

namespace reprise::engine {

/// A foot strikes the ground.
struct FootContact {
  Seconds time;                             ///< after the recording's first sample
  std::optional<Side> side = std::nullopt;  ///< empty without a gyroscope, or if the sensor swings
};

/// Unsourced defaults unless a source is given.
struct LowerBackContactOptions {
  Hertz low{0.6};  ///< of the step band
  Hertz high{3};
  /// A contact's peak is at least this share of the bout's median peak.
  double min_peak_share = 0.25;
  /// Of two peaks closer than this share of the bout's median interval, the higher is the contact.
  double min_interval_share = 0.55;
  /// The band in which the pelvis turns with the legs; Ullrich et al. 2021, as mobgap's LrcMcCamley has it.
  Hertz yaw_low{0.5};
  Hertz yaw_high{2};
  /// What it costs two contacts in a row to be of one foot, in median yaw rates.
  double same_side_cost = 1.5;
};

/// Returns the initial contacts of a walking bout, in order: peaks of the vertical acceleration in the step
/// band. McCamley et al. 2012 smooth the same acceleration by integrating it and differentiating by a wavelet
/// (as mobgap's IcdIonescu describes it). On the tuning recordings these peaks lie 0.03 s after the optical
/// contacts; that is not corrected. The side is the sign of the yaw rate at the contact, as McCamley et al.
/// 2012 (a pelvis that turns left: right foot); where single signs contradict the alternation of the feet,
/// the likelier alternation is taken. A sensor that swings with a limb (limb_swing.h) has contacts around
/// twice its stride rate, and no sides. `bout` within the recording, its margins of 2 s are looked at too.
/// Empty if there is no peak. Errors: as find_walking_bouts; invalid_argument (a bout outside the recording).
[[nodiscard]] Result<std::vector<FootContact>> find_lower_back_contacts(
    const InertialView& samples, SampleRange bout, const LowerBackContactOptions& options = {});

}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/result.h"
#include "engine/gait/limb_swing.h"
#include "engine/gait/lower_back_contacts.h"
#include "engine/signal/inertial.h"
#include "engine/signal/resample.h"

namespace reprise::engine::detail {

/// One walking bout with margins, upright.
struct BoutSignals {
  InertialView samples;    ///< the bout and its margins
  std::size_t offset = 0;  ///< of the first one in the recording
  SampleRange inside;      ///< the bout without margins, counted from `offset`
  std::vector<Vec3<Sensor>> up;
  std::vector<double> vertical_mps2;
  std::optional<LimbSwing> swing = std::nullopt;  ///< of a sensor that does not move with the trunk
};

/// Cuts a bout out with margins of 2 s, so that filters settle, and finds up by the accelerometer alone, so
/// that a recording with and without a gyroscope has the same contacts and lengths. Errors: as
/// find_lower_back_contacts.
[[nodiscard]] Result<BoutSignals> bout_signals(const InertialView& samples, SampleRange bout);

/// As find_lower_back_contacts.
[[nodiscard]] Result<std::vector<FootContact>> contacts_in(const BoutSignals& bout,
                                                           const LowerBackContactOptions& options);

}  // namespace reprise::engine::detail

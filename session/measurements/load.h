// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "engine/balance/weight_bearing.h"
#include "session/measurements/measurement_builder.h"

namespace reprise::session {

/// The load under one foot, sample by sample.
struct FootLoadSamples {
  std::vector<std::optional<double>> force_n;  ///< vertical; empty: the foot is not measured
  std::vector<std::optional<engine::CopPoint>> cop =
      {};  ///< in the foot's or the plate's axes; as many, or none

  [[nodiscard]] engine::FootForceView view() const { return {force_n, cop}; }
};

/// Both feet at one rate, from the same time on.
struct FeetLoad {
  Hertz rate{100};
  FootLoadSamples left, right;

  /// Makes both feet as long as the longer; the added samples are missing.
  void align();
};

struct LoadOptions {
  double body_mass_kg = 0;                 ///< required
  std::optional<double> limit_share = {};  ///< prescribed limit, share of the body's weight
  std::optional<Side> limited = {};        ///< the foot that it holds for; empty: both
};

/// Measures walking by the load under the feet: contacts, strides and steps, loads and loading rates, how the
/// feet share the weight, the way of the center of pressure, and the load against a prescribed limit. Errors:
/// as engine::weight_bearing; nothing_measured (no foot, or no contact).
[[nodiscard]] Result<MeasurementDocument> measure_load(const MeasurementInput& input, FeetLoad feet,
                                                       const LoadOptions& options);

}  // namespace reprise::session

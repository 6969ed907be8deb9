// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/muscle/emg_filter.h"
#include "session/measurements/measurement_builder.h"

namespace reprise::session {

/// A raw recording of one muscle.
struct MuscleRecording {
  std::string part;  ///< the muscle, as the recording names it; empty for a single one
  std::optional<Side> side = std::nullopt;
  Hertz rate{1000};
  std::vector<double> samples_v;
  /// A recording of its maximum or reference contraction; empty: amplitudes stay in volts.
  std::vector<double> reference_v = {};
};

/// Measures contractions, amplitudes and fatigue of each muscle, and compares both sides of one. A muscle
/// whose signal is flat or too short is listed as not measured beside others. Errors: as engine::emg_bursts;
/// nothing_measured (no recording, or of no muscle a signal).
[[nodiscard]] Result<MeasurementDocument> measure_muscles(const MeasurementInput& input,
                                                          std::span<const MuscleRecording> muscles,
                                                          const engine::EmgFilterOptions& options = {});

}  // namespace reprise::session

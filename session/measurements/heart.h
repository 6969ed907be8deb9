// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "engine/heart/rr_intervals.h"
#include "session/measurements/measurement_builder.h"

namespace reprise::session {

/// One lead of an electrocardiogram, or an unbroken part of one.
struct EcgLead {
  Hertz rate{250};
  std::vector<double> samples_mv;
  Seconds start{0};  ///< on the recording's clock
};

/// Measures heart rate, its variability and the quality of both from a lead. `end_of_effort`: where exercise
/// stopped, for the recovery. Errors: as engine::detect_qrs; nothing_measured (no heartbeats).
[[nodiscard]] Result<MeasurementDocument> measure_ecg(const MeasurementInput& input, const EcgLead& lead,
                                                      std::optional<Seconds> end_of_effort = std::nullopt);

/// The same from the parts of a lead between gaps, in order of time. Beats are looked for in each by itself,
/// no interval and no window of variability reaches across a gap, and how much was measured is said.
[[nodiscard]] Result<MeasurementDocument> measure_ecg(const MeasurementInput& input,
                                                      std::span<const EcgLead> parts,
                                                      std::optional<Seconds> end_of_effort = std::nullopt);

/// The same from intervals between beats, as a chest strap or an annotated recording gives them. Errors:
/// nothing_measured (no intervals).
[[nodiscard]] Result<MeasurementDocument> measure_intervals(
    const MeasurementInput& input, std::span<const engine::RrInterval> intervals,
    std::optional<Seconds> end_of_effort = std::nullopt);

}  // namespace reprise::session

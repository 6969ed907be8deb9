// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/gait/lower_back_bout.h"

namespace reprise::engine {

struct StepLengthOptions {
  std::optional<Meters> sensor_height = std::nullopt;  ///< above the ground when standing, 0.4 to 1.5 m
  std::optional<Meters> body_height = std::nullopt;  ///< 0.8 to 2.5 m; used if the sensor's height is missing
  /// Of the model's length; 4.587 / 4 is the default of mobgap's SlZijlstra, fitted to people with multiple
  /// sclerosis.
  double scale = 4.587 / 4;
  Hertz drift_cutoff{1};  ///< of the vertical speed (same source)
};

/// Returns the sensor's height that lengths are computed with; empty if no height is known. Without the
/// sensor's own height: 0.60 of the body's, the mean of the three participants of Mobilise-D's example data
/// (0.58 to 0.62, participant_metadata.json), which changes lengths by up to 2 %. No height is assumed:
/// lengths grow with its root. Errors: invalid_argument (out of range).
[[nodiscard]] Result<std::optional<Meters>> pendulum_height(const StepLengthOptions& options);

namespace detail {

/// Returns the length in meters of each step between two neighboring contacts, by the inverted pendulum of
/// Zijlstra & Hof 2003 in the version of Soltani et al. 2021, as mobgap's SlZijlstra describes it: length =
/// scale * 2 sqrt(2 h d - d^2), with d the range of the vertical displacement in the step. The displacement
/// is the vertical acceleration integrated twice, speeds below `drift_cutoff` removed. We filter without
/// delay, the source with a delay, and we leave its smoothing over steps out. Curved and very short steps
/// come out too long: the model knows level, straight gait. `contacts` in order, inside the bout. Errors:
/// invalid_argument, nothing_measured.
[[nodiscard]] Result<std::vector<double>> step_lengths_m(const BoutSignals& bout,
                                                         std::span<const FootContact> contacts, Meters height,
                                                         const StepLengthOptions& options);

}  // namespace detail

}  // namespace reprise::engine

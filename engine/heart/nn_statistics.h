// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "engine/heart/rr_intervals.h"

namespace reprise::engine::detail {

/// Refuses a duration that is not finite or not above 0.
[[nodiscard]] Result<void> check_nn(std::span<const NnInterval> nn, std::string_view stage);

/// The durations in seconds of the intervals that are not corrected; of all.
[[nodiscard]] std::vector<double> measured_s(std::span<const NnInterval> nn);
[[nodiscard]] std::vector<double> durations_s(std::span<const NnInterval> nn);

/// Precondition: not empty.
[[nodiscard]] double mean(std::span<const double> values);
/// With n - 1; 0 of fewer than two values.
[[nodiscard]] double standard_deviation(std::span<const double> values);

}  // namespace reprise::engine::detail

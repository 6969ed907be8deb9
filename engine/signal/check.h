// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "base/result.h"
#include "base/units.h"

namespace reprise::engine::detail {

/// Refuses fewer than `at_least` samples and any that is NaN or infinite. `stage` names the step in the
/// error.
[[nodiscard]] Result<void> check_samples(std::span<const double> samples, std::size_t at_least,
                                         std::string_view stage);

/// Refuses a rate that is not a positive, finite number.
[[nodiscard]] Result<void> check_rate(Hertz rate, std::string_view stage);

/// Refuses times that are not finite or do not rise strictly, and a count that differs from the values'.
[[nodiscard]] Result<void> check_times(std::span<const double> times_s, std::size_t value_count,
                                       std::string_view stage);

}  // namespace reprise::engine::detail

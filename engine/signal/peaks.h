// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"

namespace reprise::engine {

struct Peak {
  std::size_t index = 0;
  double height = 0;
  double prominence = 0;     ///< how far one must go down, at least, to reach something higher
  double width_samples = 0;  ///< at half the prominence, crossings interpolated
};

struct PeakOptions {
  std::optional<double> min_height = std::nullopt;  ///< unit of the samples
  double min_prominence = 0;                        ///< unit of the samples
  std::size_t min_distance = 1;                     ///< samples; of two closer ones the higher stays
  double min_width_samples = 0;
};

/// Local maxima, in order of time. A plateau counts once, at its middle (rounded down); a rise that has not
/// come down by the end of the signal is no peak. For minima, negate the samples.
/// Errors: invalid_argument (a sample that is not finite). Fewer than three samples have no peak.
[[nodiscard]] Result<std::vector<Peak>> find_peaks(std::span<const double> samples,
                                                   const PeakOptions& options = {});

}  // namespace reprise::engine

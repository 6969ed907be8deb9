// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/units.h"

namespace reprise::report {

/// A stretch of samples without a gap.
struct Trace {
  std::vector<double> times_s;
  std::vector<double> values;
};

struct TraceOptions {
  Seconds from{0};
  Seconds to{0};
  std::size_t columns = 800;  ///< of the picture; longer recordings are reduced to this many
  Seconds longest_step{1.0};  ///< frames farther apart than this have a gap between them
};

/// The samples within [from, to], cut at gaps (missing or not finite, or no frame for long). Where there are
/// more than two for each column, a column keeps its first, lowest, highest and last sample in order of time,
/// so that no extreme is hidden.
[[nodiscard]] std::vector<Trace> traces(std::span<const Seconds> times,
                                        std::span<const std::optional<double>> values,
                                        const TraceOptions& options);

}  // namespace reprise::report

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "sensing/signals/signal_recording.h"

namespace reprise::sensing {

// Unsourced defaults.
struct EvenGridOptions {
  std::optional<Hertz> rate = std::nullopt;  ///< empty: the rate that the times show
  Seconds max_gap{0.1};         ///< neighbors further apart (and more than 1.6 samples) are not joined
  Seconds split_gap{6 * 3600};  ///< a longer gap begins a new group
};

/// Brings samples with times of their own to an even rate by linear interpolation between neighbors; where
/// the times already lie on such a grid, within a fifth of a sample, the samples stay as they are.
/// `times_s`: one per row, NaN: not known; in any order. `columns`: one value per row, NaN: missing. Repeated
/// times keep their first row, or are spread evenly where the clock is coarser than the samples; a clock that
/// is set back goes on with the next sample. All of that, gaps and a rate that drifts are said in `findings`.
/// Returns at least one group. Errors: nothing_measured (fewer than two different times), unsupported (the
/// grid would have more than `kMaxSignalValues` values).
[[nodiscard]] Result<std::vector<SignalGroup>> even_groups(std::vector<double> times_s,
                                                           std::vector<SignalChannel> columns,
                                                           const EvenGridOptions& options,
                                                           std::vector<SignalFinding>& findings);

/// The same for rows that follow each other at `rate` from `start`: only NaN becomes missing. `columns` have
/// equally many values.
[[nodiscard]] SignalGroup even_group(std::vector<SignalChannel> columns, Hertz rate, Seconds start,
                                     const EvenGridOptions& options);

}  // namespace reprise::sensing

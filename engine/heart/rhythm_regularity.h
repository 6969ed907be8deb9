// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

#include "base/result.h"
#include "engine/heart/rr_intervals.h"

namespace reprise::engine {

struct RhythmOptions {
  std::size_t window = 64;  ///< intervals looked at together, at least 16; windows overlap by half
  /// The median of the successive differences' sizes, as a share of the median interval. Unsourced default:
  /// above resting sinus rhythm, below fibrillation.
  double largest_difference = 0.065;
  /// The share of intervals that are longer or shorter than both neighbors: 2/3 in independent numbers, less
  /// where breathing speeds and slows the heart. Unsourced default.
  double largest_turning_share = 0.54;
  double irregular_windows = 0.5;  ///< more of the windows: the whole is irregular. Unsourced default
};

struct RhythmRegularity {
  /// The intervals follow no sinus rhythm and say nothing about heart rate variability. A hint about the
  /// intervals, not a diagnosis: fibrillation, frequent extra beats and poor contact look alike here.
  bool irregular = false;
  double irregular_share = 0;  ///< of the windows
};

/// Returns how regular a series of intervals is, from the size of successive differences and the share of
/// turning points, window by window; gaps part the series, kinds other than gap do not matter. A median,
/// because a few ectopic beats leave the rest usable. Errors: nothing_measured (no stretch without a gap has
/// a whole window), invalid_argument (options).
[[nodiscard]] Result<RhythmRegularity> rhythm_regularity(std::span<const RrInterval> intervals,
                                                         const RhythmOptions& options = {});

}  // namespace reprise::engine

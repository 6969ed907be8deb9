// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/signal/smooth_track.h"

namespace reprise::engine {

struct OutlierOptions {
  double deviations = 4;    ///< so many robust standard deviations off is an outlier. Unsourced default
  double least_off = 0.04;  ///< in the signal's unit: nothing nearer than this is one. Unsourced default
};

/// Replaces samples that jump away and back for one or two samples. Each is compared with the middle of its
/// neighbors one, two and three samples away on both sides (the median of the three means, so that neither
/// speed nor a second outlier beside it misleads), against the median absolute deviation of the samples
/// around. Evenly spaced samples are assumed. Samples with fewer than two pairs of neighbors, and gaps,
/// stay.
[[nodiscard]] SignalWithGaps replace_outliers(const SignalWithGaps& signal,
                                              const OutlierOptions& options = {});

}  // namespace reprise::engine

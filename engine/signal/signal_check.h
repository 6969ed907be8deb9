// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "base/result.h"
#include "base/units.h"

namespace reprise::engine {

// Unsourced defaults.
struct SignalCheckOptions {
  Seconds flat_from{1};             ///< equal samples for this long are flat: detached, or the sensor stopped
  std::size_t clipped_samples = 3;  ///< equal samples at an extreme, at least
};

/// How far a signal can be trusted. Shares are of its samples, 0 to 1.
struct SignalCheck {
  bool constant = false;     ///< all samples are equal: an axis without a signal
  double flat_share = 0;     ///< in stretches of equal samples of at least `flat_from`
  double clipped_share = 0;  ///< in plateaus at the largest or smallest value, reached by steep slopes
  std::size_t clipped_plateaus = 0;
  /// The share of the variance above 1 Hz within 1 Hz of the mains frequency, above the level beside it.
  /// Empty: the rate or the length does not show it.
  std::optional<double> mains_share;
  Hertz mains{50};  ///< 50 or 60 Hz, the one with the larger share
};

/// Checks one unbroken stretch of a signal for saturation, flat stretches and mains hum. A plateau at an
/// extreme counts as clipped if one of the two steps before or after it is larger than one and a half steps
/// of the converter (the smallest difference between neighbors), so that the rounded top of a slow signal
/// does not count. The mains hum is seen from 4 s and 125 samples a second on, by Welch's method
/// (spectrum.h), whose segments of at least 2 s resolve 0.5 Hz. Errors: invalid_argument (rate, a sample that
/// is not finite), nothing_measured (fewer than 8 samples).
[[nodiscard]] Result<SignalCheck> check_signal(std::span<const double> samples, Hertz rate,
                                               const SignalCheckOptions& options = {});

}  // namespace reprise::engine

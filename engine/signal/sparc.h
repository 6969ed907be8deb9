// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "base/result.h"
#include "base/units.h"

namespace reprise::engine {

struct SparcOptions {
  Hertz max_frequency{10};            ///< nothing above is looked at
  double amplitude_threshold = 0.05;  ///< of the spectrum's maximum; the arc ends where it is last reached
  int pad_level = 4;  ///< the transform is 2^pad_level times the next power of two above the signal's length
};

/// Smoothness of a movement as the spectral arc length of its speed (SPARC; Balasubramanian,
/// Melendez-Calderon, Roby-Brami & Burdet 2015, doi 10.1186/s12984-015-0090-9; steps and defaults as in the
/// first author's published scripts, github siva82kb/SPARC). Dimensionless and negative: about -1.4 for one
/// smooth bell, lower with every sub-movement; the size of the movement does not matter. `speed` holds one
/// movement from rest to rest at an even rate.
/// Errors: invalid_argument, nothing_measured (fewer than 4 samples, or no movement).
[[nodiscard]] Result<double> sparc(std::span<const double> speed, Hertz sample_rate,
                                   const SparcOptions& options = {});

}  // namespace reprise::engine

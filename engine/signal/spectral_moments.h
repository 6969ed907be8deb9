// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/units.h"
#include "engine/signal/spectrum.h"

namespace reprise::engine {

struct SpectralMoments {
  Hertz mean_frequency{0};    ///< integral of f P over that of P
  Hertz median_frequency{0};  ///< half of the power lies below
  double power = 0;           ///< sum of the bins times their width, unit of the samples squared
};

/// The moments of a spectrum between two frequencies, bins at both limits included; empty if fewer than two
/// bins lie there or they hold no power. Integrals by trapezoids, as the mean power frequency of BMClab/BMC,
/// functions/psd.py. Deviation: the median is interpolated inside its trapezoid (theirs: the next bin).
[[nodiscard]] std::optional<SpectralMoments> spectral_moments(const PowerSpectrum& spectrum,
                                                              Hertz low = Hertz{0}, Hertz high = Hertz{1e12});

}  // namespace reprise::engine

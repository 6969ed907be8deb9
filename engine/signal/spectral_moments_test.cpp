// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/spectral_moments.h"

#include <gtest/gtest.h>

namespace reprise::engine {
namespace {

TEST(SpectralMoments, OfAFlatSpectrumLieInItsMiddle) {
  PowerSpectrum spectrum;
  for (int k = 0; k <= 100; ++k) {
    spectrum.frequency_hz.push_back(k);
    spectrum.density.push_back(2);
  }
  const auto moments = spectral_moments(spectrum);
  ASSERT_TRUE(moments);
  EXPECT_NEAR(moments->mean_frequency.value(), 50, 1e-12);
  EXPECT_NEAR(moments->median_frequency.value(), 50, 1e-12);
  EXPECT_NEAR(moments->power, 202, 1e-12);
  const auto band = spectral_moments(spectrum, Hertz{20}, Hertz{60});
  ASSERT_TRUE(band);
  EXPECT_NEAR(band->mean_frequency.value(), 40, 1e-12);
}

TEST(SpectralMoments, MedianIsInterpolatedInsideATrapezoid) {
  // A triangle from 0 at 0 Hz to 1 at 1 Hz: half of its area lies below sqrt(1/2).
  const PowerSpectrum spectrum{{0, 1}, {0, 1}};
  const auto moments = spectral_moments(spectrum);
  ASSERT_TRUE(moments);
  EXPECT_NEAR(moments->median_frequency.value(), 0.70710678, 1e-8);
}

TEST(SpectralMoments, EmptyWithoutPowerOrBins) {
  const PowerSpectrum silent{{0, 1, 2}, {0, 0, 0}};
  EXPECT_FALSE(spectral_moments(silent));
  const PowerSpectrum loud{{0, 1, 2}, {1, 1, 1}};
  EXPECT_FALSE(spectral_moments(loud, Hertz{5}));
  EXPECT_FALSE(spectral_moments(PowerSpectrum{}));
}

}  // namespace
}  // namespace reprise::engine

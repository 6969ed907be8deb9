// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/spectrum.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace reprise::engine {
namespace {

std::vector<double> sine(std::size_t n, double amplitude, double frequency_hz, double rate_hz) {
  std::vector<double> x(n);
  for (std::size_t i = 0; i < n; ++i) {
    x[i] = amplitude * std::sin(2 * kPi * frequency_hz * static_cast<double>(i) / rate_hz);
  }
  return x;
}

TEST(FourierTransform, AgreesWithTheDefinitionAtAnyLength) {
  for (const std::size_t n : {1U, 2U, 3U, 8U, 12U, 17U, 30U}) {
    std::vector<double> x(n);
    for (std::size_t i = 0; i < n; ++i) x[i] = std::sin(static_cast<double>(3 * i * i + 1));
    const auto bins = fourier_transform(x);
    ASSERT_TRUE(bins);
    ASSERT_EQ(bins->size(), n / 2 + 1) << n;
    for (std::size_t k = 0; k < bins->size(); ++k) {
      std::complex<double> sum = 0;
      for (std::size_t i = 0; i < n; ++i) {
        sum += x[i] * std::polar(1.0, -2 * kPi * static_cast<double>(k * i) / static_cast<double>(n));
      }
      EXPECT_NEAR(std::abs((*bins)[k] - sum), 0, 1e-12) << n << " " << k;
    }
  }
}

TEST(FourierTransform, PaddingSamplesTheSameSpectrumMoreFinely) {
  const auto x = sine(16, 1, 3, 16);
  const auto coarse = fourier_transform(x);
  const auto fine = fourier_transform(x, 64);
  ASSERT_TRUE(coarse && fine);
  for (std::size_t k = 0; k < coarse->size(); ++k) {
    EXPECT_NEAR(std::abs((*coarse)[k] - (*fine)[4 * k]), 0, 1e-12);
  }
}

TEST(Welch, IntegralOverFrequencyIsTheVariance) {
  // A sine of whole periods in each segment has the variance amplitude^2 / 2.
  auto x = sine(1024, 3, 5, 64);
  for (double& v : x) v += 10;
  const auto spectrum = welch(x, Hertz{64}, {.segment = 256});
  ASSERT_TRUE(spectrum);
  const double sum = std::accumulate(spectrum->density.begin(), spectrum->density.end(), 0.0);
  EXPECT_NEAR(sum * 64 / 256, 4.5, 1e-9);
}

TEST(DominantFrequency, IsFoundBetweenTheBins) {
  // 1.23 Hz lies between bins of 0.1 Hz; the parabola on a Hann window is good to a few hundredths of a bin.
  const auto spectrum = welch(sine(900, 1, 1.23, 30), Hertz{30}, {.segment = 300});
  ASSERT_TRUE(spectrum);
  const auto found = dominant_frequency(*spectrum, Hertz{0.3}, Hertz{5});
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->value(), 1.23, 0.003);
}

TEST(Spectrum, RefusesWhatCannotBe) {
  EXPECT_EQ(fourier_transform({}).error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(fourier_transform(std::vector<double>(8, 1.0), 4).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(welch(std::vector<double>(7, 1.0), Hertz{10}).error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(welch(std::vector<double>(70, 1.0), Hertz{10}, {.overlap = 1}).error().code,
            ErrorCode::invalid_argument);
  EXPECT_EQ(welch(std::vector<double>(70, NAN), Hertz{10}).error().code, ErrorCode::invalid_argument);
  const auto flat = welch(std::vector<double>(70, 1.0), Hertz{10});
  ASSERT_TRUE(flat);
  EXPECT_EQ(dominant_frequency(*flat, Hertz{1}, Hertz{2}).error().code, ErrorCode::nothing_measured);
}

}  // namespace
}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/smoothing_spline.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace reprise::engine {
namespace {

constexpr Hertz kRate{50};

/// White noise that is the same everywhere: a linear congruence, from -1 to 1.
std::vector<double> noise(std::size_t count) {
  std::vector<double> out;
  std::uint32_t state = 12345;
  for (std::size_t i = 0; i < count; ++i) {
    state = state * 1664525U + 1013904223U;
    out.push_back(static_cast<double>(state >> 8) / 8388608.0 - 1.0);
  }
  return out;
}

std::vector<double> wave(std::size_t count, double hertz) {
  std::vector<double> out;
  for (std::size_t i = 0; i < count; ++i)
    out.push_back(std::sin(2 * kPi * hertz * static_cast<double>(i) / kRate.value()));
  return out;
}

double rms(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return std::sqrt(sum / static_cast<double>(a.size()));
}

TEST(SmoothingSpline, LeavesAParabolaAlone) {
  std::vector<double> parabola;
  for (int i = 0; i < 40; ++i) parabola.push_back(0.3 * i * i - 2 * i + 7);
  const auto smooth = smoothing_spline(parabola, kRate, {.cutoff = Hertz{1}});
  ASSERT_TRUE(smooth);
  EXPECT_LT(rms(smooth->values, parabola), 1e-7) << "third differences of a parabola are 0";
}

// The gain of the equations far from the ends is 1 / (1 + (sin(pi f/r) / sin(pi fc/r))^6).
TEST(SmoothingSpline, PassesHalfAtItsCutoff) {
  const auto at_cutoff = smoothing_spline(wave(400, 5), kRate, {.cutoff = Hertz{5}});
  const auto below = smoothing_spline(wave(400, 2), kRate, {.cutoff = Hertz{5}});
  ASSERT_TRUE(at_cutoff && below);
  EXPECT_NEAR(at_cutoff->values[202] / wave(400, 5)[202], 0.5, 1e-3);
  EXPECT_GT(below->values[206] / wave(400, 2)[206], 0.99);
}

TEST(SmoothingSpline, ChoosesACutoffThatTakesTheNoiseAndLeavesTheMovement) {
  const std::vector<double> truth = wave(300, 1);
  std::vector<double> noisy = truth;
  const auto disturbance = noise(300);
  for (std::size_t i = 0; i < noisy.size(); ++i) noisy[i] += 0.1 * disturbance[i];
  const auto smooth = smoothing_spline(noisy, kRate);
  ASSERT_TRUE(smooth);
  EXPECT_GT(smooth->cutoff, Hertz{1});
  EXPECT_LT(smooth->cutoff, Hertz{6});
  EXPECT_LT(rms(smooth->values, truth), 0.35 * rms(noisy, truth));
}

TEST(SmoothingSpline, RefusesWhatItCannotSmooth) {
  const std::vector<double> good(20, 1.0);
  std::vector<double> bad = good;
  bad[4] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(smoothing_spline(bad, kRate));
  EXPECT_FALSE(smoothing_spline(std::vector<double>(7, 1.0), kRate));
  EXPECT_FALSE(smoothing_spline(good, kRate, {.order = 5}));
  EXPECT_FALSE(smoothing_spline(good, kRate, {.cutoff = Hertz{25}}));
  EXPECT_FALSE(smoothing_spline(good, Hertz{0}));
  EXPECT_TRUE(smoothing_spline(std::vector<double>(8, 1.0), kRate));
}

}  // namespace
}  // namespace reprise::engine

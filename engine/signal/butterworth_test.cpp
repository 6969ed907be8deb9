// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/butterworth.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

namespace reprise::engine {
namespace {

constexpr double kHalfPower = 0.70710678118654752;  // 1/sqrt(2)

std::vector<double> sine(std::size_t n, double frequency_hz, double rate_hz) {
  std::vector<double> x(n);
  for (std::size_t i = 0; i < n; ++i)
    x[i] = std::sin(2 * kPi * frequency_hz * static_cast<double>(i) / rate_hz);
  return x;
}

TEST(Butterworth, SecondOrderLowPassAtAQuarterOfTheRateHasItsClosedForm) {
  // tan(pi/4) = 1, so b = (1, 2, 1) / (2 + sqrt 2), a1 = 0, a2 = 3 - 2 sqrt 2.
  const auto sections = design_butterworth(Hertz{100}, {.order = 2, .cutoff = Hertz{25}});
  ASSERT_TRUE(sections);
  ASSERT_EQ(sections->size(), 1U);
  const auto& s = sections->front();
  EXPECT_NEAR(s.b0, 1 / (2 + std::sqrt(2.0)), 1e-15);
  EXPECT_NEAR(s.b1, 2 * s.b0, 1e-15);
  EXPECT_NEAR(s.b2, s.b0, 1e-15);
  EXPECT_NEAR(s.a1, 0, 1e-15);
  EXPECT_NEAR(s.a2, 3 - 2 * std::sqrt(2.0), 1e-15);
}

TEST(Butterworth, GainIsHalfPowerAtEveryCutOffAndOneInThePassBand) {
  for (int order = 1; order <= 10; ++order) {
    const Hertz rate{60};
    const auto low = design_butterworth(rate, {FilterBand::low_pass, order, Hertz{6}});
    const auto high = design_butterworth(rate, {FilterBand::high_pass, order, Hertz{6}});
    const auto band = design_butterworth(rate, {FilterBand::band_pass, order, Hertz{2}, Hertz{9}});
    ASSERT_TRUE(low && high && band);
    const double rounding = 1e-9;  // of products of up to ten sections near the unit circle
    EXPECT_NEAR(gain_at(*low, Hertz{6}, rate), kHalfPower, rounding) << order;
    EXPECT_NEAR(gain_at(*low, Hertz{0}, rate), 1, rounding) << order;
    EXPECT_NEAR(gain_at(*low, Hertz{30}, rate), 0, rounding) << order;
    EXPECT_NEAR(gain_at(*high, Hertz{6}, rate), kHalfPower, rounding) << order;
    EXPECT_NEAR(gain_at(*high, Hertz{30}, rate), 1, rounding) << order;
    EXPECT_NEAR(gain_at(*high, Hertz{0}, rate), 0, rounding) << order;
    EXPECT_NEAR(gain_at(*band, Hertz{2}, rate), kHalfPower, rounding) << order;
    EXPECT_NEAR(gain_at(*band, Hertz{9}, rate), kHalfPower, rounding) << order;
    EXPECT_NEAR(gain_at(*band, Hertz{0}, rate), 0, rounding) << order;
  }
}

TEST(Butterworth, GainFollowsTheMagnitudeFormula) {
  // |H|^2 = 1 / (1 + (tan(pi f/fs) / tan(pi fc/fs))^(2n)): the bilinear transform of Butterworth's
  // definition.
  const Hertz rate{100};
  const auto sections = design_butterworth(rate, {.order = 5, .cutoff = Hertz{8}});
  ASSERT_TRUE(sections);
  for (const double f : {1.0, 5.0, 8.0, 12.0, 25.0}) {
    const double w = std::tan(kPi * f / 100) / std::tan(kPi * 8 / 100);
    EXPECT_NEAR(gain_at(*sections, Hertz{f}, rate), 1 / std::sqrt(1 + std::pow(w, 10)), 1e-10) << f;
  }
}

TEST(Butterworth, CorrectionKeepsTheCutOffOverTwoPassesInEveryBand) {
  for (const int order : {1, 2, 4}) {
    for (const auto band : {FilterBand::low_pass, FilterBand::high_pass, FilterBand::band_pass}) {
      const auto sections = design_butterworth(Hertz{50}, {band, order, Hertz{3}, Hertz{8}, 2});
      ASSERT_TRUE(sections);
      const double once = gain_at(*sections, Hertz{3}, Hertz{50});
      EXPECT_NEAR(once * once, kHalfPower, 1e-10);
    }
  }
}

TEST(Butterworth, CorrectionOfOrderTwoIsWintersFactor) {
  // (sqrt(2) - 1)^(1/4) = 0.802 divides the prewarped cut-off.
  const auto corrected = design_butterworth(Hertz{100}, {.order = 2, .cutoff = Hertz{6}, .passes = 2});
  const double moved = 100 / kPi * std::atan(std::tan(kPi * 0.06) / std::pow(std::sqrt(2.0) - 1, 0.25));
  const auto plain = design_butterworth(Hertz{100}, {.order = 2, .cutoff = Hertz{moved}});
  ASSERT_TRUE(corrected && plain);
  EXPECT_NEAR(corrected->front().a1, plain->front().a1, 1e-14);
  EXPECT_NEAR(corrected->front().a2, plain->front().a2, 1e-14);
}

TEST(ButterworthZeroPhase, SineAtTheCutOffKeepsItsPhaseAndLosesThreeDecibels) {
  const auto x = sine(1000, 4, 50);
  const auto y = butterworth_zero_phase(x, Hertz{50}, {.order = 2, .cutoff = Hertz{4}});
  ASSERT_TRUE(y);
  ASSERT_EQ(y->size(), x.size());
  // Away from the ends the output is the input times the gain; the transients decay like exp(-w
  // t).
  for (std::size_t i = 200; i < 800; ++i) EXPECT_NEAR((*y)[i], kHalfPower * x[i], 1e-6);
}

TEST(ButterworthZeroPhase, WithoutCorrectionTheGainAtTheCutOffIsOneHalf) {
  const auto x = sine(1000, 4, 50);
  const auto y = butterworth_zero_phase(x, Hertz{50}, {.order = 2, .cutoff = Hertz{4}}, false);
  ASSERT_TRUE(y);
  for (std::size_t i = 200; i < 800; ++i) EXPECT_NEAR((*y)[i], 0.5 * x[i], 1e-6);
}

TEST(ButterworthZeroPhase, ConstantAndStraightLineStay) {
  std::vector<double> constant(40, 3.5);
  std::vector<double> line(200);
  std::iota(line.begin(), line.end(), -20.0);
  const auto c = butterworth_zero_phase(constant, Hertz{30}, {.order = 4, .cutoff = Hertz{5}});
  const auto l = butterworth_zero_phase(line, Hertz{30}, {.order = 2, .cutoff = Hertz{5}});
  ASSERT_TRUE(c && l);
  for (const double v : *c) EXPECT_NEAR(v, 3.5, 1e-10);
  // The line is continued exactly, but the filter settles on a constant: what remains after three periods.
  for (std::size_t i = 0; i < line.size(); ++i) EXPECT_NEAR((*l)[i], line[i], 1e-4);
}

TEST(ButterworthZeroPhase, ReversedInputGivesReversedOutput) {
  auto x = sine(301, 1.3, 30);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] += 0.2 * std::sin(static_cast<double>(i * i % 17));
  const auto forward = butterworth_zero_phase(x, Hertz{30}, {.order = 3, .cutoff = Hertz{6}});
  std::vector<double> reversed(x.rbegin(), x.rend());
  const auto backward = butterworth_zero_phase(reversed, Hertz{30}, {.order = 3, .cutoff = Hertz{6}});
  ASSERT_TRUE(forward && backward);
  // Not exact at the ends: only the first of the two passes starts on the outermost sample.
  for (std::size_t i = 0; i < x.size(); ++i) EXPECT_NEAR((*forward)[i], (*backward)[x.size() - 1 - i], 1e-4);
}

TEST(CausalFilter, StartsSettledAndReachesTheDesignGain) {
  const auto sections = design_butterworth(Hertz{50}, {.order = 4, .cutoff = Hertz{5}});
  ASSERT_TRUE(sections);
  CausalFilter filter(*sections);
  EXPECT_NEAR(filter.step(2.0), 2.0, 1e-12);
  EXPECT_NEAR(filter.step(2.0), 2.0, 1e-12);
  EXPECT_NEAR(filter.step(std::numeric_limits<double>::quiet_NaN()), 2.0, 1e-12);
  filter.reset();
  double largest = 0;
  for (std::size_t i = 0; i < 2000; ++i) {
    const double y = filter.step(std::sin(2 * kPi * 5 * static_cast<double>(i) / 50 + 0.3));
    if (i >= 1000) largest = std::max(largest, std::abs(y));
  }
  // Ten samples a period, sampled at fixed phases: the largest lies within cos(pi/10) of the amplitude.
  EXPECT_LE(largest, kHalfPower + 1e-9);
  EXPECT_GE(largest, kHalfPower * std::cos(kPi / 10) - 1e-9);
}

TEST(Butterworth, RefusesWhatCannotBe) {
  const std::vector<double> ok(100, 1.0);
  const auto code = [](const auto& result) { return result.error().code; };
  EXPECT_EQ(code(design_butterworth(Hertz{30}, {.cutoff = Hertz{15}})), ErrorCode::invalid_argument);
  EXPECT_EQ(code(design_butterworth(Hertz{30}, {.cutoff = Hertz{0}})), ErrorCode::invalid_argument);
  EXPECT_EQ(code(design_butterworth(Hertz{30}, {.order = 0})), ErrorCode::invalid_argument);
  EXPECT_EQ(code(design_butterworth(Hertz{-1}, {})), ErrorCode::invalid_argument);
  EXPECT_EQ(code(design_butterworth(Hertz{30}, {FilterBand::band_pass, 2, Hertz{5}, Hertz{4}})),
            ErrorCode::invalid_argument);
  EXPECT_EQ(code(butterworth_zero_phase({}, Hertz{30}, {})), ErrorCode::nothing_measured);
  EXPECT_EQ(code(butterworth_zero_phase(std::vector<double>(5, 1.0), Hertz{30}, {})),
            ErrorCode::nothing_measured);
  auto broken = ok;
  broken[50] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(code(butterworth_zero_phase(broken, Hertz{30}, {})), ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace reprise::engine

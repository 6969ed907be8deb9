// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/one_euro.h"

#include <gtest/gtest.h>

#include <cmath>

namespace reprise::engine {
namespace {

TEST(OneEuro, WithoutBetaItIsAFirstOrderLowPass) {
  // Step response of exponential smoothing: 1 - (1 - a)^k with a = 1 / (1 + tau / dt), tau = 1 / (2 pi fc).
  auto filter = OneEuroFilter::create({.min_cutoff = Hertz{2}});
  ASSERT_TRUE(filter);
  const double dt = 0.02;
  const double a = 1 / (1 + 1 / (2 * kPi * 2 * dt));
  EXPECT_EQ(filter->step(Seconds{0}, 0.0), 0.0);
  for (int k = 1; k <= 50; ++k) {
    const auto y = filter->step(Seconds{k * dt}, 1.0);
    ASSERT_TRUE(y);
    EXPECT_NEAR(*y, 1 - std::pow(1 - a, k), 1e-12);
  }
}

TEST(OneEuro, CutOffRisesWithTheSmoothedSpeed) {
  // By hand for the second sample: speed = a(1 Hz) * 5 / 0.1, cut-off = 1 + 0.5 * speed.
  auto filter = OneEuroFilter::create({.min_cutoff = Hertz{1}, .beta = 0.5});
  ASSERT_TRUE(filter);
  const auto a = [](double cutoff_hz) { return 1 / (1 + 1 / (2 * kPi * cutoff_hz * 0.1)); };
  ASSERT_TRUE(filter->step(Seconds{0}, 0.0));
  const auto y = filter->step(Seconds{0.1}, 5.0);
  ASSERT_TRUE(y);
  const double speed = a(1) * 50;
  EXPECT_NEAR(filter->speed(), speed, 1e-12);
  EXPECT_NEAR(*y, a(1 + 0.5 * speed) * 5, 1e-12);
}

TEST(OneEuro, LongerStepsTrustTheNewSampleMore) {
  const auto after = [](double dt) {
    auto filter = OneEuroFilter::create({});
    EXPECT_TRUE(filter->step(Seconds{0}, 0.0));
    return *filter->step(Seconds{dt}, 1.0);
  };
  EXPECT_LT(after(0.01), after(0.05));
  EXPECT_LT(after(0.05), after(1.0));
}

TEST(OneEuro, RefusesBrokenSamplesAndTimesAndStaysAsItWas) {
  auto filter = OneEuroFilter::create({});
  ASSERT_TRUE(filter->step(Seconds{1}, 2.0));
  EXPECT_FALSE(filter->step(Seconds{1}, 3.0));
  EXPECT_FALSE(filter->step(Seconds{0.5}, 3.0));
  EXPECT_FALSE(filter->step(Seconds{2}, NAN));
  EXPECT_EQ(filter->step(Seconds{2}, 2.0), 2.0);
  filter->reset();
  EXPECT_EQ(filter->step(Seconds{0}, 9.0), 9.0);
}

TEST(OneEuro, RefusesParametersThatCannotBe) {
  EXPECT_FALSE(OneEuroFilter::create({.min_cutoff = Hertz{0}}));
  EXPECT_FALSE(OneEuroFilter::create({.beta = -1}));
  EXPECT_FALSE(OneEuroFilter::create({.derivative_cutoff = Hertz{NAN}}));
}

}  // namespace
}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#include "engine/balance/diffusion.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include "engine/signal/test_noise.h"

namespace reprise::engine {
namespace {

/// Steps of 0.2 mm a sample at 100 Hz: 2 D = 4e-8 m2 * 100 / s. `pull` back to the middle, a sample.
CopPath random_walk(double pull, int seconds) {
  std::mt19937 generator(11);
  test::NormalNoise step(0, 2e-4);
  CopPath path{Hertz{100}, {}, {}};
  double ap = 0, ml = 0;
  for (int i = 0; i < seconds * 100; ++i) {
    path.ap_m.push_back(ap += step(generator) - pull * ap);
    path.ml_m.push_back(ml += step(generator) - pull * ml);
  }
  return path;
}

TEST(StabilogramDiffusion, FindsTheCoefficientAndExponentOfARandomWalk) {
  const auto result = stabilogram_diffusion(random_walk(0, 600));
  ASSERT_TRUE(result) << to_string(result.error());
  EXPECT_NEAR(result->ap.short_term_m2ps, 2e-6, 0.1e-6);
  EXPECT_NEAR(result->ap.short_term_exponent, 0.5, 0.02);
  EXPECT_NEAR(result->ml.short_term_exponent, 0.5, 0.02);
  EXPECT_NEAR(result->planar.short_term_m2ps, result->ap.short_term_m2ps + result->ml.short_term_m2ps, 1e-15);
}

TEST(StabilogramDiffusion, FindsTheCriticalPointOfAWalkThatIsHeldBack) {
  // A walk with a time constant of 0.5 s: its mean square displacement levels off at 2 * 2e-6 * 0.5 m2.
  const auto result = stabilogram_diffusion(random_walk(0.02, 600));
  ASSERT_TRUE(result);
  EXPECT_NEAR(result->ap.long_term_exponent, 0, 0.06);
  EXPECT_GT(result->ap.short_term_m2ps, 10 * std::abs(result->ap.long_term_m2ps));
  ASSERT_TRUE(result->ap.critical_time && result->ap.critical_m2);
  EXPECT_GT(result->ap.critical_time->value(), 0.5);
  EXPECT_LT(result->ap.critical_time->value(), 1.2);
  EXPECT_NEAR(*result->ap.critical_m2, 2e-6, 0.3e-6);
}

TEST(StabilogramDiffusion, ASteadyDriftHasTheExponentOne) {
  CopPath path{Hertz{50}, {}, {}};
  for (int i = 0; i < 1500; ++i) {
    path.ap_m.push_back(1e-4 * i);
    path.ml_m.push_back(-1e-4 * i);
  }
  const auto result = stabilogram_diffusion(path);
  ASSERT_TRUE(result);
  EXPECT_NEAR(result->ap.short_term_exponent, 1, 1e-9);
  EXPECT_NEAR(result->planar.long_term_exponent, 1, 1e-9);
}

TEST(StabilogramDiffusion, RefusesBadInput) {
  EXPECT_EQ(stabilogram_diffusion(random_walk(0.02, 15)).error().code, ErrorCode::nothing_measured);
  auto path = random_walk(0.02, 60);
  path.rate = Hertz{1};
  EXPECT_EQ(stabilogram_diffusion(path).error().code, ErrorCode::unsupported);
  path.rate = Hertz{100};
  path.ap_m[3] = NAN;
  EXPECT_EQ(stabilogram_diffusion(path).error().code, ErrorCode::invalid_argument);
  path = random_walk(0.02, 60);
  path.ml_m.assign(path.ml_m.size(), 0.0);
  EXPECT_EQ(stabilogram_diffusion(path).error().code, ErrorCode::nothing_measured);
  DiffusionOptions options;
  options.long_term_start = Seconds{0.2};
  EXPECT_EQ(stabilogram_diffusion(random_walk(0.02, 60), options).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace reprise::engine

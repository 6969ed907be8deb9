// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/sparc.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace reprise::engine {
namespace {

/// The speed of a minimum-jerk movement of `duration_s` that starts at `start_s`.
double minimum_jerk_speed(double t, double start_s, double duration_s) {
  const double u = (t - start_s) / duration_s;
  if (u <= 0 || u >= 1) return 0;
  return 30 * u * u * (1 - u) * (1 - u) / duration_s;
}

std::vector<double> submovements(int count, double gap_s) {
  std::vector<double> speed;
  const double total = 1 + gap_s * (count - 1);
  for (int i = 0; i <= static_cast<int>(total * 100); ++i) {
    double v = 0;
    for (int k = 0; k < count; ++k) v += minimum_jerk_speed(i / 100.0, k * gap_s, 1.0);
    speed.push_back(v);
  }
  return speed;
}

TEST(Sparc, AgreesWithTheAuthorsExample) {
  // The first author's script documents -1.41403 for exp(-5 t^2), t = -1 to 1 s in steps of 10 ms.
  std::vector<double> speed;
  for (int i = -100; i < 100; ++i) speed.push_back(std::exp(-5 * (i / 100.0) * (i / 100.0)));
  const auto smoothness = sparc(speed, Hertz{100});
  ASSERT_TRUE(smoothness);
  EXPECT_NEAR(*smoothness, -1.41403, 5e-6);
}

TEST(Sparc, DoesNotDependOnTheSizeOfTheMovement) {
  auto speed = submovements(2, 0.6);
  const auto small = sparc(speed, Hertz{100});
  for (double& v : speed) v *= 1234;
  const auto large = sparc(speed, Hertz{100});
  ASSERT_TRUE(small && large);
  EXPECT_NEAR(*small, *large, 1e-12);
}

TEST(Sparc, FallsWithEverySubmovement) {
  double previous = 0;
  for (int count = 1; count <= 5; ++count) {
    const auto smoothness = sparc(submovements(count, 0.8), Hertz{100});
    ASSERT_TRUE(smoothness);
    EXPECT_LT(*smoothness, previous) << count;
    if (count == 1) {
      EXPECT_NEAR(*smoothness, -1.5, 0.1) << "one smooth bell";
    }
    previous = *smoothness;
  }
}

TEST(Sparc, RefusesWhatCannotBe) {
  EXPECT_EQ(sparc(std::vector<double>(50, 0.0), Hertz{100}).error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(sparc(std::vector<double>(3, 1.0), Hertz{100}).error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(sparc(std::vector<double>(50, NAN), Hertz{100}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(sparc(std::vector<double>(50, 1.0), Hertz{0}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(sparc(std::vector<double>(50, 1.0), Hertz{100}, {.amplitude_threshold = 0}).error().code,
            ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace reprise::engine

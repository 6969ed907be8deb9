// SPDX-License-Identifier: Apache-2.0
#include "engine/muscle/emg_quality.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/muscle/emg_test_signals.h"

namespace reprise::engine {
namespace {

TEST(EmgQuality, HasNoFaultInAUsableRecording) {
  const auto quality = emg_quality(testing::simulated_emg(5, 5e-6, 1e-4, {{2, 3}}), Hertz{1000});
  ASSERT_TRUE(quality) << to_string(quality.error());
  EXPECT_FALSE(quality->fault);
  EXPECT_FALSE(quality->mains);
  EXPECT_DOUBLE_EQ(quality->clipped_share, 0);
}

TEST(EmgQuality, FindsAFlatLine) {
  const auto quality = emg_quality(std::vector<double>(3000, 0.2), Hertz{1000});
  ASSERT_TRUE(quality);
  EXPECT_EQ(quality->fault, EmgFault::flat);
  EXPECT_DOUBLE_EQ(quality->flat_share, 1);
}

TEST(EmgQuality, FindsSaturation) {
  auto samples = testing::simulated_emg(5, 5e-6, 1e-3, {{1, 4}}, 4000);
  for (double& v : samples) v = std::clamp(v, -2e-4, 2e-4);
  const auto quality = emg_quality(samples, Hertz{4000});
  ASSERT_TRUE(quality);
  EXPECT_EQ(quality->fault, EmgFault::clipped);
  EXPECT_GT(quality->clipped_share, 0.1);
}

TEST(EmgQuality, FindsADetachedElectrodeByItsHum) {
  auto samples = testing::simulated_emg(5, 1e-6, 1e-6, {});
  testing::add_hum(samples, 1e-3, 50);
  const auto quality = emg_quality(samples, Hertz{1000});
  ASSERT_TRUE(quality);
  EXPECT_EQ(quality->fault, EmgFault::detached);
  EXPECT_GT(quality->mains_share, 0.99);
}

TEST(DetectMains, TellsFiftyFromSixtyHertz) {
  for (const double mains_hz : {49.9, 50.0, 60.0, 60.08}) {
    auto samples = testing::simulated_emg(5, 1e-5, 1e-4, {{2, 3}});
    testing::add_hum(samples, 2e-4, mains_hz);
    const auto mains = detect_mains(samples, Hertz{1000});
    ASSERT_TRUE(mains && *mains) << mains_hz;
    EXPECT_NEAR((*mains)->fundamental.value(), mains_hz, 0.05);
    EXPECT_EQ((*mains)->harmonics, (std::vector<int>{1, 3, 5}));
  }
}

TEST(DetectMains, FindsNoneInMuscleActivity) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    const auto mains =
        detect_mains(testing::simulated_emg(10, 1e-5, 1e-4, {{2, 8}}, 1000, seed), Hertz{1000});
    ASSERT_TRUE(mains);
    EXPECT_FALSE(*mains) << seed;
  }
}

TEST(EmgQuality, RefusesBadInput) {
  const auto samples = testing::simulated_emg(5, 1e-5, 1e-4, {});
  const auto slow = emg_quality(samples, Hertz{200});
  ASSERT_FALSE(slow);
  EXPECT_EQ(slow.error().code, ErrorCode::unsupported);
  EXPECT_NE(slow.error().remedy.find("1000 Hz"), std::string::npos);
  EXPECT_EQ(emg_quality(samples, Hertz{0}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(emg_quality(std::vector<double>(1000, NAN), Hertz{1000}).error().code,
            ErrorCode::invalid_argument);
  EXPECT_EQ(emg_quality(std::vector<double>(100, 1.0), Hertz{1000}).error().code,
            ErrorCode::nothing_measured);
}

}  // namespace
}  // namespace reprise::engine

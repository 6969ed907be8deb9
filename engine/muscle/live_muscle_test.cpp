// SPDX-License-Identifier: Apache-2.0
#include "engine/muscle/live_muscle.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/muscle/emg_test_signals.h"

namespace reprise::engine {
namespace {

using testing::simulated_emg;

/// Rests for 5 s, the reference contraction until 10 s, rests; from 15 s on half as strong, from 20 s on
/// rest.
std::vector<double> a_muscle(double loud = 1e-4) {
  std::vector<double> all = simulated_emg(25, 2e-6, loud, {{5, 10}}, 1000);
  const auto half = simulated_emg(25, 0, loud / 2, {{15, 20}}, 1000, 9);
  for (std::size_t i = 0; i < all.size(); ++i) all[i] += half[i];
  return all;
}

TEST(LiveMuscle, TakesTheReferenceByItselfAndGivesShares) {
  auto muscle = LiveMuscle::create(Hertz{1000}).value();
  std::optional<double> contract_s, tracking_s;
  double sum = 0, rest_sum = 0;
  int count = 0, rest_count = 0;
  const auto samples = a_muscle();
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double t = 1e-3 * static_cast<double>(i);
    const LiveMuscleState& state = muscle.step(samples[i]);
    ASSERT_FALSE(state.trouble);
    if (state.step == MuscleStep::contract && !contract_s) contract_s = t;
    if (state.step == MuscleStep::tracking && !tracking_s) tracking_s = t;
    if (!state.share) continue;
    if (t > 16 && t < 20) sum += *state.share, ++count;
    if (t > 21) rest_sum += *state.share, ++rest_count;
  }
  ASSERT_TRUE(contract_s && tracking_s);
  EXPECT_NEAR(*contract_s, 4, 0.1) << "a second to settle, three of rest";
  EXPECT_NEAR(*tracking_s, 9.1, 0.3) << "four seconds from the contraction's beginning";
  ASSERT_GT(count, 3500);
  EXPECT_NEAR(sum / count, 0.5, 0.06) << "half as strong; the reference is the strongest half second";
  EXPECT_LT(rest_sum / rest_count, 0.1);
}

TEST(LiveMuscle, WantsAContractionThatDiffersFromRest) {
  auto muscle = LiveMuscle::create(Hertz{1000}).value();
  for (const double sample : a_muscle(4e-6)) {
    if (muscle.step(sample).trouble) break;
  }
  EXPECT_EQ(muscle.state().trouble, MuscleTrouble::too_weak);
  EXPECT_EQ(muscle.state().step, MuscleStep::relax);
}

TEST(LiveMuscle, NoticesElectrodesWithoutContact) {
  auto muscle = LiveMuscle::create(Hertz{1000}).value();
  std::vector<double> hum = simulated_emg(8, 1e-7, 0, {});
  testing::add_hum(hum, 1e-4, 50);
  for (const double sample : hum) {
    if (muscle.step(sample).trouble) break;
  }
  EXPECT_EQ(muscle.state().trouble, MuscleTrouble::no_signal);

  muscle.calibrate();
  for (int i = 0; i < 8000 && !muscle.state().trouble; ++i) muscle.step(0.0);
  EXPECT_EQ(muscle.state().trouble, MuscleTrouble::no_signal);
}

TEST(LiveMuscle, NoticesAnAmplifierAtItsEnd) {
  auto muscle = LiveMuscle::create(Hertz{1000}).value();
  for (const double sample : a_muscle()) {
    if (muscle.step(std::clamp(sample, -1e-4, 1e-4)).trouble) break;
  }
  EXPECT_EQ(muscle.state().trouble, MuscleTrouble::clipped);
}

TEST(LiveMuscle, SaysWhenAnElectrodeComesOff) {
  auto muscle = LiveMuscle::create(Hertz{1000}).value();
  for (const double sample : a_muscle()) muscle.step(sample);
  ASSERT_EQ(muscle.state().step, MuscleStep::tracking);
  for (int i = 0; i < 300; ++i) muscle.step(1e-5);
  EXPECT_TRUE(muscle.state().detached);
  EXPECT_FALSE(muscle.state().share);
}

TEST(LiveMuscle, RefusesARateThatLosesMostOfTheSignal) {
  EXPECT_EQ(LiveMuscle::create(Hertz{250}).error().code, ErrorCode::unsupported);
}

}  // namespace
}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#include "engine/balance/load_steps.h"

#include <gtest/gtest.h>

#include "engine/balance/simulated_load.h"

namespace reprise::engine {
namespace {

WeightBearing bearing(const test::SimulatedLoad& walk, const test::SimulatedLoadFoot& left,
                      const test::SimulatedLoadFoot& right) {
  const auto load = weight_bearing(walk.rate, {left.force_n, left.cop}, {right.force_n, right.cop},
                                   {.body_weight_n = walk.body_weight_n});
  EXPECT_TRUE(load) << to_string(load.error());
  return *load;
}

// A contact counts from 35 N on, 5 % of body weight: of a rise to 770 N in a fifth of the stance that is
// within a hundredth of a second, and so is the end.
constexpr double kThresholdS = 0.015;

TEST(LoadSteps, FindsEveryStrideOfASimulatedWalk) {
  const test::SimulatedLoad walk;
  const auto steps = load_steps(bearing(walk, walk.foot(true), walk.foot(false)));
  ASSERT_EQ(steps.strides.size(), 14U);  // one less than landings, of each foot
  EXPECT_EQ(steps.steps.size(), 15U);
  EXPECT_FALSE(steps.strides.front().double_support) << "the first step has no foot before it";
  for (const LoadStride& stride : steps.strides) {
    EXPECT_NEAR((stride.end - stride.start).value(), walk.stride_s, 0.011);
    EXPECT_NEAR(stride.stance.value(), walk.stance_s(), 2 * kThresholdS);
    if (&stride == &steps.strides.front()) continue;
    ASSERT_TRUE(stride.double_support);
    // Twice what the stance is longer than half the stride.
    EXPECT_NEAR(stride.double_support->value(), 2 * (walk.stance_s() - walk.stride_s / 2), 4 * kThresholdS);
  }
  EXPECT_EQ(steps.strides.front().side, Side::right);
  EXPECT_NEAR(steps.strides.front().start.value(), walk.landing_s(0, false), kThresholdS);
  for (const LoadStep& step : steps.steps) EXPECT_NEAR((step.end - step.start).value(), 0.6, 0.011);
  EXPECT_EQ(steps.steps.front().side, Side::left);
  EXPECT_NEAR(steps.walking_time.value(), 15 * 0.6, 0.02);
}

TEST(LoadSteps, CountsNoStrideAcrossAGapOrAMissedLanding) {
  const test::SimulatedLoad walk;
  auto left = walk.foot(true);
  // The third landing of the left foot falls on the floor beside the plate.
  const auto from = static_cast<std::size_t>(100 * (walk.landing_s(2, true) - 0.05));
  for (std::size_t i = from; i < from + 90; ++i) left.force_n[i] = 0.0;
  const auto off_plate = load_steps(bearing(walk, left, walk.foot(false)));
  // Gone are the left's two strides around it and the right's one.
  EXPECT_EQ(off_plate.strides.size(), 14U - 3);
  EXPECT_EQ(off_plate.steps.size(), 15U - 2);
  left = walk.foot(true);
  for (std::size_t i = from; i < from + 20; ++i) left.force_n[i] = std::nullopt;
  const auto gap = load_steps(bearing(walk, left, walk.foot(false)));
  for (const LoadStride& stride : gap.strides) EXPECT_NEAR((stride.end - stride.start).value(), 1.2, 0.011);
  EXPECT_LT(gap.strides.size(), 14U);
}

TEST(LoadSteps, CountsSlowStepsLikeQuickOnes) {
  test::SimulatedLoad walk;
  walk.stride_s = 2.8;
  walk.left_after_share = 1.8 / 2.8;  // steps of 1.0 and 1.8 s
  const auto steps = load_steps(bearing(walk, walk.foot(true), walk.foot(false)));
  EXPECT_EQ(steps.strides.size(), 14U);
  EXPECT_EQ(steps.steps.size(), 15U);
  EXPECT_EQ(steps.too_long, 0U);
  // Eight slow steps and seven quick ones.
  EXPECT_NEAR(steps.walking_time.value(), 8 * 1.8 + 7 * 1.0, 0.05);
  walk.stride_s = 3.2;
  const auto pauses = load_steps(bearing(walk, walk.foot(true), walk.foot(false)));
  EXPECT_TRUE(pauses.strides.empty());
  EXPECT_TRUE(pauses.steps.empty());
  EXPECT_EQ(pauses.too_long, 14U);
}

TEST(LoadSteps, HasStridesOfOneFootAlone) {
  const test::SimulatedLoad walk;
  test::SimulatedLoadFoot none = walk.foot(true);
  for (auto& force : none.force_n) force = std::nullopt;
  for (auto& point : none.cop) point = std::nullopt;
  const auto steps = load_steps(bearing(walk, none, walk.foot(false)));
  EXPECT_EQ(steps.strides.size(), 7U);
  EXPECT_TRUE(steps.steps.empty());
  EXPECT_FALSE(steps.strides[0].double_support);
}

}  // namespace
}  // namespace reprise::engine

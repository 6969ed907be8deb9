// SPDX-License-Identifier: Apache-2.0
#include "session/misfit.h"

#include <gtest/gtest.h>

#include <cmath>

#include "session/measure_deviation.h"

namespace reprise::session {
namespace {

using L = engine::Landmark;

/// A body whose left wrist is `miss_m` off in the first `off` of ten frames.
engine::FittedBody body_with_miss(double miss_m, std::size_t off, double visibility = 1) {
  engine::FittedBody fitted;
  for (std::size_t i = 0; i < 10; ++i) {
    engine::Pose pose;
    for (std::size_t l = 0; l < engine::kLandmarkCount; ++l) pose.visibility[l] = visibility;
    fitted.frames.push_back({Seconds{0.1 * static_cast<double>(i)}, pose});
    engine::Misses misses{};
    if (i < off) misses[engine::seen_index(L::left_wrist)] = static_cast<float>(miss_m);
    fitted.misses.emplace_back(misses);
  }
  return fitted;
}

TEST(Misfit, NamesAJointThatTheBodyDoesNotFollow) {
  const auto warning = misfit_warning(body_with_miss(0.2, 4));
  ASSERT_TRUE(warning);
  EXPECT_EQ(warning->code, "fit_disagrees");
  EXPECT_NE(warning->text.find("left wrist (40 %"), std::string::npos) << warning->text;
}

TEST(Misfit, IsSilentWhereTheBodyFollows) {
  EXPECT_FALSE(misfit_warning(body_with_miss(0.05, 10)));
  EXPECT_FALSE(misfit_warning(body_with_miss(0.2, 10, 0.2))) << "a hidden joint says nothing";
  EXPECT_FALSE(misfit_warning({})) << "not fitted as one movement";
}

TEST(Misfit, WidensWhatRestsOnTheJoint) {
  const engine::FittedBody fitted = body_with_miss(0.3, 1);
  const auto elbow = [&](std::size_t i) {
    return misfit_deviation(fitted, i, engine::Measure::elbow_flexion, engine::Side::left);
  };
  EXPECT_NEAR(elbow(0), kPi / 4, 1e-6);  // 5 of 30 cm are its wavering, a segment has 25
  EXPECT_EQ(elbow(1), 0);
  EXPECT_EQ(misfit_deviation(fitted, 0, engine::Measure::knee_flexion, engine::Side::left), 0);
}

TEST(MeasureDeviation, IsNeverBelowItsFloorAndGrowsWithThePosteriorAndFromBehind) {
  const auto knee = [](double posterior, double facing, double visibility = 1) {
    return calibrated(engine::Measure::knee_flexion, posterior, facing, visibility);
  };
  EXPECT_GT(knee(0, 1), 0);
  EXPECT_GT(knee(0.2, 1), 0.2);
  EXPECT_GT(knee(0.1, 1), knee(0, 1));
  EXPECT_EQ(knee(0.1, 0), knee(0.1, 1));
  EXPECT_GT(knee(0.1, -0.7), 1.2 * knee(0.1, 0)) << "from behind";
  EXPECT_GT(knee(0.1, 0, 0.6), 1.3 * knee(0.1, 0)) << "hidden by the other leg";
  EXPECT_NEAR(half_width_90(1), 1.645, 1e-9);
}

}  // namespace
}  // namespace reprise::session

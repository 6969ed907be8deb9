// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/limb_swing.h"

#include <gtest/gtest.h>

#include "engine/gait/lower_back_gait.h"
#include "engine/gait/virtual_phone.h"

namespace reprise::engine {
namespace {

using virtual_lower_back::Gait;
using virtual_lower_back::measured;
using virtual_lower_back::SensorModel;
using virtual_phone::in_hand;
using virtual_phone::in_pocket;

SensorModel askew(double turn) {
  SensorModel model;
  model.mounting =
      Eigen::AngleAxisd(turn, Eigen::Vector3d(1, -2, 0.5 + turn).normalized()).toRotationMatrix();
  return model;
}

TEST(LimbSwing, CountsTheStepsOfBothFeetFromEitherPocketInAnyMounting) {
  for (const double steps_per_s : {1.7, 1.9, 2.2}) {
    Gait gait;
    gait.steps_per_s = steps_per_s;
    for (const Side side : {Side::left, Side::right}) {
      for (const double turn : {0.0, 1.3, 2.9}) {
        LowerBackGaitOptions options;
        options.lengths.body_height = Meters{1.7};
        const auto found =
            analyze_lower_back_gait(measured(in_pocket(gait, side), gait.end_s() + 4, askew(turn)), options);
        ASSERT_TRUE(found) << steps_per_s << to_string(found.error());
        ASSERT_EQ(found->bouts.size(), 1U);
        const LowerBackBout& bout = found->bouts.front();
        ASSERT_TRUE(bout.swing) << steps_per_s;
        EXPECT_NEAR(bout.swing->stride_rate.value(), steps_per_s / 2, 0.03);
        EXPECT_NEAR(bout.swing->angle.value(), 0.384, 0.07);  // 22 degrees
        // The first and the last step of twenty are none of the steady walk.
        EXPECT_NEAR(bout.cadence_per_min, 60 * steps_per_s, 0.03 * 60 * steps_per_s);
        EXPECT_NEAR(static_cast<double>(bout.contacts.size()), gait.steps + 1, 2);
        EXPECT_FALSE(found->speed_mps) << "a thigh rises by more than the pelvis";
        EXPECT_FALSE(bout.step_time_asymmetry);
        EXPECT_FALSE(bout.contacts.front().side);
      }
    }
  }
}

TEST(LimbSwing, LeavesTheTrunkAlone) {
  const Gait gait;
  const auto found = analyze_lower_back_gait(measured(straight_walk(gait), 18));
  ASSERT_TRUE(found);
  EXPECT_FALSE(found->bouts.front().swing);
  EXPECT_EQ(found->swinging_bouts, 0U);
}

TEST(LimbSwing, OfAHandHidesTheSteps) {
  const auto found = analyze_lower_back_gait(measured(in_hand(Gait{}, Side::left), 18, askew(0.7)));
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, ErrorCode::nothing_measured);
  EXPECT_NE(found.error().remedy.find("a hand that swings"), std::string::npos);
}

TEST(LimbSwing, IsUnknownWithoutAGyroscope) {
  SensorModel model;
  model.gyroscope = false;
  const auto samples = measured(in_pocket(Gait{}, Side::left), 18, model);
  const std::vector<Vec3<Sensor>> up(samples.acceleration_mps2.size(),
                                     Vec3<Sensor>{Eigen::Vector3d::UnitY()});
  EXPECT_FALSE(limb_swing(samples, up, {200, 1400}));
}

}  // namespace
}  // namespace reprise::engine

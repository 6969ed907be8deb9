// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/lower_back_gait.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/gait/virtual_lower_back.h"

namespace reprise::engine {
namespace {

using virtual_lower_back::Gait;
using virtual_lower_back::SensorModel;

/// Any mounting: upside down, axes swapped, askew.
std::vector<Eigen::Matrix3d> sensor_mountings() {
  Eigen::Matrix3d upside_down = Eigen::Vector3d(1, -1, -1).asDiagonal();
  Eigen::Matrix3d swapped;
  swapped << 0, 0, 1, 1, 0, 0, 0, 1, 0;
  return {Eigen::Matrix3d::Identity(), upside_down, swapped,
          Eigen::AngleAxisd(1.1, Eigen::Vector3d(1, 2, 3).normalized()).toRotationMatrix()};
}

TEST(LowerBackGait, FindsEveryContactAndItsSideInAnyMounting) {
  const Gait gait;
  for (const auto& mounting : sensor_mountings()) {
    SensorModel model;
    model.mounting = mounting;
    const auto measured =
        analyze_lower_back_gait(virtual_lower_back::measured(straight_walk(gait), 18, model));
    ASSERT_TRUE(measured);
    ASSERT_EQ(measured->bouts.size(), 1u);
    const auto& bout = measured->bouts.front();
    std::size_t found = 0;
    for (int k = 0; k <= 20; ++k) {
      const double truth_s = gait.start_s + k / gait.steps_per_s;
      for (const auto& contact : bout.contacts) {
        if (std::abs(contact.time.value() - truth_s) > 0.05) continue;
        ++found;
        if (k == 0 || k == 20) continue;
        EXPECT_EQ(contact.side, k % 2 == 0 ? Side::right : Side::left);
      }
    }
    EXPECT_GE(found, 20u);
    EXPECT_LE(bout.contacts.size(), 21u);
    EXPECT_NEAR(bout.cadence_per_min, 108, 1);
    ASSERT_TRUE(bout.axes);
    EXPECT_GT((mounting * Eigen::Vector3d::UnitX()).dot(bout.axes->forward.v), 0.95);
    EXPECT_GT((mounting * Eigen::Vector3d::UnitZ()).dot(bout.axes->right.v), 0.95);
    EXPECT_GT(bout.vertical_regularity->stride, 0.9);
    EXPECT_NEAR(bout.turn->value(), 0, 0.1);
  }
}

TEST(LowerBackGait, StepLengthIsThatOfAnInvertedPendulum) {
  Gait gait;
  LowerBackGaitOptions options;
  options.lengths.sensor_height = Meters{0.9};
  options.lengths.scale = 1;
  const auto measured =
      analyze_lower_back_gait(virtual_lower_back::measured(straight_walk(gait), 18), options);
  ASSERT_TRUE(measured);
  const double step_m = 2 * std::sqrt(2 * 0.9 * gait.rise_m - gait.rise_m * gait.rise_m);
  EXPECT_NEAR(measured->bouts.front().step_length_m->mean, step_m, 0.02);
  EXPECT_NEAR(measured->stride_length_m->mean, 2 * step_m, 0.04);
  EXPECT_NEAR(*measured->speed_mps, step_m * gait.steps_per_s, 0.04);
}

TEST(LowerBackGait, BodyHeightStandsInForTheSensorsHeight) {
  StepLengthOptions options;
  EXPECT_FALSE(*pendulum_height(options));
  options.body_height = Meters{1.7};
  EXPECT_NEAR((*pendulum_height(options))->value(), 1.02, 1e-9);
  options.sensor_height = Meters{0.95};
  EXPECT_NEAR((*pendulum_height(options))->value(), 0.95, 1e-9);
  options.sensor_height = Meters{95};
  EXPECT_EQ(pendulum_height(options).error().code, ErrorCode::invalid_argument);
}

TEST(LowerBackGait, WithoutAHeightThereAreNoLengthsAndWithoutAGyroscopeNoSides) {
  SensorModel model;
  model.gyroscope = false;
  const auto measured =
      analyze_lower_back_gait(virtual_lower_back::measured(straight_walk(Gait{}), 18, model));
  ASSERT_TRUE(measured);
  EXPECT_FALSE(measured->stride_length_m);
  EXPECT_FALSE(measured->speed_mps);
  EXPECT_NEAR(measured->cadence_per_min, 108, 1);
  const auto& bout = measured->bouts.front();
  EXPECT_FALSE(bout.turn);
  for (const auto& contact : bout.contacts) EXPECT_FALSE(contact.side);
}

TEST(LowerBackGait, UnequalStepsShowAsAsymmetry) {
  // The clock runs 0.05 of a step ahead at one leg's contacts and as much behind at the other's.
  Gait gait;
  const auto limping = [gait](double t) {
    virtual_lower_back::Pelvis pelvis;
    const double stride = kPi * gait.steps_per_s * (t - gait.start_s);
    gait.add_to(pelvis, t + 0.1 / gait.steps_per_s / 2 * std::cos(stride) * gait.amount(t));
    return pelvis;
  };
  const auto measured = analyze_lower_back_gait(virtual_lower_back::measured(limping, 18));
  ASSERT_TRUE(measured);
  EXPECT_NEAR(*measured->bouts.front().step_time_asymmetry, 0.2, 0.08);
}

TEST(LowerBackGait, RefusesWhatIsNoWalk) {
  const auto still = [](double) { return virtual_lower_back::Pelvis{}; };
  EXPECT_EQ(analyze_lower_back_gait(virtual_lower_back::measured(still, 30)).error().code,
            ErrorCode::nothing_measured);
  EXPECT_EQ(analyze_lower_back_gait(InertialSamples{}).error().code, ErrorCode::nothing_measured);
  const InertialSamples samples = virtual_lower_back::measured(straight_walk(Gait{}), 18);
  EXPECT_EQ(measure_lower_back_bout(samples, {100, 5000}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(measure_lower_back_bout(samples, {0, 50}).error().code, ErrorCode::nothing_measured);
}

TEST(LowerBackGait, NoticesASaturatedAccelerometer) {
  Gait gait;
  gait.rise_m = 0.12;
  InertialSamples samples = virtual_lower_back::measured(straight_walk(gait), 18);
  for (auto& a : samples.acceleration_mps2) a.v.y() = std::min(a.v.y(), 1.6 * kGravityMps2);
  const auto measured = analyze_lower_back_gait(samples);
  ASSERT_FALSE(measured);
  EXPECT_EQ(measured.error().code, ErrorCode::nothing_measured);
  LowerBackGaitOptions options;
  options.max_saturated_share = 1;
  EXPECT_GT(analyze_lower_back_gait(samples, options)->saturated_share, 0.05);
}

}  // namespace
}  // namespace reprise::engine

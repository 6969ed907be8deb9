// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/foot_alignment.h"

#include <gtest/gtest.h>

#include "engine/gait/foot_flat.h"
#include "engine/gait/simulated_walk.h"

namespace reprise::engine {
namespace {

struct NamedMounting {
  const char* name;
  Eigen::Quaterniond mounting;
};

std::vector<NamedMounting> mountings() {
  return {{"as the foot", Eigen::Quaterniond::Identity()},
          {"upside down", test::about({1, 0, 0}, kPi)},
          {"backwards", test::about({0, 1, 0}, kPi)},
          {"lateral, axes swapped", test::about({1, 1, 1}, 2 * kPi / 3)},
          {"instep, oblique", test::about({0.2, -0.5, 1}, 0.8)}};
}

TEST(FootAlignment, FindsTheFootsAxesInAnyMounting) {
  for (const auto& [name, mounting] : mountings()) {
    test::SimulatedSensor sensor;
    sensor.mounting = mounting;
    const auto samples = test::SimulatedWalk{}.record(sensor);
    const auto flats = find_foot_flats(samples, Vec3<Sensor>{});
    const auto alignment = align_foot(samples, Vec3<Sensor>{}, flats);
    ASSERT_TRUE(alignment) << name;
    EXPECT_LT((alignment->rotation.m - mounting.toRotationMatrix()).norm(), 0.02) << name;
    EXPECT_GT(alignment->mediolateral_share, 0.95) << name;
    EXPECT_GT(alignment->forward_share, 0.99) << name;
  }
}

TEST(FootAlignment, TakesTheBiasOff) {
  test::SimulatedSensor sensor;
  sensor.bias_radps = {0.02, 0.03, -0.02};
  const auto samples = test::SimulatedWalk{}.record(sensor);
  const Vec3<Sensor> bias{sensor.bias_radps};
  const auto alignment = align_foot(samples, bias, find_foot_flats(samples, bias));
  ASSERT_TRUE(alignment);
  EXPECT_LT(in_foot_axes(samples, *alignment).angular_velocity_radps.front().norm(), 1e-9);
}

TEST(FootAlignment, MeasuresNothingWithoutTwoMidStances) {
  const auto samples = test::SimulatedWalk{}.record();
  const std::vector<std::size_t> one{100};
  EXPECT_EQ(align_foot(samples, Vec3<Sensor>{}, one).error().code, ErrorCode::nothing_measured);
  InertialSamples weightless = samples;
  for (auto& a : weightless.acceleration_mps2) a = Vec3<Sensor>{};
  const std::vector<std::size_t> two{100, 300};
  EXPECT_EQ(align_foot(weightless, Vec3<Sensor>{}, two).error().code, ErrorCode::nothing_measured);
}

TEST(FootFlat, IsFoundOnceInEveryStance) {
  const test::SimulatedWalk walk;
  const auto samples = walk.record();
  const auto flats = find_foot_flats(samples, Vec3<Sensor>{});
  EXPECT_EQ(flats.size(), 11u);  // before, between and after ten strides
  for (std::size_t i = 1; i + 1 < flats.size(); ++i) {
    const double share = (static_cast<double>(flats[i]) / 100 - walk.begin_of(static_cast<int>(i) - 1)) / 1.1;
    EXPECT_GT(share, walk.kFlat);
    EXPECT_LT(share, 1.06);
  }
}

}  // namespace
}  // namespace reprise::engine

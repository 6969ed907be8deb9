// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/strides.h"

#include <gtest/gtest.h>

#include "engine/gait/simulated_walk.h"

namespace reprise::engine {
namespace {

FootSamples foot_samples(const InertialSamples& samples) {
  return in_foot_axes(samples, FootAlignment{});  // a sensor mounted as the foot's axes
}

TEST(Strides, FindsEveryStrideAndItsContacts) {
  for (const double rate : {50.0, 100.0, 200.0}) {
    const test::SimulatedWalk walk;
    const auto strides = find_strides(foot_samples(walk.record({}, Hertz{rate})));
    ASSERT_TRUE(strides);
    ASSERT_EQ(strides->size(), 10u) << rate;
    for (int i = 0; i < 10; ++i) {
      const auto& stride = (*strides)[static_cast<std::size_t>(i)];
      EXPECT_NEAR(stride.initial_contact.value(), walk.initial_contact_s(i), 0.005) << rate;
      EXPECT_NEAR(stride.terminal_contact.value(), walk.terminal_contact_s(i), 0.5 / rate + 0.003) << rate;
      EXPECT_EQ(stride.starts, i == 0);
      EXPECT_EQ(stride.stops, i == 9);
      EXPECT_EQ(stride.previous_initial_contact.has_value(), i > 0);
    }
  }
}

TEST(Strides, ShareTheirMidStances) {
  const auto strides = find_strides(foot_samples(test::SimulatedWalk{}.record()));
  ASSERT_TRUE(strides);
  for (std::size_t i = 1; i < strides->size(); ++i) EXPECT_EQ((*strides)[i].begin, (*strides)[i - 1].end);
}

TEST(Strides, APauseStopsAndStarts) {
  test::SimulatedWalk first;
  first.strides = 4;
  auto samples = first.record();
  const auto second = first.record();
  samples.acceleration_mps2.insert(samples.acceleration_mps2.end(), second.acceleration_mps2.begin(),
                                   second.acceleration_mps2.end());
  samples.angular_velocity_radps.insert(samples.angular_velocity_radps.end(),
                                        second.angular_velocity_radps.begin(),
                                        second.angular_velocity_radps.end());
  const auto strides = find_strides(foot_samples(samples));
  ASSERT_TRUE(strides);
  ASSERT_EQ(strides->size(), 8u);
  EXPECT_TRUE((*strides)[3].stops);
  EXPECT_TRUE((*strides)[4].starts);
  EXPECT_FALSE((*strides)[4].previous_initial_contact);
}

TEST(Strides, AreNoneInARest) {
  FootSamples still;
  still.acceleration_mps2.assign(500, Vec3<Foot>(0, 9.81, 0));
  still.angular_velocity_radps.assign(500, Vec3<Foot>(0, 0, 0.01));
  const auto strides = find_strides(still);
  ASSERT_TRUE(strides);
  EXPECT_TRUE(strides->empty());
}

TEST(Strides, RefusesARateBelowItsLowPass) {
  FootSamples slow;
  slow.rate = Hertz{8};
  slow.acceleration_mps2.assign(500, Vec3<Foot>(0, 9.81, 0));
  slow.angular_velocity_radps.assign(500, Vec3<Foot>());
  EXPECT_EQ(find_strides(slow).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace reprise::engine

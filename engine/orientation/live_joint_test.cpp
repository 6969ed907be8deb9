// SPDX-License-Identifier: Apache-2.0
#include "engine/orientation/live_joint.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/orientation/simulated_leg.h"

namespace reprise::engine {
namespace {

using test::SimulatedLeg;

/// The simulated leg, which stands still for three seconds more after its swings.
double leg_time(double t) {
  return t < 11.5 ? t : std::max(11.5, t - 3);
}

struct LiveLeg {
  InertialSamples thigh = test::simulate([](double t) { return SimulatedLeg::thigh_sensor(leg_time(t)); },
                                         Seconds{60}, Hertz{100}, test::leg_sensor(1));
  InertialSamples shank = test::simulate([](double t) { return SimulatedLeg::shank_sensor(leg_time(t)); },
                                         Seconds{60}, Hertz{100}, test::leg_sensor(2));

  [[nodiscard]] PairedSample at(std::size_t i) const {
    return {Seconds{0.01 * static_cast<double>(i)},
            OrientationSample{thigh.acceleration_mps2[i], thigh.angular_velocity_radps[i], {}},
            OrientationSample{shank.acceleration_mps2[i], shank.angular_velocity_radps[i], {}}};
  }
  [[nodiscard]] std::size_t size() const { return thigh.acceleration_mps2.size(); }
};

TEST(LiveJoint, CalibratesByItselfAndFollowsTheKnee) {
  const LiveLeg leg;
  LiveJoint joint{Hertz{100}};
  std::optional<double> moving_s, tracking_s;
  double squares = 0;
  int count = 0;
  for (std::size_t i = 0; i < leg.size(); ++i) {
    const PairedSample pair = leg.at(i);
    const LiveJointState& state = joint.step(pair);
    const double t = pair.time.value();
    if (state.step == JointStep::movement && !moving_s) moving_s = t;
    if (state.step == JointStep::tracking && !tracking_s) tracking_s = t;
    if (!state.angle) continue;
    const double error = (state.angle->value() - SimulatedLeg::knee_rad(leg_time(t))) * 180 / kPi;
    squares += error * error;
    ++count;
  }
  ASSERT_TRUE(moving_s && tracking_s);
  EXPECT_NEAR(*moving_s, 2.6, 0.5) << "two seconds of stillness";
  EXPECT_GT(*tracking_s, 12);
  EXPECT_LT(*tracking_s, 14.5) << "still again";
  ASSERT_GT(count, 4000);
  EXPECT_LT(std::sqrt(squares / count), 5) << "degrees, the least that is asked for";
}

TEST(LiveJoint, WantsStillnessAfterAHoleAndThenGoesOn) {
  const LiveLeg leg;
  LiveJoint joint{Hertz{100}};
  for (std::size_t i = 0; i < 1600; ++i) joint.step(leg.at(i));
  ASSERT_EQ(joint.state().step, JointStep::tracking);
  PairedSample without = leg.at(1600);
  without.second.reset();
  EXPECT_TRUE(joint.step(without).wait_still);
  EXPECT_FALSE(joint.state().angle);
  // It moves on at once: no angle, however long.
  for (std::size_t i = 1601; i < 1700; ++i) EXPECT_FALSE(joint.step(leg.at(i)).angle);
  PairedSample still = leg.at(1300);
  for (std::size_t i = 0; i < 400; ++i) {
    still.time = Seconds{17.0 + 0.01 * static_cast<double>(i)};
    joint.step(still);
  }
  ASSERT_TRUE(joint.state().angle);
  EXPECT_NEAR(joint.state().angle->value(), 0, 3 * kPi / 180);
}

TEST(LiveJoint, NoticesAccelerationInAnotherUnit) {
  const LiveLeg leg;
  LiveJoint joint{Hertz{100}};
  for (std::size_t i = 0; i < 290 && !joint.state().trouble; ++i) {
    PairedSample pair = leg.at(i);
    pair.second->acceleration_mps2 = pair.second->acceleration_mps2 * (1 / kGravityMps2);  // g, not m/s2
    joint.step(pair);
  }
  EXPECT_EQ(joint.state().trouble, JointTrouble::gravity_off);
  EXPECT_EQ(joint.state().step, JointStep::pose);
}

TEST(LiveJoint, NoticesAngularVelocityInAnotherUnit) {
  // Radians that were scaled as degrees hardly turn; degrees taken for radians turn more than a limb can.
  for (const auto& [factor, trouble] :
       {std::pair{kPi / 180, JointTrouble::too_little}, std::pair{3.5, JointTrouble::velocity_off}}) {
    const LiveLeg leg;
    LiveJoint joint{Hertz{100}};
    for (std::size_t i = 0; i < 1500 && !joint.state().trouble; ++i) {
      PairedSample pair = leg.at(i);
      // While it turns: at rest, noise so much larger is no rest.
      for (auto* one : {&*pair.first, &*pair.second}) {
        if (factor < 1 || one->angular_velocity_radps.v.norm() > 0.15)
          one->angular_velocity_radps = one->angular_velocity_radps * factor;
      }
      joint.step(pair);
    }
    EXPECT_EQ(joint.state().trouble, trouble) << factor;
  }
}

TEST(LiveJoint, NoticesDegreesTakenForRadiansWhileTheLegStands) {
  const LiveLeg leg;
  LiveJoint joint{Hertz{100}};
  for (std::size_t i = 0; i < 1000 && !joint.state().trouble; ++i) {
    PairedSample pair = leg.at(i % 290);
    pair.time = Seconds{0.01 * static_cast<double>(i)};
    pair.second->angular_velocity_radps = pair.second->angular_velocity_radps * (180 / kPi);
    joint.step(pair);
  }
  EXPECT_EQ(joint.state().trouble, JointTrouble::velocity_off);
}

TEST(LiveJoint, BeginsAnewWhereNothingSwings) {
  const LiveLeg leg;
  LiveJoint joint{Hertz{100}};
  for (std::size_t i = 0; i < 5000 && !joint.state().trouble; ++i) {
    PairedSample pair = leg.at(i % 290);
    pair.time = Seconds{0.01 * static_cast<double>(i)};
    joint.step(pair);
  }
  EXPECT_EQ(joint.state().trouble, JointTrouble::took_too_long);
}

}  // namespace
}  // namespace reprise::engine

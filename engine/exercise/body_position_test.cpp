// SPDX-License-Identifier: Apache-2.0
#include "engine/exercise/body_position.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/degrees.h"

namespace reprise::engine {
namespace {

using At = BodyPosition;

/// A person seen from the side, facing the right edge of the picture: the forward inclination of
/// the trunk from upright, and of thighs and shins from straight down. Negative is backward.
Pose from_side(double trunk_deg, double thigh_deg, double shin_deg) {
  Pose pose;
  const auto put = [&](Landmark left, const Vec3<Camera>& at) {
    // The camera sees the person's right side: the right one is nearer.
    for (const auto& [landmark, z] : {std::pair{left, 0.15}, {mirrored(left), -0.15}}) {
      pose.world_m[landmark] = at + Vec3<Camera>{0, 0, z};
      pose.visibility[landmark] = 0.9;
    }
  };
  const auto along = [](double forward_deg, double length) {  // from straight down
    return Vec3<Camera>{length * std::sin(rad(forward_deg)), length * std::cos(rad(forward_deg)), 0};
  };
  const Vec3<Camera> hip{0, 0, 0};
  const Vec3<Camera> knee = hip + along(thigh_deg, 0.42);
  put(Landmark::left_hip, hip);
  put(Landmark::left_shoulder, along(180 - trunk_deg, 0.5));
  put(Landmark::left_knee, knee);
  put(Landmark::left_ankle, knee + along(shin_deg, 0.4));
  return pose;
}

TEST(BodyPosition, IsToldBySegmentsAndGravity) {
  EXPECT_EQ(possible_positions(from_side(0, 0, 0)), BodyPositions{At::standing});
  EXPECT_EQ(possible_positions(from_side(30, 30, -20)), BodyPositions{At::standing}) << "a squat";
  EXPECT_EQ(possible_positions(from_side(5, 85, 0)), BodyPositions{At::sitting});
  EXPECT_EQ(possible_positions(from_side(-10, 88, 88)), BodyPositions{At::long_sitting});
  EXPECT_EQ(possible_positions(from_side(-15, 140, 35)), BodyPositions{At::long_sitting}) << "a knee bent";
  EXPECT_EQ(possible_positions(from_side(0, 0, -85)), BodyPositions{At::kneeling});
  EXPECT_EQ(possible_positions(from_side(-88, 90, 90)), BodyPositions{At::lying_on_back});
  EXPECT_EQ(possible_positions(from_side(-88, 135, 40)), BodyPositions{At::lying_on_back}) << "knees bent";
  EXPECT_EQ(possible_positions(from_side(88, -90, -90)), BodyPositions{At::lying_on_front});
  EXPECT_EQ(possible_positions(from_side(85, 0, -88)), BodyPositions{At::on_hands_and_knees});
  EXPECT_EQ(possible_positions(from_side(85, 0, 0)), BodyPositions{At::standing}) << "a stoop";
}

TEST(BodyPosition, IsSeveralWhereTheViewDoesNotTell) {
  const BodyPositions reclined = possible_positions(from_side(-52, 88, 88));
  EXPECT_EQ(reclined, (BodyPositions{At::long_sitting, At::lying_on_back}));
  EXPECT_EQ(possible_positions(from_side(0, 50, 0)), (BodyPositions{At::standing, At::sitting}));

  Pose no_legs = from_side(0, 85, 0);
  for (const Landmark left : {Landmark::left_knee, Landmark::left_ankle})
    no_legs.visibility[left] = no_legs.visibility[mirrored(left)] = 0.1;
  EXPECT_EQ(possible_positions(no_legs), (BodyPositions{At::standing, At::sitting}));

  Pose no_trunk = from_side(0, 0, 0);
  no_trunk.visibility[Landmark::left_hip] = no_trunk.visibility[Landmark::right_hip] = 0.1;
  EXPECT_EQ(possible_positions(no_trunk), BodyPositions::all());
  EXPECT_EQ(possible_positions(Pose{}), BodyPositions::all()) << "all points in one place";
}

TEST(BodyPosition, TheLegThatStandsTells) {
  Pose one_leg_up = from_side(0, 0, 0);
  one_leg_up.world_m[Landmark::right_knee] = {0.42, 0, -0.15};
  one_leg_up.world_m[Landmark::right_ankle] = {0.42, 0.4, -0.15};
  EXPECT_EQ(possible_positions(one_leg_up), BodyPositions{At::standing});
}

TEST(BodyPosition, NamesAreThoseOfTheCatalog) {
  for (std::size_t i = 0; i < kBodyPositionCount; ++i) {
    const auto position = static_cast<BodyPosition>(i);
    EXPECT_EQ(body_position_from_name(name(position)), position);
  }
  EXPECT_EQ(body_position_from_name("hanging"), std::nullopt);
}

}  // namespace
}  // namespace reprise::engine

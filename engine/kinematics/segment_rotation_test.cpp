// SPDX-License-Identifier: Apache-2.0
#include "engine/kinematics/segment_rotation.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/kinematics/view.h"
#include "engine/synthesis/body.h"
#include "engine/synthesis/camera.h"

namespace reprise::engine {
namespace {

// Truth is drawn by the body model, whose joint angles are these by definition; 1e-6 degrees is rounding.
constexpr double kExactDeg = 1e-6;
// Between ears, eyes and nose of the model the face points 1 degree down when the neck is straight.
constexpr double kFaceZeroDeg = 1.5;
// The picture is drawn in perspective, and the face is nearer to the lens than the shoulders.
constexpr double kPictureDeg = 1;

// In the picture, a trunk that leans to the side and a camera at an angle add to a nod.
constexpr double kNodDeg = 7;

using Angles = std::vector<std::pair<Dof, double>>;

Pose drawn(const Angles& degrees, double azimuth_deg = 0, const Stance& stance = {}) {
  Posture posture;
  for (const auto& [dof, value] : degrees) posture[dof] = Degrees{value};
  VirtualCamera camera;
  camera.azimuth = Degrees{azimuth_deg};
  return take_picture(draw_body({}, posture, stance).landmarks, {}, camera, {});
}

double degrees_of(const Pose& pose, Measure m, Side side = Side::right) {
  const auto sample = measure(pose, m, side);
  EXPECT_TRUE(sample.has_value()) << info(m).name;
  return sample ? to_degrees(Radians{sample->value}).value() : std::nan("");
}

TEST(Turning, NeckFollowsTheHeadAndNotTheTrunk) {
  for (const double azimuth : {0.0, -45.0, -90.0, 30.0}) {
    for (const double angle : {-40.0, 10.0, 35.0}) {
      const Angles leaning = {{Dof::trunk_flexion, 20}, {Dof::trunk_lateral_flexion, 10}};
      const auto with = [&](Dof dof) {
        Angles all = leaning;
        all.emplace_back(dof, angle);
        return drawn(all, azimuth);
      };
      const Pose nodding = with(Dof::neck_flexion);
      EXPECT_NEAR(degrees_of(nodding, Measure::neck_flexion), angle, kNodDeg) << azimuth;
      Pose meters = nodding;
      meters.image.reset();
      EXPECT_NEAR(degrees_of(meters, Measure::neck_flexion), angle, kFaceZeroDeg);
      meters = with(Dof::neck_lateral_flexion);
      meters.image.reset();
      EXPECT_NEAR(degrees_of(meters, Measure::neck_lateral_flexion), angle, kExactDeg);
      EXPECT_NEAR(degrees_of(with(Dof::neck_rotation), Measure::neck_rotation), angle, kExactDeg);
    }
  }
}

TEST(Turning, EachMovementOfTheNeckLeavesTheOthersAlone) {
  const Pose bent = drawn({{Dof::neck_flexion, 40}});
  EXPECT_NEAR(degrees_of(bent, Measure::neck_lateral_flexion), 0, kPictureDeg);
  EXPECT_NEAR(degrees_of(bent, Measure::neck_rotation), 0, kExactDeg);
  Pose turned = drawn({{Dof::neck_rotation, 60}});
  turned.image.reset();  // a lens below a turned head sees its ears slant: a gate keeps turned heads out
  EXPECT_NEAR(degrees_of(turned, Measure::neck_lateral_flexion), 0, kPictureDeg);
  EXPECT_NEAR(degrees_of(turned, Measure::neck_flexion), 0, kFaceZeroDeg);
  const Pose sideways = drawn({{Dof::neck_lateral_flexion, 30}});
  EXPECT_NEAR(degrees_of(sideways, Measure::neck_rotation), 0, kFaceZeroDeg);
  EXPECT_NEAR(degrees_of(sideways, Measure::neck_flexion), 0, kFaceZeroDeg);
}

// A picture is flat and drawn in perspective: a trunk that leans and a lens at hip height make 1 degree from
// in front, and 6 where the camera stands 20 degrees to the side.
TEST(Turning, ThePictureShowsTheSideBendFromInFrontAndBehindOnly) {
  for (const double angle : {-30.0, 0.0, 20.0}) {
    const Angles bent = {{Dof::trunk_lateral_flexion, 10}, {Dof::neck_lateral_flexion, angle}};
    for (const double azimuth : {0.0, 180.0}) {
      EXPECT_NEAR(degrees_of(drawn(bent, azimuth), Measure::neck_lateral_flexion), angle, 1) << azimuth;
    }
    EXPECT_NEAR(degrees_of(drawn(bent, 20), Measure::neck_lateral_flexion), angle, 6);
    for (const double azimuth : {-60.0, 90.0}) {
      EXPECT_FALSE(measure(drawn(bent, azimuth), Measure::neck_lateral_flexion, Side::right)) << azimuth;
    }
  }
}

TEST(Turning, TowardsASideIsPositiveOnThatSide) {
  const Pose pose =
      drawn({{Dof::neck_lateral_flexion, 20}, {Dof::trunk_rotation, 35}, {Dof::neck_rotation, 15}}, -30);
  for (const Measure m : {Measure::neck_lateral_flexion, Measure::neck_rotation, Measure::trunk_rotation}) {
    EXPECT_GT(degrees_of(pose, m, Side::right), 10) << info(m).name;
    EXPECT_NEAR(degrees_of(pose, m, Side::left), -degrees_of(pose, m, Side::right), kExactDeg);
  }
}

TEST(Turning, ShouldersAgainstHipsWhateverTheWholeBodyDoes) {
  for (const double turn : {0.0, 50.0, 150.0}) {
    for (const double angle : {-45.0, 20.0, 45.0}) {
      const Pose pose =
          drawn({{Dof::pelvis_rotation, turn}, {Dof::pelvis_tilt, 25}, {Dof::trunk_rotation, angle}});
      EXPECT_NEAR(degrees_of(pose, Measure::trunk_rotation), angle, kExactDeg);
    }
  }
  const Pose seated =
      drawn({{Dof::trunk_rotation, 40}, {Dof::left_hip_flexion, 90}, {Dof::right_hip_flexion, 90}}, -45,
            {.support = Support::seated});
  EXPECT_NEAR(degrees_of(seated, Measure::trunk_rotation), 40, kExactDeg);
}

TEST(Turning, ABentElbowShowsHowTheUpperArmIsTurned) {
  for (const Side side : {Side::left, Side::right}) {
    const bool right = side == Side::right;
    for (const double out : {-40.0, 0.0, 50.0}) {
      const Pose pose = drawn({{right ? Dof::right_elbow_flexion : Dof::left_elbow_flexion, 90},
                               {right ? Dof::right_shoulder_rotation : Dof::left_shoulder_rotation, -out}});
      EXPECT_NEAR(degrees_of(pose, Measure::shoulder_external_rotation, side), out, kExactDeg);
    }
  }
  EXPECT_FALSE(
      measure(drawn({{Dof::right_shoulder_rotation, -40}}), Measure::shoulder_external_rotation, Side::right))
      << "a straight arm does not show it";
  EXPECT_FALSE(measure(drawn({{Dof::right_elbow_flexion, 90}, {Dof::right_shoulder_flexion, 80}}),
                       Measure::shoulder_external_rotation, Side::right))
      << "nor does a raised one";
}

TEST(Turning, WristBendsTowardsThePalmHoweverTheArmIsHeld) {
  for (const double pronation : {-80.0, 0.0, 80.0}) {
    for (const double angle : {-60.0, 25.0, 70.0}) {
      const Pose pose = drawn({{Dof::right_elbow_flexion, 90},
                               {Dof::right_shoulder_flexion, 30},
                               {Dof::right_forearm_pronation, pronation},
                               {Dof::right_wrist_flexion, angle},
                               {Dof::left_wrist_flexion, -angle}});
      EXPECT_NEAR(degrees_of(pose, Measure::wrist_flexion, Side::right), angle, kExactDeg);
      EXPECT_NEAR(degrees_of(pose, Measure::wrist_flexion, Side::left), -angle, kExactDeg);
    }
  }
}

TEST(Turning, HeelsAndHipsMoveInLegLengths) {
  // Foot and leg of the model: 0.145 and 0.491 of stature, whatever the stature is.
  const Stance on_toes{.left_foot = FootRule::free, .right_foot = FootRule::free};
  const Pose raised =
      drawn({{Dof::left_ankle_dorsiflexion, -30}, {Dof::right_ankle_dorsiflexion, 15}}, -90, on_toes);
  const auto heel = [&](Side side) { return measure(raised, Measure::heel_lift, side)->value; };
  EXPECT_NEAR(heel(Side::left), std::sin(30 * kPi / 180) * 0.145 / 0.491, 1e-9);
  EXPECT_NEAR(heel(Side::right), -std::sin(15 * kPi / 180) * 0.145 / 0.491, 1e-9);
  // Both legs slanted by 10 degrees put the hips sin 10 leg lengths beside the ankles, to the right.
  const Pose aside = drawn({{Dof::left_hip_abduction, 10}, {Dof::right_hip_abduction, -10}});
  EXPECT_NEAR(measure(aside, Measure::hip_shift, Side::right)->value, std::sin(10 * kPi / 180), 1e-9);
  EXPECT_NEAR(measure(aside, Measure::hip_shift, Side::left)->value, -std::sin(10 * kPi / 180), 1e-9);
}

TEST(Turning, AHiddenFaceIsNotMeasured) {
  Pose pose = drawn({});
  pose.visibility[Landmark::left_ear] = 0.1;
  EXPECT_FALSE(measure(pose, Measure::neck_rotation, Side::right));
  EXPECT_FALSE(measure(pose, Measure::neck_flexion, Side::right));
  pose = drawn({});
  pose.visibility[Landmark::left_pinky] = 0.1;
  EXPECT_FALSE(measure(pose, Measure::wrist_flexion, Side::left));
  EXPECT_TRUE(measure(pose, Measure::wrist_flexion, Side::right));
}

TEST(Turning, LyingOnASideHasNoHeading) {
  const Stance lying{.support = Support::supine};
  EXPECT_TRUE(facing_azimuth(drawn({}, -90, lying)));
  EXPECT_FALSE(facing_azimuth(drawn({{Dof::pelvis_rotation, -80}}, -90, lying)));
}

}  // namespace
}  // namespace reprise::engine

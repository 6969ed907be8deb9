// SPDX-License-Identifier: Apache-2.0
#include "engine/synthesis/body.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/skeleton/skeleton.h"
#include "engine/synthesis/random.h"

namespace reprise::engine {
namespace {

using L = Landmark;
using Points = PerLandmark<Vec3<World>>;

constexpr double kExact = 1e-9;  // m or rad: rounding through a chain of rotations

double angle_at(const Points& p, L a, L vertex, L b) {
  const auto u = p[a] - p[vertex];
  const auto v = p[b] - p[vertex];
  return std::atan2(u.cross(v).norm(), u.dot(v));
}

/// Postures within what joints can do, from a fixed seed.
Posture some_posture(std::uint64_t seed) {
  const detail::CounterRandom random(seed);
  Posture posture;
  for (std::size_t i = 0; i < kDofCount; ++i) posture[dof_at(i)] = Radians{0.8 * (random.uniform(i) - 0.4)};
  posture[Dof::left_knee_flexion] = Radians{2 * random.uniform(100)};
  posture[Dof::right_knee_flexion] = Radians{2 * random.uniform(101)};
  return posture;
}

Posture with(std::initializer_list<std::pair<Dof, Degrees>> angles) {
  Posture posture;
  for (const auto& [dof, angle] : angles) posture[dof] = angle;
  return posture;
}

Points draw(const Posture& posture, const Stance& stance = {}) {
  return draw_body({.stature = Meters{1.8}}, posture, stance).landmarks;
}

TEST(Body, NeutralStandingHasTheHeightsOfTheTable) {
  const Points p = draw({});
  EXPECT_NEAR(p[L::left_hip].v.y(), 0.530 * 1.8, kExact);
  EXPECT_NEAR(p[L::right_knee].v.y(), 0.285 * 1.8, kExact);
  EXPECT_NEAR(p[L::right_ankle].v.y(), 0.039 * 1.8, kExact);
  EXPECT_NEAR(p[L::left_shoulder].v.y(), 0.818 * 1.8, kExact);
  EXPECT_NEAR(p[L::left_eye].v.y(), 0.936 * 1.8, kExact);
  EXPECT_NEAR(p[L::left_heel].v.y(), 0, kExact);
  EXPECT_NEAR(p[L::left_foot_index].v.y(), 0, kExact);
  EXPECT_GT(p[L::nose].v.x(), 0.05) << "faces forward";
  EXPECT_LT(p[L::left_shoulder].v.z(), 0) << "right is +z";
}

TEST(Body, SegmentsAreTurnedAsTheirLandmarksLie) {
  for (const Support support : {Support::standing, Support::seated, Support::supine}) {
    const BodyFigure figure = draw_body({}, some_posture(3), {.support = support});
    ASSERT_EQ(figure.turned.size(), kSegmentCount);
    const auto along = [&](Segment segment, L from, L to) {
      const Eigen::Vector3d way = (figure.landmarks[to] - figure.landmarks[from]).v.normalized();
      return (way + figure.turned[static_cast<std::size_t>(segment)].col(1)).norm();
    };
    EXPECT_NEAR(along(Segment::left_thigh, L::left_hip, L::left_knee), 0, kExact);
    EXPECT_NEAR(along(Segment::right_shank, L::right_knee, L::right_ankle), 0, kExact);
    EXPECT_NEAR(along(Segment::right_forearm, L::right_elbow, L::right_wrist), 0, kExact);
  }
}

TEST(Body, LyingRestsOnTheLowestOfHipsAndShoulders) {
  const Stance lying{.support = Support::supine};
  const double surface = 0.05 * 1.8;  // hip joints above the floor
  const Points back = draw({}, lying);
  EXPECT_NEAR(back[L::left_hip].v.y(), surface, kExact);
  EXPECT_NEAR(back[L::left_shoulder].v.y(), surface, kExact);
  EXPECT_GT(back[L::nose].v.y(), surface) << "face up";
  // On the left side the left shoulder is lowest, and the right one a shoulder's width above it.
  const Points side = draw(with({{Dof::pelvis_rotation, Degrees{-90}}}), lying);
  EXPECT_NEAR(side[L::left_shoulder].v.y(), surface, kExact);
  EXPECT_NEAR(side[L::right_shoulder].v.y(), surface + 2 * 0.129 * 1.8, kExact);
  // A bridge stands on the shoulders, and the heels stay on the floor.
  const Stance bridge{
      .support = Support::supine, .left_foot = FootRule::heel_slides, .right_foot = FootRule::heel_slides};
  const Points raised = draw(with({{Dof::pelvis_tilt, Degrees{-25}},
                                   {Dof::left_knee_flexion, Degrees{90}},
                                   {Dof::right_knee_flexion, Degrees{90}}}),
                             bridge);
  EXPECT_NEAR(raised[L::right_shoulder].v.y(), surface, kExact);
  EXPECT_NEAR(raised[L::right_hip].v.y(), surface + 0.288 * 1.8 * std::sin(25 * kPi / 180), kExact);
  EXPECT_NEAR(raised[L::left_heel].v.y(), 0, kExact);
}

TEST(Body, SegmentsKeepTheirLengthInEveryPosture) {
  const std::pair<L, L> segments[] = {
      {L::left_hip, L::right_hip},      {L::left_hip, L::left_knee},        {L::right_knee, L::right_ankle},
      {L::left_ankle, L::left_heel},    {L::left_heel, L::left_foot_index}, {L::left_shoulder, L::left_elbow},
      {L::right_elbow, L::right_wrist}, {L::left_wrist, L::left_index},     {L::right_index, L::right_pinky},
      {L::nose, L::left_ear},           {L::left_ear, L::right_ear}};
  const Points neutral = draw({});
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    for (const auto support : {Support::standing, Support::left_leg, Support::supine, Support::seated}) {
      const Points p = draw(some_posture(seed), {.support = support});
      for (const auto& [a, b] : segments) {
        EXPECT_NEAR((p[a] - p[b]).norm(), (neutral[a] - neutral[b]).norm(), kExact) << name(a) << name(b);
      }
    }
  }
}

TEST(Body, KneeAndElbowFlexionAreTheAnglesBetweenThreePoints) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    Posture posture = some_posture(seed);
    posture[Dof::left_elbow_flexion] = Degrees{70};
    const BodyFigure figure = draw_body({}, posture, {});
    const auto& p = figure.landmarks;
    EXPECT_NEAR(kPi - angle_at(p, L::left_hip, L::left_knee, L::left_ankle),
                figure.posture[Dof::left_knee_flexion].value(), 1e-6);
    EXPECT_NEAR(kPi - angle_at(p, L::right_hip, L::right_knee, L::right_ankle),
                figure.posture[Dof::right_knee_flexion].value(), 1e-6);
    EXPECT_NEAR(kPi - angle_at(p, L::left_shoulder, L::left_elbow, L::left_wrist), 70 * kPi / 180, 1e-6);
  }
}

TEST(Body, EveryMovementGoesTheClinicalWay) {
  const auto moved = [](Dof dof, L landmark) {
    const Posture posture = with({{dof, Degrees{20}}});
    // Feet free, and seen from mid-hips, so that only the joint itself shows.
    const Stance stance{.left_foot = FootRule::free, .right_foot = FootRule::free};
    const auto mid = [](const Points& p) { return 0.5 * (p[L::left_hip] + p[L::right_hip]); };
    const Points a = draw({}, stance);
    const Points b = draw(posture, stance);
    return Eigen::Vector3d((b[landmark] - mid(b)).v - (a[landmark] - mid(a)).v);
  };
  EXPECT_GT(moved(Dof::pelvis_tilt, L::nose).x(), 0.1);
  EXPECT_GT(moved(Dof::pelvis_list, L::right_hip).y(), 0.01);
  EXPECT_GT(moved(Dof::pelvis_rotation, L::nose).z(), 0.01) << "to the right";
  EXPECT_GT(moved(Dof::trunk_flexion, L::left_shoulder).x(), 0.1);
  EXPECT_GT(moved(Dof::trunk_lateral_flexion, L::left_shoulder).z(), 0.1);
  EXPECT_LT(moved(Dof::trunk_rotation, L::right_shoulder).x(), -0.05);
  EXPECT_GT(moved(Dof::neck_flexion, L::nose).x(), 0.01);
  EXPECT_LT(moved(Dof::neck_flexion, L::nose).y(), -0.01);
  EXPECT_GT(moved(Dof::neck_lateral_flexion, L::nose).z(), 0.01);
  EXPECT_GT(moved(Dof::neck_rotation, L::nose).z(), 0.01);
  EXPECT_GT(moved(Dof::left_hip_flexion, L::left_knee).x(), 0.1);
  EXPECT_LT(moved(Dof::left_hip_abduction, L::left_knee).z(), -0.1);
  EXPECT_GT(moved(Dof::right_hip_abduction, L::right_knee).z(), 0.1);
  EXPECT_LT(moved(Dof::right_hip_rotation, L::right_foot_index).z(), -0.05) << "toes inwards";
  EXPECT_GT(moved(Dof::left_hip_rotation, L::left_foot_index).z(), 0.05);
  EXPECT_LT(moved(Dof::left_knee_flexion, L::left_ankle).x(), -0.1);
  EXPECT_GT(moved(Dof::left_ankle_dorsiflexion, L::left_foot_index).y(), 0.05);
  EXPECT_LT(moved(Dof::right_subtalar_inversion, L::right_heel).z(), -0.01) << "sole to the middle";
  EXPECT_GT(moved(Dof::left_subtalar_inversion, L::left_heel).z(), 0.01);
  EXPECT_GT(moved(Dof::left_scapular_elevation, L::left_shoulder).y(), 0.05);
  EXPECT_GT(moved(Dof::right_shoulder_flexion, L::right_elbow).x(), 0.1);
  EXPECT_GT(moved(Dof::right_shoulder_abduction, L::right_elbow).z(), 0.1);
  EXPECT_LT(moved(Dof::left_shoulder_abduction, L::left_elbow).z(), -0.1);
  EXPECT_GT(moved(Dof::left_elbow_flexion, L::left_wrist).x(), 0.05);
  EXPECT_LT(moved(Dof::right_shoulder_rotation, L::right_thumb).z(), -0.01) << "thumb inwards";
  EXPECT_LT(moved(Dof::right_forearm_pronation, L::right_thumb).z(), -0.01);
  EXPECT_LT(moved(Dof::right_wrist_flexion, L::right_index).z(), -0.01) << "palm faces the thigh";
  EXPECT_GT(moved(Dof::left_wrist_flexion, L::left_index).z(), 0.01);
}

TEST(Body, HipAnglesAreReadFromTheThighInThePelvis) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    Posture posture = some_posture(seed);
    for (const Dof dof : {Dof::pelvis_tilt, Dof::pelvis_list, Dof::pelvis_rotation})
      posture[dof] = Radians{0};
    const Points p = draw(posture);
    const auto thigh = (p[L::right_knee] - p[L::right_hip]).v;
    EXPECT_NEAR(std::atan2(thigh.x(), -thigh.y()), posture[Dof::right_hip_flexion].value(), kExact);
    EXPECT_NEAR(std::atan2(thigh.z(), std::hypot(thigh.x(), thigh.y())),
                posture[Dof::right_hip_abduction].value(), kExact);
  }
}

TEST(Body, ShoulderReachesOverheadByPureFlexionAndByPureAbduction) {
  const auto arm = [](const Posture& posture) {
    const Points p = draw(posture);
    return Eigen::Vector3d((p[L::left_elbow] - p[L::left_shoulder]).v.normalized());
  };
  const Eigen::Vector3d up(0, 1, 0);
  EXPECT_NEAR((arm(with({{Dof::left_shoulder_flexion, Degrees{180}}})) - up).norm(), 0, kExact);
  EXPECT_NEAR((arm(with({{Dof::left_shoulder_abduction, Degrees{180}}})) - up).norm(), 0, kExact);
  EXPECT_NEAR((arm(with({{Dof::left_shoulder_flexion, Degrees{90}}})) - Eigen::Vector3d(1, 0, 0)).norm(), 0,
              kExact);
  EXPECT_NEAR((arm(with({{Dof::left_shoulder_abduction, Degrees{90}}})) - Eigen::Vector3d(0, 0, -1)).norm(),
              0, kExact);
  // Halfway between: elevation hypot(f, a), plane at 45 degrees.
  const double half = 90 / std::sqrt(2.0);
  const auto scaption =
      arm(with({{Dof::left_shoulder_flexion, Degrees{half}}, {Dof::left_shoulder_abduction, Degrees{half}}}));
  EXPECT_NEAR((scaption - Eigen::Vector3d(std::sqrt(0.5), 0, -std::sqrt(0.5))).norm(), 0, kExact);
}

TEST(Body, MirroredPostureIsTheMirrorImage) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    for (const auto support :
         {Support::standing, Support::left_leg, Support::supine, Support::long_sitting}) {
      const Stance stance{.support = support, .stance_width = 0.2};
      const Points a = draw(some_posture(seed), stance);
      const Points b = draw(mirrored(some_posture(seed)), mirrored(stance));
      for (std::size_t i = 0; i < kLandmarkCount; ++i) {
        const auto& other = b[mirrored(static_cast<Landmark>(i))].v;
        EXPECT_NEAR((a[i].v - Eigen::Vector3d(other.x(), other.y(), -other.z())).norm(), 0, kExact);
      }
    }
  }
}

TEST(Body, TheSupportingFootTouchesTheFloorAndTheOtherIsNeverBelow) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const Posture posture = some_posture(seed);
    const auto lowest = [](const Points& p, L heel, L toe) { return std::min(p[heel].v.y(), p[toe].v.y()); };
    const Points both = draw(posture);
    EXPECT_NEAR(std::min(lowest(both, L::left_heel, L::left_foot_index),
                         lowest(both, L::right_heel, L::right_foot_index)),
                0, kExact);
    const Points one = draw(posture, {.support = Support::left_leg});
    EXPECT_NEAR(lowest(one, L::left_heel, L::left_foot_index), 0, kExact);
    EXPECT_GE(lowest(one, L::right_heel, L::right_foot_index), -kExact);
    EXPECT_NEAR(one[L::left_ankle].v.x(), 0, kExact) << "stays put";
    EXPECT_NEAR(one[L::left_ankle].v.z(), 0, kExact);
  }
}

TEST(Body, FlatFeetFollowTheShankInASquat) {
  // Sole level: dorsiflexion = knee flexion - hip flexion + forward lean.
  const Posture squat = with({{Dof::pelvis_tilt, Degrees{35}},
                              {Dof::left_hip_flexion, Degrees{110}},
                              {Dof::right_hip_flexion, Degrees{110}},
                              {Dof::left_knee_flexion, Degrees{105}},
                              {Dof::right_knee_flexion, Degrees{105}}});
  const BodyFigure figure = draw_body({}, squat, {});
  EXPECT_NEAR(to_degrees(figure.posture[Dof::left_ankle_dorsiflexion]).value(), 30, 1e-9);
  const auto& p = figure.landmarks;
  EXPECT_NEAR(p[L::right_heel].v.y(), 0, kExact);
  EXPECT_NEAR(p[L::right_foot_index].v.y(), 0, kExact);
  const double at_ankle = angle_at(p, L::left_knee, L::left_ankle, L::left_foot_index) -
                          angle_at(draw({}), L::left_knee, L::left_ankle, L::left_foot_index);
  EXPECT_NEAR(at_ankle * 180 / kPi, -30, 1e-9);
}

TEST(Body, StanceWidthKeepsTheFeetInPlaceAndInternalRotationBringsTheKneesTogether) {
  const Stance stance{.stance_width = 0.25};
  const auto at = [&](double depth, double internal_degrees) {
    Posture posture;
    for (const Dof dof : {Dof::left_hip_flexion, Dof::left_knee_flexion}) {
      posture[dof] = posture[mirrored(dof)] = Degrees{100 * depth};
    }
    posture[Dof::left_hip_rotation] = posture[Dof::right_hip_rotation] = Degrees{internal_degrees};
    return draw(posture, stance);
  };
  const Points start = at(0, 0);
  EXPECT_NEAR((start[L::right_ankle] - start[L::left_ankle]).v.z(), 0.25 * 1.8, kExact);
  for (const double depth : {0.3, 0.6, 1.0}) {
    const Points p = at(depth, 0);
    for (const L l : {L::left_ankle, L::right_heel, L::left_foot_index}) {
      EXPECT_NEAR((p[l] - start[l]).norm(), 0, kExact) << depth;
    }
    const auto apart = [](const Points& q) { return (q[L::right_knee] - q[L::left_knee]).v.z(); };
    EXPECT_LT(apart(at(depth, 15)), apart(p) - 0.02);
  }
}

TEST(Body, SupineHeelSlidesAlongTheFloor) {
  const Stance stance{.support = Support::supine, .right_foot = FootRule::heel_slides};
  double previous = 10;
  for (const double knee : {0.0, 40.0, 80.0, 110.0}) {
    const BodyFigure figure = draw_body({}, with({{Dof::right_knee_flexion, Degrees{knee}}}), stance);
    const auto& p = figure.landmarks;
    EXPECT_NEAR(p[L::right_heel].v.y(), 0, kExact);
    EXPECT_LT(p[L::right_heel].v.x(), previous) << "towards the hips";
    previous = p[L::right_heel].v.x();
    EXPECT_LT(p[L::nose].v.x(), p[L::left_hip].v.x() - 0.3) << "head to -x";
    EXPECT_GT(p[L::nose].v.y(), p[L::left_ear].v.y()) << "face up";
    EXPECT_GE(p[L::right_knee].v.y(), 0);
  }
}

TEST(Body, SeatedFeetReachTheFloorFromAKneeHighSeat) {
  Posture sitting;
  for (const Dof dof : {Dof::left_hip_flexion, Dof::left_knee_flexion}) {
    sitting[dof] = sitting[mirrored(dof)] = Degrees{90};
  }
  const Points p = draw(sitting, {.support = Support::seated});
  EXPECT_NEAR(p[L::left_hip].v.y(), 0.285 * 1.8, kExact);
  EXPECT_NEAR(p[L::left_heel].v.y(), 0, kExact);
  const Points low = draw(sitting, {.support = Support::seated, .seat_height = Meters{0.4}});
  EXPECT_NEAR(low[L::left_hip].v.y(), 0.4, kExact);
  EXPECT_GE(low[L::left_heel].v.y(), -kExact) << "not through the floor";
}

TEST(Body, AStepRaisesTheStandingFootAndAJumpBoth) {
  const double stature = 1.8;
  const Points step = draw({}, {.support = Support::right_leg, .support_height = 0.1});
  EXPECT_NEAR(step[L::right_heel].v.y(), 0.1 * stature, kExact);
  EXPECT_NEAR(step[L::right_hip].v.y(), (0.530 + 0.1) * stature, kExact);
  // The other foot may go below the step, down to the floor.
  const Posture lunge = with({{Dof::right_hip_flexion, Degrees{60}}, {Dof::right_knee_flexion, Degrees{90}}});
  const Points down = draw(lunge, {.support = Support::right_leg, .support_height = 0.1});
  EXPECT_NEAR(down[L::right_heel].v.y(), 0.1 * stature, kExact);
  EXPECT_LT(down[L::left_heel].v.y(), 0.1 * stature);
  EXPECT_GE(down[L::left_heel].v.y(), -kExact);
  const Points jump = draw({}, {.flight = 0.2});
  for (const L l : {L::left_heel, L::right_foot_index}) EXPECT_NEAR(jump[l].v.y(), 0.2 * stature, kExact);
}

TEST(Body, HangingHandsStayPutWhileTheElbowsBend) {
  const Stance hanging{.support = Support::hands, .support_height = 1.3};
  for (const double elbow : {0.0, 40.0, 90.0}) {
    const Points p = draw(with({{Dof::left_shoulder_flexion, Degrees{170}},
                                {Dof::right_shoulder_flexion, Degrees{170}},
                                {Dof::left_elbow_flexion, Degrees{elbow}},
                                {Dof::right_elbow_flexion, Degrees{elbow}}}),
                          hanging);
    const Eigen::Vector3d middle = 0.5 * (p[L::left_wrist] + p[L::right_wrist]).v;
    EXPECT_NEAR((middle - Eigen::Vector3d(0, 1.3 * 1.8, 0)).norm(), 0, kExact) << elbow;
    EXPECT_GE(p[L::left_foot_index].v.y(), -kExact);
  }
  // With straight arms the shoulders hang an arm's length lower.
  const Points straight =
      draw(with({{Dof::left_shoulder_flexion, Degrees{180}}, {Dof::right_shoulder_flexion, Degrees{180}}}),
           hanging);
  EXPECT_NEAR(straight[L::left_shoulder].v.y(), (1.3 - 0.186 - 0.146) * 1.8, kExact);
}

TEST(Body, ShouldersOnABenchStayPutWhileTheHipsSink) {
  const Stance bench{.support = Support::shoulders, .support_height = 0.25};
  for (const double tilt : {0.0, 20.0, 40.0}) {
    const Points p = draw(with({{Dof::pelvis_tilt, Degrees{tilt}}}), bench);
    EXPECT_NEAR(p[L::left_shoulder].v.y(), 0.25 * 1.8, kExact);
    EXPECT_NEAR(p[L::right_shoulder].v.x(), 0, kExact);
    EXPECT_NEAR(p[L::left_hip].v.y(), (0.25 - 0.288 * std::sin(tilt * kPi / 180)) * 1.8, kExact);
    EXPECT_GT(p[L::left_hip].v.x(), 0) << "head to -x";
  }
  // On the side, the lower shoulder carries.
  const Points side = draw(with({{Dof::pelvis_rotation, Degrees{90}}}), bench);
  EXPECT_NEAR(side[L::right_shoulder].v.y(), 0.25 * 1.8, kExact);
  EXPECT_GT(side[L::left_shoulder].v.y(), 0.25 * 1.8 + 0.2);
}

TEST(Body, RefusesShapesThatCannotBe) {
  EXPECT_TRUE(check(BodyShape{}));
  EXPECT_FALSE(check(BodyShape{.stature = Meters{0}}));
  EXPECT_FALSE(check(BodyShape{.stature = Meters{std::nan("")}}));
  BodyShape shape;
  shape.proportions.thigh = 0;
  EXPECT_FALSE(check(shape));
}

}  // namespace
}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#include "engine/kinematics/measure.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/kinematics/body_axes.h"
#include "engine/kinematics/view.h"

namespace reprise::engine {
namespace {

using L = Landmark;

/// A person of simple proportions who stands and faces the camera: the neutral-zero position, in camera axes.
Pose standing() {
  Pose pose;
  for (double& v : pose.visibility) v = 1;
  const auto put = [&](L left, double outward, double down, double towards_camera = 0) {
    pose.world_m[left] =
        Vec3<Camera>{outward, down, -towards_camera};  // the person's left is right in the picture
    pose.world_m[mirrored(left)] = Vec3<Camera>{-outward, down, -towards_camera};
  };
  put(L::left_shoulder, 0.2, -0.5);
  put(L::left_elbow, 0.2, -0.2);
  put(L::left_wrist, 0.2, 0.1);
  put(L::left_hip, 0.1, 0);
  put(L::left_knee, 0.1, 0.4);
  put(L::left_ankle, 0.1, 0.8);
  put(L::left_heel, 0.1, 0.85, -0.05);
  put(L::left_foot_index, 0.1, 0.85, 0.2);
  return pose;
}

Pose turned(Pose pose, double degrees) {
  // About the camera's vertical; positive turns the face towards the right edge of the picture.
  const Eigen::AngleAxisd turn(-degrees * kPi / 180, Eigen::Vector3d::UnitY());
  for (auto& p : pose.world_m) p.v = turn * p.v;
  return pose;
}

double measured_deg(const Pose& pose, Measure m, Side side) {
  const auto sample = measure(pose, m, side);
  EXPECT_TRUE(sample.has_value()) << info(m).name;
  return sample ? sample->value * 180 / kPi : std::nan("");
}

TEST(Measure, NeutralStandingIsZero) {
  for (const Side side : {Side::left, Side::right}) {
    for (const Measure m :
         {Measure::shoulder_elevation, Measure::shoulder_flexion, Measure::shoulder_abduction,
          Measure::elbow_flexion, Measure::hip_flexion, Measure::hip_abduction, Measure::knee_flexion,
          Measure::ankle_dorsiflexion, Measure::trunk_inclination, Measure::trunk_flexion,
          Measure::trunk_lateral_flexion, Measure::shoulder_obliquity, Measure::pelvic_obliquity}) {
      EXPECT_NEAR(measured_deg(standing(), m, side), 0, 1e-9) << info(m).name;
    }
  }
  EXPECT_NEAR(measure(standing(), Measure::hip_height, Side::left)->value, 1.0, 1e-12);
  EXPECT_NEAR(measure(standing(), Measure::knee_separation, Side::left)->value, 1.0, 1e-12);
}

TEST(Measure, ArmRaisedSidewaysPastTheVerticalKeepsCounting) {
  for (const double angle : {30.0, 90.0, 170.0, 190.0}) {
    Pose pose = standing();
    const double a = angle * kPi / 180;
    pose.world_m[L::right_elbow] =
        pose.world_m[L::right_shoulder] + Vec3<Camera>{-0.3 * std::sin(a), 0.3 * std::cos(a), 0};
    EXPECT_NEAR(measured_deg(pose, Measure::shoulder_abduction, Side::right), angle, 1e-9);
    EXPECT_NEAR(measured_deg(pose, Measure::shoulder_elevation, Side::right),
                angle > 180 ? 360 - angle : angle, 1e-9);
    EXPECT_NEAR(measured_deg(pose, Measure::shoulder_abduction, Side::left), 0, 1e-9)
        << "the other side stays";
  }
}

TEST(Measure, PlaneOfElevationTellsForwardFromSideways) {
  for (const double elevation : {50.0, 90.0, 120.0}) {
    for (const double plane : {-30.0, 0.0, 45.0, 90.0}) {  // 0 sideways, 90 forward (Wu et al. 2005)
      Pose pose = standing();
      const double e = elevation * kPi / 180;
      const double p = plane * kPi / 180;
      pose.world_m[L::left_elbow] =
          pose.world_m[L::left_shoulder] +
          0.3 * Vec3<Camera>{std::sin(e) * std::cos(p), std::cos(e), -std::sin(e) * std::sin(p)};
      EXPECT_NEAR(measured_deg(turned(pose, 70), Measure::shoulder_plane, Side::left), plane, 1e-9);
    }
  }
  EXPECT_FALSE(measure(standing(), Measure::shoulder_plane, Side::left)) << "a hanging arm has no plane";
}

TEST(Measure, ThighForwardIsHipFlexionWhateverTheCamerasPlace) {
  for (const double azimuth : {0.0, 45.0, 90.0, 180.0, -120.0}) {
    Pose pose = standing();
    const double a = 70 * kPi / 180;
    pose.world_m[L::left_knee] =
        pose.world_m[L::left_hip] + Vec3<Camera>{0, 0.4 * std::cos(a), -0.4 * std::sin(a)};
    pose.world_m[L::left_ankle] = pose.world_m[L::left_knee] + Vec3<Camera>{0, 0.4, 0};
    pose = turned(pose, azimuth);
    EXPECT_NEAR(measured_deg(pose, Measure::hip_flexion, Side::left), 70, 1e-9) << azimuth;
    EXPECT_NEAR(measured_deg(pose, Measure::knee_flexion, Side::left), 70, 1e-9) << azimuth;
    EXPECT_NEAR(measured_deg(pose, Measure::hip_flexion, Side::right), 0, 1e-9) << azimuth;
    // The foot is as high as the knee bend lets it hang: 0.4 (1 - cos 70) over the mean leg length of 0.8.
    EXPECT_NEAR(measure(pose, Measure::foot_lift, Side::left)->value, 0.4 * (1 - std::cos(a)) / 0.8, 1e-9);
    EXPECT_NEAR(measure(pose, Measure::foot_lift, Side::right)->value, -0.4 * (1 - std::cos(a)) / 0.8, 1e-9);
  }
}

TEST(Measure, LeaningIsSignedByTheBodyNotByThePicture) {
  for (const double azimuth : {0.0, 90.0, -90.0}) {
    Pose forward = standing();
    Pose sideways = standing();
    const double a = 20 * kPi / 180;
    for (const L l : {L::left_shoulder, L::right_shoulder}) {
      forward.world_m[l] = Vec3<Camera>{forward.world_m[l].v.x(), -0.5 * std::cos(a), -0.5 * std::sin(a)};
      sideways.world_m[l] = sideways.world_m[l] + Vec3<Camera>{-0.5 * std::tan(a), 0, 0};
    }
    EXPECT_NEAR(measured_deg(turned(forward, azimuth), Measure::trunk_flexion, Side::left), 20, 1e-9);
    EXPECT_NEAR(measured_deg(turned(sideways, azimuth), Measure::trunk_lateral_flexion, Side::left), 20,
                1e-9);
    EXPECT_NEAR(measured_deg(turned(sideways, azimuth), Measure::trunk_inclination, Side::left), 20, 1e-9);
  }
}

TEST(Measure, MirroringTheBodySwapsTheSides) {
  Pose pose = standing();
  pose.world_m[L::left_elbow] = pose.world_m[L::left_shoulder] + Vec3<Camera>{0.2, 0.1, -0.15};
  pose.world_m[L::right_knee] = pose.world_m[L::right_hip] + Vec3<Camera>{-0.1, 0.3, -0.2};
  Pose mirror;
  for (std::size_t i = 0; i < kLandmarkCount; ++i) {
    const auto l = static_cast<Landmark>(i);
    const auto& p = pose.world_m[l].v;
    mirror.world_m[mirrored(l)] = Vec3<Camera>{-p.x(), p.y(), p.z()};
    mirror.visibility[l] = 1;
  }
  for (std::size_t i = 0; i < kMeasureCount; ++i) {
    const auto m = static_cast<Measure>(i);
    const bool changes_sign = m == Measure::trunk_lateral_flexion || m == Measure::shoulder_obliquity ||
                              m == Measure::pelvic_obliquity;
    const auto here = measure(pose, m, Side::left);
    const auto there = measure(mirror, m, Side::right);
    ASSERT_EQ(here.has_value(), there.has_value()) << info(m).name;
    if (here) {
      EXPECT_NEAR(here->value, changes_sign ? -there->value : there->value, 1e-12) << info(m).name;
    }
  }
}

TEST(Measure, WhatIsHiddenOrImpossibleIsNotMeasured) {
  Pose pose = standing();
  pose.visibility[L::left_knee] = kMinVisibility - 0.01;
  EXPECT_FALSE(measure(pose, Measure::knee_flexion, Side::left));
  EXPECT_TRUE(measure(pose, Measure::knee_flexion, Side::right));
  pose = standing();
  pose.world_m[L::right_ankle] = pose.world_m[L::right_knee];
  EXPECT_NO_FATAL_FAILURE((void)measure(pose, Measure::knee_flexion, Side::right));
  EXPECT_FALSE(measure(pose, Measure::knee_flexion, Side::right));
  pose.world_m[L::left_ankle] = Vec3<Camera>{std::nan(""), 0, 0};
  EXPECT_FALSE(measure(pose, Measure::knee_flexion, Side::left));
}

TEST(Measure, DepthIsTrustedLess) {
  const double from_front = measure(standing(), Measure::knee_flexion, Side::left)->confidence;
  const double from_side = measure(turned(standing(), 90), Measure::knee_flexion, Side::left)->confidence;
  EXPECT_NEAR(from_front, 0.5, 1e-9);
  EXPECT_NEAR(from_side, 1.0, 1e-9);
}

TEST(Measure, NamesRoundTrip) {
  for (std::size_t i = 0; i < kMeasureCount; ++i) {
    EXPECT_EQ(measure_from_name(info(static_cast<Measure>(i)).name), static_cast<Measure>(i));
  }
  EXPECT_EQ(measure_from_name("axial_rotation"), std::nullopt);
}

TEST(View, FollowsTheFace) {
  EXPECT_NEAR(to_degrees(*facing_azimuth(standing())).value(), 0, 1e-9);
  EXPECT_NEAR(to_degrees(*facing_azimuth(turned(standing(), 90))).value(), 90, 1e-9);
  EXPECT_EQ(classify(Degrees{-80}), View::side);
  EXPECT_EQ(classify(Degrees{170}), View::back);
  std::vector<PoseFrame> frames;
  for (const double azimuth : {170.0, -170.0, 178.0})
    frames.push_back({Seconds{0}, turned(standing(), azimuth)});
  EXPECT_EQ(classify(facing_over(frames)->azimuth), View::back) << "angles wrap: their mean is not zero";
}

TEST(View, SpreadIsTheCircularStandardDeviation) {
  std::vector<PoseFrame> frames;
  for (const double azimuth : {0.0, 90.0, 0.0, 90.0})
    frames.push_back({Seconds{0}, turned(standing(), azimuth)});
  const auto facing = facing_over(frames);
  ASSERT_TRUE(facing);
  EXPECT_NEAR(to_degrees(facing->azimuth).value(), 45, 1e-9);
  EXPECT_NEAR(facing->spread.value(), std::sqrt(-2 * std::log(std::cos(kPi / 4))), 1e-9);  // 47.7 degrees
}

TEST(View, FramesThatAreTurnedRoundDoNotMoveIt) {
  std::vector<PoseFrame> frames(9, {Seconds{0}, turned(standing(), 80)});
  frames.push_back({Seconds{0}, turned(standing(), -60)});
  frames.push_back({Seconds{0}, std::nullopt});
  const auto facing = facing_over(frames);
  ASSERT_TRUE(facing);
  EXPECT_NEAR(to_degrees(facing->azimuth).value(), 80, 1e-9);
  EXPECT_GT(facing->spread, Radians{Degrees{20}});
  EXPECT_FALSE(facing_over({}));
}

}  // namespace
}  // namespace reprise::engine

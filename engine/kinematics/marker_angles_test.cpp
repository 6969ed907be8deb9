// SPDX-License-Identifier: Apache-2.0
#include "engine/kinematics/marker_angles.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "tests/support/degrees.h"

namespace reprise::engine {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using Vector = Eigen::Vector3d;

Eigen::Matrix3d turn(const Vector& axis, double angle_deg) {
  return Eigen::AngleAxisd(Radians{Degrees{angle_deg}}.value(), axis).toRotationMatrix();
}

/// Angles in degrees of a body that is put together segment by segment: x forward, y up, z right.
struct Bends {
  double hip_flexion = 0, hip_abduction = 0, knee_flexion = 0, ankle_dorsiflexion = 0, elbow_flexion = 0;
  double pelvic_tilt = 13, pelvic_obliquity = 0;
  double scale = 1;
};

/// Markers of the "clinical" set with medial ones, at places that follow from the angles in closed form.
MarkerRecording posed(const std::vector<Bends>& postures,
                      const Eigen::Matrix3d& room = Eigen::Matrix3d::Identity()) {
  MarkerRecording out;
  const auto put = [&](bool first, const std::string& name, const Vector& p) {
    if (first) out.names.push_back(name);
    out.positions_m.emplace_back(Vec3<Laboratory>{Vector{room * p}});
  };
  for (std::size_t f = 0; f < postures.size(); ++f) {
    const Bends& a = postures[f];
    const bool first = f == 0;
    out.times.emplace_back(static_cast<double>(f) / 100);
    const Vector x{1, 0, 0}, y{0, 1, 0}, z{0, 0, 1};
    const double s = a.scale;
    // Turning about +x lowers the right side; about -z the front.
    const Eigen::Matrix3d pelvis = turn(x, -a.pelvic_obliquity) * turn(z, -a.pelvic_tilt);
    const Eigen::Matrix3d upright = pelvis * turn(z, 13);  // what the thigh is measured from
    const Vector origin{0.3, s, -0.2};
    put(first, "C7", origin + s * Vector{0, 0.5, 0});
    for (const double side : {-1.0, 1.0}) {
      const std::string l = side > 0 ? "R" : "L";
      put(first, l + "ASI", origin + pelvis * Vector{0.10, 0, side * 0.12} * s);
      put(first, l + "PSI", origin + pelvis * Vector{-0.08, 0, side * 0.05} * s);
      const Vector hip = origin + pelvis * Vector{0, -0.08, side * 0.09} * s;
      put(first, l + "HJC", hip);
      const Eigen::Matrix3d thigh = upright * turn(z, a.hip_flexion) * turn(x, -side * a.hip_abduction);
      const Vector knee = hip - thigh * y * 0.42 * s;
      put(first, l + "KNE", knee + thigh * z * side * 0.05 * s);
      put(first, l + "KNM", knee - thigh * z * side * 0.05 * s);
      const Eigen::Matrix3d shank = thigh * turn(z, -a.knee_flexion);
      const Vector ankle = knee - shank * y * 0.40 * s;
      put(first, l + "ANK", ankle + shank * z * side * 0.04 * s);
      put(first, l + "ANM", ankle - shank * z * side * 0.04 * s);
      const Eigen::Matrix3d foot = shank * turn(z, a.ankle_dorsiflexion);
      put(first, l + "HEE", ankle + foot * Vector{-0.05, -0.05, 0} * s);
      put(first, l + "MT5", ankle + foot * Vector{0.12, -0.05, 0} * s);
      const Vector shoulder = origin + Vector{0, 0.45, side * 0.18} * s;
      put(first, l + "SHO", shoulder);
      put(first, l + "ELB", shoulder - y * 0.3 * s);
      put(first, l + "WRA", shoulder - y * 0.3 * s - turn(z, a.elbow_flexion) * y * 0.25 * s);
    }
  }
  return out;
}

MarkerBody body_of(const MarkerRecording& recording) {
  const auto markers = recognise_markers(recording.names);
  EXPECT_TRUE(markers) << to_string(markers.error());
  return find_body(recording, *markers);
}

std::optional<double> value_deg(const MarkerAngles& angles, MarkerAngle angle, std::optional<Side> side,
                                std::size_t frame = 0) {
  for (const MarkerAngleSeries& s : angles.series) {
    if (s.angle == angle && s.side == side && s.values_rad[frame]) return degrees(*s.values_rad[frame]);
  }
  return std::nullopt;
}

void remove_marker(MarkerRecording& recording, const std::string& name) {
  for (std::size_t m = 0; m < recording.names.size(); ++m) {
    if (recording.names[m] != name) continue;
    for (std::size_t f = 0; f < recording.times.size(); ++f)
      recording.positions_m[f * recording.names.size() + m].reset();
  }
}

const Bends kPostures[] = {
    {},
    {.hip_flexion = 35,
     .hip_abduction = 12,
     .knee_flexion = 70,
     .ankle_dorsiflexion = 15,
     .elbow_flexion = 90,
     .pelvic_tilt = 20,
     .pelvic_obliquity = 6},
    {.hip_flexion = -20,
     .hip_abduction = -8,
     .knee_flexion = -5,
     .ankle_dorsiflexion = -25,
     .elbow_flexion = 30,
     .pelvic_tilt = 5,
     .pelvic_obliquity = -4},
    {.hip_flexion = 110,
     .hip_abduction = 30,
     .knee_flexion = 140,
     .ankle_dorsiflexion = 30,
     .elbow_flexion = 150},
};

TEST(MarkerAngles, AreThoseTheBodyWasPutTogetherWith) {
  // A laboratory may turn its axes as it likes.
  const Eigen::Matrix3d rooms[] = {Eigen::Matrix3d::Identity(), turn(Vector{1, 0, 0}, 90),
                                   turn(Vector{0, 0, 1}, -90) * turn(Vector{0, 1, 0}, 140)};
  for (const auto& room : rooms) {
    const MarkerRecording recording = posed({std::begin(kPostures), std::end(kPostures)}, room);
    const MarkerBody body = body_of(recording);
    const MarkerAngles angles = angles_of(body);
    EXPECT_THAT(body.warnings, IsEmpty());
    for (std::size_t f = 0; f < std::size(kPostures); ++f) {
      const Bends& p = kPostures[f];
      for (const Side side : {Side::left, Side::right}) {
        EXPECT_NEAR(*value_deg(angles, MarkerAngle::hip_flexion, side, f), p.hip_flexion, 1e-6);
        EXPECT_NEAR(*value_deg(angles, MarkerAngle::hip_abduction, side, f), p.hip_abduction, 1e-6);
        EXPECT_NEAR(*value_deg(angles, MarkerAngle::knee_flexion, side, f), p.knee_flexion, 1e-6);
        EXPECT_NEAR(*value_deg(angles, MarkerAngle::ankle_dorsiflexion, side, f), p.ankle_dorsiflexion, 1e-6);
        EXPECT_NEAR(*value_deg(angles, MarkerAngle::elbow_flexion, side, f), p.elbow_flexion, 1e-6);
      }
      EXPECT_NEAR(*value_deg(angles, MarkerAngle::pelvic_obliquity, std::nullopt, f), p.pelvic_obliquity,
                  1e-6);
      if (p.pelvic_obliquity == 0) {
        EXPECT_NEAR(*value_deg(angles, MarkerAngle::pelvic_tilt, std::nullopt, f), p.pelvic_tilt, 1e-6);
      }
    }
  }
}

TEST(MarkerAngles, DoNotDependOnTheSizeOfThePerson) {
  for (const double scale : {0.53, 1.25}) {  // 0.9 m and 2.1 m where 1 is 1.7 m
    Bends p = kPostures[1];
    p.scale = scale;
    const MarkerBody body = body_of(posed({p, p}));
    EXPECT_THAT(body.warnings, IsEmpty());
    EXPECT_NEAR(*value_deg(angles_of(body), MarkerAngle::knee_flexion, Side::left), 70, 1e-6);
  }
}

TEST(MarkerAngles, SayWhichSegmentIsMissingAndMeasureTheRest) {
  MarkerRecording amputation = posed({kPostures[1], kPostures[2]});
  for (const char* name : {"LANK", "LANM", "LHEE", "LMT5"}) remove_marker(amputation, name);
  const MarkerAngles angles = angles_of(body_of(amputation));
  EXPECT_NEAR(*value_deg(angles, MarkerAngle::hip_flexion, Side::left), 35, 1e-6);
  EXPECT_NEAR(*value_deg(angles, MarkerAngle::knee_flexion, Side::right), 70, 1e-6);
  EXPECT_FALSE(value_deg(angles, MarkerAngle::knee_flexion, Side::left));
  ASSERT_EQ(angles.not_measured.size(), 2U);  // left knee and ankle, nothing else
  EXPECT_EQ(angles.not_measured[0].angle, MarkerAngle::knee_flexion);
  EXPECT_EQ(angles.not_measured[0].side, Side::left);
  EXPECT_EQ(angles.not_measured[0].reason, "the marker of the left lateral ankle is never seen");
  EXPECT_EQ(angles.not_measured[1].angle, MarkerAngle::ankle_dorsiflexion);
}

TEST(MarkerAngles, LeaveGapsWhereAMarkerIsHidden) {
  MarkerRecording gaps = posed({kPostures[1], kPostures[2], kPostures[1]});
  const auto knee =
      static_cast<std::size_t>(std::find(gaps.names.begin(), gaps.names.end(), "RKNE") - gaps.names.begin());
  gaps.positions_m[gaps.names.size() + knee].reset();
  const MarkerAngles angles = angles_of(body_of(gaps));
  EXPECT_TRUE(value_deg(angles, MarkerAngle::knee_flexion, Side::right, 0));
  EXPECT_FALSE(value_deg(angles, MarkerAngle::knee_flexion, Side::right, 1));
  EXPECT_TRUE(value_deg(angles, MarkerAngle::knee_flexion, Side::left, 1));
}

TEST(MarkerAngles, WithoutPelvisTheHipIsMeasuredFromTheTrunkUnderItsOwnName) {
  MarkerRecording no_spines = posed({{.hip_flexion = 40, .pelvic_tilt = 13}});
  for (const char* name : {"LPSI", "RPSI"}) remove_marker(no_spines, name);
  const MarkerAngles angles = angles_of(body_of(no_spines));
  EXPECT_FALSE(value_deg(angles, MarkerAngle::hip_flexion, Side::right));
  // From the neck, 0.5 above the pelvis' origin, to hips 0.08 below and behind it: the trunk leans by little.
  const double lean = degrees(std::atan2(0.08 * std::sin(Radians{Degrees{13}}.value()),
                                         0.5 + 0.08 * std::cos(Radians{Degrees{13}}.value())));
  EXPECT_NEAR(*value_deg(angles, MarkerAngle::trunk_hip_flexion, Side::right), 40 + lean, 1e-6);
}

TEST(MarkerAngles, KeepSegmentLengthsAgainstNoise) {
  // Twenty frames; in four the ankle marker slides up the shank by 5 cm, but the bone keeps its length.
  MarkerRecording recording = posed(std::vector<Bends>(20, Bends{.knee_flexion = 60}));
  const auto column = [&](const char* name) {
    return static_cast<std::size_t>(std::find(recording.names.begin(), recording.names.end(), name) -
                                    recording.names.begin());
  };
  for (const std::size_t f : {3U, 7U, 11U, 15U}) {
    for (const char* name : {"RANK", "RANM"}) {
      auto& p = recording.positions_m[f * recording.names.size() + column(name)];
      p->v += 0.05 * (recording.at(f, column("RKNE"))->v - p->v).normalized();
    }
  }
  const MarkerBody body = body_of(recording);
  for (const BodyFrame& frame : body.frames) {
    EXPECT_NEAR((*frame.at(JointPoint::hip, Side::right) - *frame.at(JointPoint::knee, Side::right)).norm(),
                0.42, 1e-6);
    EXPECT_NEAR((*frame.at(JointPoint::knee, Side::right) - *frame.at(JointPoint::ankle, Side::right)).norm(),
                0.40, 1e-6);
  }
}

TEST(MarkerAngles, RefuseABodyThatCannotBe) {
  Bends tiny{.knee_flexion = 60};
  tiny.scale = 0.001;  // meters read as millimeters
  const MarkerBody body = body_of(posed({tiny}));
  EXPECT_THAT(body.warnings, Contains(HasSubstr("thigh would be 0.04 cm long")));
  const MarkerAngles angles = angles_of(body);
  EXPECT_FALSE(value_deg(angles, MarkerAngle::knee_flexion, Side::right));
  // One frame with another person's marker.
  MarkerRecording strange = posed(std::vector<Bends>(5, Bends{.knee_flexion = 60}));
  for (std::size_t m = 0; m < strange.names.size(); ++m) {
    if (strange.names[m] == "LANK") strange.positions_m[2 * strange.names.size() + m]->v += Vector{2, 0, 0};
  }
  const MarkerBody other = body_of(strange);
  EXPECT_THAT(other.warnings, Contains(HasSubstr("left leg was left out in 1 frames")));
  EXPECT_FALSE(value_deg(angles_of(other), MarkerAngle::knee_flexion, Side::left, 2));
  EXPECT_TRUE(value_deg(angles_of(other), MarkerAngle::knee_flexion, Side::left, 1));
}

TEST(MarkerAngles, WarnWhereLeftAndRightAreExchanged) {
  MarkerRecording mirrored = posed({{}});
  for (std::string& name : mirrored.names) {
    if (name[0] == 'L') {
      name[0] = 'R';
    } else if (name[0] == 'R') {
      name[0] = 'L';
    }
  }
  EXPECT_THAT(body_of(mirrored).warnings, Contains(HasSubstr("left and right seem to be exchanged")));
}

TEST(MarkerAngles, EstimateHipsFromThePelvisAndSaySo) {
  MarkerRecording recording = posed({{}});
  for (const char* name : {"LHJC", "RHJC"}) remove_marker(recording, name);
  const MarkerBody body = body_of(recording);
  EXPECT_THAT(body.assumptions, Contains(HasSubstr("Hip centers are estimated")));
  const BodyFrame& frame = body.frames[0];
  const Vector apart = frame.at(JointPoint::hip, Side::right)->v - frame.at(JointPoint::hip, Side::left)->v;
  EXPECT_NEAR(apart.norm(), 2 * 0.36 * 0.24, 1e-9);
}

TEST(MarkerAngles, TakeTheVerticalFromTheDataOrTheCaller) {
  const MarkerRecording recording = posed({{}}, turn(Vector{1, 0, 0}, 90));  // z up
  const MarkerBody guessed = body_of(recording);
  ASSERT_TRUE(guessed.up);
  EXPECT_EQ(guessed.up->v, Vector(0, 0, 1));
  EXPECT_THAT(guessed.assumptions, Contains(HasSubstr("Up is taken to be +z")));
  const auto markers = recognise_markers(recording.names);
  const MarkerBody told = find_body(recording, *markers, Vec3<Laboratory>{0, 1, 0});
  EXPECT_EQ(told.up->v, Vector(0, 1, 0));
  EXPECT_THAT(told.assumptions, Not(Contains(HasSubstr("Up is"))));
}

}  // namespace
}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#include "pipeline/opensim_body.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <cmath>

#include "base/units.h"
#include "engine/skeleton/joint_limits.h"

namespace reprise::pipeline {
namespace {

using Eigen::Matrix3d;
using Eigen::Vector3d;
using engine::Dof;
using engine::Segment;
using L = engine::Landmark;
using Kind = engine::JointMotion::Kind;

constexpr std::size_t kArmAngles = 3;

/// A coordinate, and the movement that it is; the arm's three have none of ours.
struct Coordinate {
  std::string name;
  std::optional<Dof> dof;
  int axis = 0;     ///< of the joint's frame: 0 x, 1 y, 2 z
  double sign = 1;  ///< of a turn about it
  bool turn = true;
};

/// A body, on its parent by one joint.
struct Part {
  std::string name;
  std::string parent;
  Vector3d at_m = Vector3d::Zero();  ///< in the parent
  std::vector<Coordinate> coordinates = {};
  double mass = 0;  ///< share of the body's
  Vector3d center_m = Vector3d::Zero();
  double length_m = 0;                   ///< that radii of gyration are shares of
  Vector3d gyration = Vector3d::Zero();  ///< about x, y, z through the center, shares of the length
  std::vector<L> landmarks = {};         ///< on it
};

Coordinate moves(Dof dof, int axis, double sign = 1) {
  return {std::string{engine::name(dof)}, dof, axis, sign};
}

// About the long axis the table has none, and none for pelvis and trunk. Unsourced defaults.
constexpr double kAboutLength = 0.15;
constexpr double kOfTrunk = 0.3;

Vector3d slender(double across) {
  return {across, kAboutLength, across};
}

void add_middle(const std::array<double, engine::kLengthCount>& lengths, std::vector<Part>& parts) {
  const double half_hips = lengths[5], trunk = lengths[6], eyes = lengths[13];
  Part pelvis{"pelvis", "ground"};
  pelvis.coordinates = {moves(Dof::pelvis_rotation, 1, -1), moves(Dof::pelvis_list, 0, -1),
                        moves(Dof::pelvis_tilt, 2, -1),     {"pelvis_tx", {}, 0, 1, false},
                        {"pelvis_ty", {}, 1, 1, false},     {"pelvis_tz", {}, 2, 1, false}};
  pelvis.mass = 0.142, pelvis.center_m = {0, 0.1 * trunk, 0}, pelvis.length_m = 2 * half_hips;
  pelvis.gyration.setConstant(kOfTrunk);
  pelvis.landmarks = {L::left_hip, L::right_hip};
  Part chest{"trunk", "pelvis"};
  chest.coordinates = {moves(Dof::trunk_flexion, 2, -1), moves(Dof::trunk_lateral_flexion, 0),
                       moves(Dof::trunk_rotation, 1, -1)};
  chest.mass = 0.355, chest.center_m = {0, 0.5 * trunk, 0}, chest.length_m = trunk;
  chest.gyration.setConstant(kOfTrunk);
  Part head{"head", "trunk", {0, trunk, 0}};
  head.coordinates = {moves(Dof::neck_flexion, 2, -1), moves(Dof::neck_lateral_flexion, 0),
                      moves(Dof::neck_rotation, 1, -1)};
  head.mass = 0.081, head.center_m = {0, eyes, 0}, head.length_m = eyes;
  head.gyration.setConstant(0.495);
  for (auto l = static_cast<std::size_t>(L::nose); l <= static_cast<std::size_t>(L::mouth_right); ++l)
    head.landmarks.push_back(static_cast<L>(l));
  parts.insert(parts.end(), {pelvis, chest, head});
}

/// Names, movements and landmarks of one side, written for the left.
struct BodySide {
  bool right;
  [[nodiscard]] double out() const { return right ? 1 : -1; }
  [[nodiscard]] std::string name(const char* part) const {
    return std::string{right ? "right_" : "left_"} + part;
  }
  [[nodiscard]] Dof dof(Dof left) const { return right ? engine::mirrored(left) : left; }
  [[nodiscard]] L point(L left) const { return right ? engine::mirrored(left) : left; }
};

void add_leg(BodySide side, const std::array<double, engine::kLengthCount>& lengths,
             std::vector<Part>& parts) {
  const double shank = lengths[0], thigh = lengths[1], ankle = lengths[2], out = side.out();
  const double foot = lengths[3] + lengths[4];
  Part upper{side.name("thigh"), "pelvis", {0, 0, out * lengths[5]}};
  upper.coordinates = {moves(side.dof(Dof::left_hip_flexion), 2),
                       moves(side.dof(Dof::left_hip_abduction), 0, -out),
                       moves(side.dof(Dof::left_hip_rotation), 1, out)};
  upper.mass = 0.1, upper.center_m = {0, -0.433 * thigh, 0}, upper.length_m = thigh,
  upper.gyration = slender(0.323);
  upper.landmarks = {side.point(L::left_knee)};
  Part lower{side.name("shank"), side.name("thigh"), {0, -thigh, 0}};
  lower.coordinates = {moves(side.dof(Dof::left_knee_flexion), 2, -1),
                       moves(side.dof(Dof::left_knee_rotation), 1, out)};
  lower.mass = 0.0465, lower.center_m = {0, -0.433 * shank, 0}, lower.length_m = shank,
  lower.gyration = slender(0.302);
  lower.landmarks = {side.point(L::left_ankle)};
  Part end{side.name("foot"), side.name("shank"), {0, -shank, 0}};
  end.coordinates = {moves(side.dof(Dof::left_ankle_dorsiflexion), 2),
                     moves(side.dof(Dof::left_subtalar_inversion), 0, out)};
  end.mass = 0.0145, end.center_m = {0.5 * lengths[4], -0.5 * ankle, 0}, end.length_m = foot;
  end.gyration = {kAboutLength, 0.475, 0.475};
  end.landmarks = {side.point(L::left_heel), side.point(L::left_foot_index)};
  parts.insert(parts.end(), {upper, lower, end});
}

void add_arm(BodySide side, const std::array<double, engine::kLengthCount>& lengths,
             std::vector<Part>& parts) {
  const double trunk = lengths[6], upper_arm = lengths[8], forearm = lengths[9], knuckles = lengths[10];
  const double out = side.out();
  Part girdle{side.name("girdle"), "trunk", {0, trunk, 0}};
  girdle.coordinates = {moves(side.dof(Dof::left_scapular_elevation), 0, -out)};
  girdle.landmarks = {side.point(L::left_shoulder)};
  Part upper{side.name("upper_arm"), side.name("girdle"), {0, 0, out * lengths[7]}};
  upper.coordinates = {{side.name("arm_flexion"), {}, 2},
                       {side.name("arm_abduction"), {}, 0, -out},
                       {side.name("arm_rotation"), {}, 1, out}};
  upper.mass = 0.028, upper.center_m = {0, -0.436 * upper_arm, 0}, upper.length_m = upper_arm;
  upper.gyration = slender(0.322);
  upper.landmarks = {side.point(L::left_elbow)};
  Part lower{side.name("forearm"), side.name("upper_arm"), {0, -upper_arm, 0}};
  lower.coordinates = {moves(side.dof(Dof::left_elbow_flexion), 2),
                       moves(side.dof(Dof::left_forearm_pronation), 1, out)};
  lower.mass = 0.016, lower.center_m = {0, -0.43 * forearm, 0}, lower.length_m = forearm;
  lower.gyration = slender(0.303);
  lower.landmarks = {side.point(L::left_wrist)};
  Part hand{side.name("hand"), side.name("forearm"), {0, -forearm, 0}};
  hand.coordinates = {moves(side.dof(Dof::left_wrist_flexion), 0, out)};
  hand.mass = 0.006, hand.center_m = {0, -0.506 * knuckles, 0}, hand.length_m = knuckles;
  hand.gyration = slender(0.297);
  hand.landmarks = {side.point(L::left_pinky), side.point(L::left_index), side.point(L::left_thumb)};
  parts.insert(parts.end(), {girdle, upper, lower, hand});
}

std::vector<Part> parts_of(const engine::BodyShape& shape) {
  const auto lengths = engine::lengths_m(shape);
  std::vector<Part> parts;
  add_middle(lengths, parts);
  for (const BodySide side : {BodySide{false}, BodySide{true}}) {
    add_leg(side, lengths, parts);
    add_arm(side, lengths, parts);
  }
  return parts;
}

engine::RigidBody body_of(const Part& part, double mass_kg) {
  engine::RigidBody body{part.name, part.mass * mass_kg, part.center_m};
  const Vector3d radii_m = part.length_m * part.gyration;
  body.inertia_kgm2 = (body.mass_kg * radii_m.cwiseAbs2()).asDiagonal();
  return body;
}

void add_joint(const Part& part, engine::MultibodyModel& model) {
  engine::MultibodyJoint joint{part.name + "_joint", *model.body(part.parent), *model.body(part.name)};
  joint.in_parent.position_m = part.at_m;
  // Shifts before turns, as OpenSim has them.
  for (const bool turn : {false, true}) {
    for (const Coordinate& coordinate : part.coordinates) {
      if (coordinate.turn != turn) continue;
      engine::MultibodyCoordinate c;
      c.name = coordinate.name, c.rotational = turn;
      if (coordinate.dof) {
        const auto limits = engine::joint_limits(*coordinate.dof);
        c.min = limits.min.value(), c.max = limits.max.value();
        c.locked = *coordinate.dof == Dof::trunk_flexion;
      } else {
        c.max = turn ? 2 * kPi : 100;
        c.min = -c.max;
      }
      joint.motions.push_back({turn ? Kind::rotation : Kind::translation,
                               Vector3d::Unit(coordinate.axis) * coordinate.sign,
                               model.coordinates.size(),
                               {},
                               engine::PiecewisePolynomial::polynomial(std::array{1.0, 0.0})});
      model.coordinates.push_back(std::move(c));
    }
  }
  model.joints.push_back(std::move(joint));
}

/// Where a body's origin is in neutral standing, from mid-hips.
Vector3d origin_of(const std::vector<Part>& parts, std::string_view name) {
  if (name == "ground") return Vector3d::Zero();
  const auto part = std::find_if(parts.begin(), parts.end(), [&](const Part& p) { return p.name == name; });
  return part->at_m + origin_of(parts, part->parent);
}

/// Turns about z, then x, then y, in that order; `near`: of the two that are the same, the nearer one.
Vector3d flexed_abducted_turned(const Matrix3d& m, const Vector3d* near) {
  const double tilt = std::asin(std::clamp(m(2, 1), -1.0, 1.0));
  const Vector3d one{std::atan2(-m(0, 1), m(1, 1)), tilt, std::atan2(-m(2, 0), m(2, 2))};
  if (near == nullptr) return one;
  const auto closest = [&](Vector3d angles) {
    for (Eigen::Index i = 0; i < 3; ++i)
      angles[i] += 2 * kPi * std::round(((*near)[i] - angles[i]) / (2 * kPi));
    return angles;
  };
  const Vector3d first = closest(one), second = closest({one[0] + kPi, kPi - one[1], one[2] + kPi});
  return (first - *near).norm() <= (second - *near).norm() ? first : second;
}

}  // namespace

engine::MultibodyModel opensim_body(const engine::BodyShape& shape, double mass_kg) {
  const std::vector<Part> parts = parts_of(shape);
  engine::MultibodyModel model;
  model.name = "reprise_body";
  model.bodies = {{.name = "ground"}};
  for (const Part& part : parts) model.bodies.push_back(body_of(part, mass_kg));
  const engine::PosedBody standing = engine::pose_body(shape, Matrix3d::Identity(), {});
  for (const Part& part : parts) {
    add_joint(part, model);
    for (const L landmark : part.landmarks) {
      model.markers.push_back({std::string{engine::name(landmark)}, *model.body(part.name),
                               standing.point_m[landmark] - origin_of(parts, part.name)});
    }
  }
  return model;
}

std::vector<double> opensim_coordinates(const engine::Posture& posture, const Matrix3d& pelvis,
                                        const Vector3d& mid_hips_m, const std::vector<double>& before) {
  static const engine::MultibodyModel kModel = opensim_body({}, 1);
  engine::Posture turned = posture;
  const double bent = posture[Dof::trunk_flexion].value();
  engine::read_pelvis(pelvis * Eigen::AngleAxisd(-bent, Vector3d::UnitZ()).toRotationMatrix(), turned);
  turned[Dof::trunk_flexion] = Radians{0};
  for (const Dof hip : {Dof::left_hip_flexion, Dof::right_hip_flexion}) turned[hip] += Radians{bent};
  const engine::PosedBody posed = engine::pose_body({}, Matrix3d::Identity(), posture);
  std::vector<double> out(kModel.coordinates.size(), 0.0);
  for (std::size_t c = 0; c < out.size(); ++c) {
    const auto dof = engine::dof_from_name(kModel.coordinates[c].name);
    if (dof) out[c] = turned[*dof].value();
    if (dof == Dof::pelvis_rotation && !before.empty())
      out[c] += 2 * kPi * std::round((before[c] - out[c]) / (2 * kPi));
  }
  for (Eigen::Index i = 0; i < 3; ++i)
    out[*kModel.coordinate("pelvis_tx") + static_cast<std::size_t>(i)] = mid_hips_m[i];
  for (const BodySide side : {BodySide{false}, BodySide{true}}) {
    const double lifted = posture[side.dof(Dof::left_scapular_elevation)].value();
    const Matrix3d girdle = posed.of(Segment::trunk) *
                            Eigen::AngleAxisd(-side.out() * lifted, Vector3d::UnitX()).toRotationMatrix();
    const Matrix3d& arm = posed.of(side.right ? Segment::right_upper_arm : Segment::left_upper_arm);
    const std::size_t first = *kModel.coordinate(side.name("arm_flexion"));
    const Vector3d signs{1, -side.out(), side.out()};
    Vector3d near = Vector3d::Zero();
    for (std::size_t i = 0; i < kArmAngles && !before.empty(); ++i)
      near[static_cast<Eigen::Index>(i)] = signs[static_cast<Eigen::Index>(i)] * before[first + i];
    const Vector3d angles =
        flexed_abducted_turned(girdle.transpose() * arm, before.empty() ? nullptr : &near);
    for (std::size_t i = 0; i < kArmAngles; ++i)
      out[first + i] = signs[static_cast<Eigen::Index>(i)] * angles[static_cast<Eigen::Index>(i)];
  }
  return out;
}

std::vector<bool> shown_coordinates(const engine::PerLandmark<bool>& seen) {
  static const engine::MultibodyModel kModel = opensim_body({}, 1);
  const auto shows = [&](const std::string& name, L landmark) {
    if (!seen[landmark]) return false;
    const bool left = name.starts_with("left_arm"), right = name.starts_with("right_arm");
    // The arm's three angles belong together: they move what flexion and abduction move.
    const auto dof = left    ? Dof::left_shoulder_flexion
                     : right ? Dof::right_shoulder_flexion
                             : engine::dof_from_name(name);
    if (!dof || *dof < engine::dof_at(engine::kFirstJointDof)) return true;  // the pelvis: any landmark
    const auto chain = engine::chain_of(landmark);
    return std::find(chain.begin(), chain.end(), *dof) != chain.end();
  };
  std::vector<bool> out;
  for (const engine::MultibodyCoordinate& coordinate : kModel.coordinates) {
    bool shown = false;
    for (std::size_t l = 0; l < engine::kLandmarkCount; ++l)
      shown = shown || shows(coordinate.name, static_cast<L>(l));
    out.push_back(shown);
  }
  return out;
}

}  // namespace reprise::pipeline

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cmath>

#include "base/units.h"
#include "engine/multibody/multibody_model.h"

namespace reprise::engine {

// Models whose movement is known, for tests.

inline PiecewisePolynomial identity_function() {
  return PiecewisePolynomial::polynomial(std::array{1.0, 0.0});
}

inline JointMotion turn_about(const Eigen::Vector3d& axis, std::size_t coordinate) {
  return {JointMotion::Kind::rotation, axis.normalized(), coordinate, {}, identity_function()};
}

inline JointMotion slide_along(const Eigen::Vector3d& axis, std::size_t coordinate) {
  return {JointMotion::Kind::translation, axis.normalized(), coordinate, {}, identity_function()};
}

inline MultibodyCoordinate coordinate_named(const char* name, bool rotational = true) {
  MultibodyCoordinate c;
  c.name = name;
  c.rotational = rotational;
  c.min = -4, c.max = 4;
  return c;
}

inline RigidBody body_named(const char* name, double mass_kg, const Eigen::Vector3d& mass_center_m,
                            const Eigen::Vector3d& inertia_kgm2) {
  return {name, mass_kg, mass_center_m, inertia_kgm2.asDiagonal()};
}

/// Two rods in the plane of x and y, each turning about z at its upper end: 2 kg at 0.4 m of 0.5 m, 1 kg at
/// 0.3 m. At zero both hang down.
inline MultibodyModel double_pendulum() {
  MultibodyModel model;
  model.bodies = {{.name = "ground"},
                  body_named("upper", 2, {0, -0.4, 0}, {0.1, 0.1, 0.03}),
                  body_named("lower", 1, {0, -0.3, 0}, {0.1, 0.1, 0.02})};
  model.coordinates = {coordinate_named("shoulder"), coordinate_named("elbow")};
  MultibodyJoint first{.name = "shoulder", .parent = 0, .child = 1};
  first.motions = {turn_about(Eigen::Vector3d::UnitZ(), 0)};
  MultibodyJoint second{.name = "elbow", .parent = 1, .child = 2};
  second.in_parent.position_m = {0, -0.5, 0};
  second.motions = {turn_about(Eigen::Vector3d::UnitZ(), 1)};
  model.joints = {second, first};  // out of order
  model.markers = {{"a", 1, {0.05, -0.1, 0}},
                   {"b", 1, {0, -0.45, 0.05}},
                   {"c", 2, {0.04, -0.1, 0}},
                   {"d", 2, {0, -0.3, 0.06}}};
  return *sorted_model(model);
}

/// A pelvis that moves freely, and a limb on it by a joint with every kind of motion: splines of one
/// coordinate, axes that are not perpendicular, an ellipsoid, turned frames on both sides.
inline MultibodyModel free_limb() {
  MultibodyModel model;
  model.bodies = {{.name = "ground"},
                  body_named("pelvis", 11, {-0.07, 0.02, 0.01}, {0.1, 0.08, 0.06}),
                  body_named("limb", 3, {0.01, -0.2, 0.03}, {0.05, 0.01, 0.06})};
  for (const char* name : {"tilt", "list", "rotation"}) model.coordinates.push_back(coordinate_named(name));
  for (const char* name : {"tx", "ty", "tz"}) model.coordinates.push_back(coordinate_named(name, false));
  for (const char* name : {"bend", "glide", "twist"}) model.coordinates.push_back(coordinate_named(name));
  MultibodyJoint root{.name = "root", .parent = 0, .child = 1};
  for (Eigen::Index i = 0; i < 3; ++i) root.motions.push_back(slide_along(Eigen::Vector3d::Unit(i), 3 + i));
  root.motions.push_back(turn_about(Eigen::Vector3d::UnitZ(), 0));
  root.motions.push_back(turn_about(Eigen::Vector3d::UnitX(), 1));
  root.motions.push_back(turn_about(Eigen::Vector3d::UnitY(), 2));
  MultibodyJoint limb{.name = "limb", .parent = 1, .child = 2};
  limb.in_parent = {body_fixed_xyz({0.2, -0.4, 0.3}), {0.02, -0.1, 0.08}};
  limb.in_child = {body_fixed_xyz({-0.1, 0.5, 0.2}), {0.01, 0.03, -0.02}};
  const std::array x = {-2.0, -1.0, 0.0, 0.8, 2.0};
  const std::array y = {0.03, 0.01, 0.0, -0.02, 0.01};
  limb.motions = {slide_along({1, 0.2, 0}, 6), turn_about({0.1, 0.3, 1}, 6), turn_about({1, -0.2, 0.1}, 7)};
  limb.motions.front().amount = *PiecewisePolynomial::cubic(x, y);
  limb.motions.push_back({JointMotion::Kind::ellipsoid, {0.08, 0.15, 0.06}, 7, 8, {}});
  limb.motions.push_back(turn_about({0, 1, 0.3}, 8));
  model.joints = {root, limb};
  model.markers = {{"p1", 1, {0.1, 0, 0.1}},   {"p2", 1, {0.1, 0, -0.1}},   {"p3", 1, {-0.1, 0.02, 0}},
                   {"l1", 2, {0.05, -0.1, 0}}, {"l2", 2, {-0.05, -0.2, 0}}, {"l3", 2, {0, -0.4, 0.04}}};
  return *sorted_model(model);
}

}  // namespace reprise::engine

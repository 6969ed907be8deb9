// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/signal/piecewise_polynomial.h"

namespace reprise::engine {

// A tree of rigid bodies, joined by joints whose movement is any function of their coordinates, as in
// OpenSim's models. Meters, kilograms, seconds, radians; "ground" is the laboratory.

/// A rotation and a position: of one frame in another.
struct RigidTransform {
  Eigen::Matrix3d rotation = Eigen::Matrix3d::Identity();
  Eigen::Vector3d position_m = Eigen::Vector3d::Zero();

  [[nodiscard]] Eigen::Vector3d operator*(const Eigen::Vector3d& point_m) const {
    return rotation * point_m + position_m;
  }
  /// The point of the other frame in this one: the reverse.
  [[nodiscard]] Eigen::Vector3d inside(const Eigen::Vector3d& point_m) const {
    return rotation.transpose() * (point_m - position_m);
  }
};

struct RigidBody {
  std::string name;
  double mass_kg = 0;
  Eigen::Vector3d mass_center_m = Eigen::Vector3d::Zero();  ///< in the body's frame
  Eigen::Matrix3d inertia_kgm2 = Eigen::Matrix3d::Zero();   ///< about the mass center, along its axes
};

/// One step from a joint's frame in the parent to its frame in the child, in the frame that the steps before
/// it reached.
struct JointMotion {
  enum class Kind : std::uint8_t {
    rotation,     ///< about `axis` by `amount` (rad)
    translation,  ///< along `axis` by `amount` (m)
    /// To the point of an ellipsoid (half axes in `axis`, m) whose outward normal is the z axis after turns
    /// about x by `coordinate` and then y by `second_coordinate`, as Simbody's mobilizer defines it:
    /// each half axis times the normal's component. `amount` is ignored.
    ellipsoid,
  };
  Kind kind = Kind::rotation;
  Eigen::Vector3d axis = Eigen::Vector3d::UnitZ();  ///< of length 1, but for the ellipsoid
  std::optional<std::size_t> coordinate;            ///< empty: `amount` is a constant
  std::optional<std::size_t> second_coordinate;
  PiecewisePolynomial amount;  ///< of the coordinate
};

struct MultibodyJoint {
  std::string name;
  std::size_t parent = 0;  ///< of MultibodyModel::bodies
  std::size_t child = 0;
  RigidTransform in_parent = {};  ///< the joint's frame in the parent
  RigidTransform in_child = {};   ///< the joint's frame in the child
  std::vector<JointMotion> motions = {};
};

/// A coordinate that follows another one.
struct CoordinateCoupling {
  std::size_t independent = 0;
  PiecewisePolynomial function;
};

struct MultibodyCoordinate {
  std::string name;
  bool rotational = true;  ///< rad; false: m
  double initial = 0;      ///< the value before any was found
  double min = 0;
  double max = 0;
  bool clamped = false;                           ///< stays within min and max
  bool locked = false;                            ///< stays at `initial`
  std::optional<PiecewisePolynomial> prescribed;  ///< a function of time (s)
  std::optional<CoordinateCoupling> coupling;

  /// Whether it can take other values than one that follows from the model, the time or another coordinate.
  [[nodiscard]] bool is_free() const {
    return !locked && !prescribed && !coupling && !(clamped && min >= max);
  }
};

struct ModelMarker {
  std::string name;
  std::size_t body = 0;
  Eigen::Vector3d position_m = Eigen::Vector3d::Zero();  ///< in the body's frame
};

/// Two points of two bodies that stay together: what closes a loop.
struct PointCoupling {
  std::string name;
  std::size_t first_body = 0;
  std::size_t second_body = 0;
  Eigen::Vector3d first_m = Eigen::Vector3d::Zero();  ///< in its body's frame
  Eigen::Vector3d second_m = Eigen::Vector3d::Zero();
};

struct MultibodyModel {
  std::string name;
  Eigen::Vector3d gravity_mps2{0, -9.80665, 0};
  std::vector<RigidBody> bodies;  ///< the first is the ground
  std::vector<MultibodyJoint> joints;
  std::vector<MultibodyCoordinate> coordinates;
  std::vector<ModelMarker> markers;
  std::vector<PointCoupling> couplings;

  [[nodiscard]] std::optional<std::size_t> body(std::string_view body_name) const;
  [[nodiscard]] std::optional<std::size_t> coordinate(std::string_view coordinate_name) const;
  [[nodiscard]] std::optional<std::size_t> marker(std::string_view marker_name) const;
};

/// The joints as a tree: those nearer to the ground first. Errors: invalid_argument (an index that is none,
/// an axis without length, a mass or inertia below 0), unsupported (a body that no joint or more than one
/// leads to, a loop of joints, a coordinate that follows one which follows another); the cause names it.
[[nodiscard]] Result<MultibodyModel> sorted_model(MultibodyModel model);

/// The rotation of body-fixed turns about x, then y, then z (rad), the angles of OpenSim's frames.
[[nodiscard]] Eigen::Matrix3d body_fixed_xyz(const Eigen::Vector3d& angles_rad);

}  // namespace reprise::engine

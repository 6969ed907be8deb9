// SPDX-License-Identifier: Apache-2.0
#include "engine/multibody/multibody_kinematics.h"

#include <Eigen/Geometry>
#include <cassert>
#include <cmath>

namespace reprise::engine {
namespace {

using Eigen::Vector3d;

/// How far a motion goes, and how fast.
struct Travel {
  double amount = 0;
  double rate = 0;
  double acceleration = 0;
  double slope = 0;  ///< per unit of the coordinate
};

template <bool kMoving>
Travel travel_of(const JointMotion& motion, std::span<const double> q, std::span<const double> rates,
                 std::span<const double> bends) {
  if (!motion.coordinate) return {motion.amount.at(0).value, 0, 0, 0};
  const std::size_t c = *motion.coordinate;
  const FunctionValue f = motion.amount.at(q[c]);
  if constexpr (!kMoving) return {f.value, 0, 0, f.slope};
  return {f.value, f.slope * rates[c], f.curvature * rates[c] * rates[c] + f.slope * bends[c], f.slope};
}

/// Moves the frame's origin by a vector that is fixed in it (along the axes of the ground).
template <bool kMoving>
void shift(BodyMotion& frame, const Vector3d& by) {
  frame.in_ground.position_m += by;
  if constexpr (kMoving) {
    const Vector3d& w = frame.angular_velocity_radps;
    frame.velocity_mps += w.cross(by);
    frame.acceleration_mps2 += frame.angular_acceleration_radps2.cross(by) + w.cross(w.cross(by));
  }
}

/// Adds that the origin moves in its frame (along the axes of the ground).
void slide(BodyMotion& frame, const Vector3d& velocity, const Vector3d& acceleration) {
  frame.acceleration_mps2 += 2 * frame.angular_velocity_radps.cross(velocity) + acceleration;
  frame.velocity_mps += velocity;
}

/// The matrix of a turn by an angle about an axis of length 1.
Eigen::Matrix3d turn(const Vector3d& axis, double angle) {
  return Eigen::AngleAxisd(angle, axis).toRotationMatrix();
}

/// A point of an ellipsoid by two turns, its slopes and, by row, its second derivatives.
struct EllipsoidPoint {
  Vector3d point, by_first, by_second, by_first_twice, by_both, by_second_twice;
};

EllipsoidPoint ellipsoid_point(const Vector3d& half_axes, double first, double second) {
  const double s1 = std::sin(first), c1 = std::cos(first), s2 = std::sin(second), c2 = std::cos(second);
  const auto scaled = [&](double x, double y, double z) {
    return Vector3d{half_axes.x() * x, half_axes.y() * y, half_axes.z() * z};
  };
  return {scaled(s2, -s1 * c2, c1 * c2), scaled(0, -c1 * c2, -s1 * c2), scaled(c2, s1 * s2, -c1 * s2),
          scaled(0, s1 * c2, -c1 * c2),  scaled(0, c1 * s2, s1 * s2),   scaled(-s2, s1 * c2, -c1 * c2)};
}

}  // namespace

MultibodyKinematics::MultibodyKinematics(const MultibodyModel& model)
    : model_(&model),
      bodies_(model.bodies.size()),
      first_effect_(model.bodies.size(), 0),
      effect_count_(model.bodies.size(), 0),
      paths_(model.bodies.size()) {
  for (const MultibodyJoint& joint : model.joints) {
    auto& path = paths_[joint.child];
    path.push_back(joint.child);
    path.insert(path.end(), paths_[joint.parent].begin(), paths_[joint.parent].end());
  }
}

void MultibodyKinematics::place(std::span<const double> coordinates) {
  assert(coordinates.size() == model_->coordinates.size());
  place_all<false>(coordinates, {}, {});
}

void MultibodyKinematics::move(std::span<const double> coordinates, std::span<const double> rates,
                               std::span<const double> accelerations) {
  assert(coordinates.size() == model_->coordinates.size() && rates.size() == coordinates.size() &&
         accelerations.size() == coordinates.size());
  place_all<true>(coordinates, rates, accelerations);
}

template <bool kMoving>
void MultibodyKinematics::place_all(std::span<const double> q, std::span<const double> rates,
                                    std::span<const double> bends) {
  effects_.clear();
  for (const MultibodyJoint& joint : model_->joints) {
    BodyMotion frame = bodies_[joint.parent];
    Eigen::Matrix3d& rotation = frame.in_ground.rotation;
    shift<kMoving>(frame, rotation * joint.in_parent.position_m);
    rotation *= joint.in_parent.rotation;
    first_effect_[joint.child] = effects_.size();
    for (const JointMotion& motion : joint.motions) {
      if (motion.kind == JointMotion::Kind::ellipsoid) {
        const std::size_t c1 = *motion.coordinate, c2 = *motion.second_coordinate;
        const EllipsoidPoint e = ellipsoid_point(motion.axis, q[c1], q[c2]);
        shift<kMoving>(frame, rotation * e.point);
        effects_.push_back({c1, false, rotation * e.by_first, frame.in_ground.position_m});
        effects_.push_back({c2, false, rotation * e.by_second, frame.in_ground.position_m});
        if constexpr (kMoving) {
          const double r1 = rates[c1], r2 = rates[c2];
          const Vector3d bend = e.by_first_twice * r1 * r1 + 2 * e.by_both * r1 * r2 +
                                e.by_second_twice * r2 * r2 + e.by_first * bends[c1] +
                                e.by_second * bends[c2];
          slide(frame, rotation * (e.by_first * r1 + e.by_second * r2), rotation * bend);
        }
        continue;
      }
      const Travel travel = travel_of<kMoving>(motion, q, rates, bends);
      const Vector3d direction = rotation * motion.axis;
      const bool turns = motion.kind == JointMotion::Kind::rotation;
      if (turns) {
        rotation *= turn(motion.axis, travel.amount);
      } else {
        shift<kMoving>(frame, direction * travel.amount);
      }
      if (!motion.coordinate) continue;
      effects_.push_back({*motion.coordinate, turns, direction * travel.slope, frame.in_ground.position_m});
      if constexpr (kMoving) {
        if (turns) {
          Vector3d& w = frame.angular_velocity_radps;
          frame.angular_acceleration_radps2 +=
              direction * travel.acceleration + w.cross(direction) * travel.rate;
          w += direction * travel.rate;
        } else {
          slide(frame, direction * travel.rate, direction * travel.acceleration);
        }
      }
    }
    effect_count_[joint.child] = effects_.size() - first_effect_[joint.child];
    rotation *= joint.in_child.rotation.transpose();
    shift<kMoving>(frame, -(rotation * joint.in_child.position_m));
    bodies_[joint.child] = frame;
  }
}

void MultibodyKinematics::add_point_slopes(std::size_t body_index, const Eigen::Vector3d& point_m,
                                           double factor, Eigen::Ref<Eigen::MatrixXd> slopes) const {
  for (const std::size_t b : paths_[body_index]) {
    for (const CoordinateEffect& effect : effects(b)) {
      const auto column = static_cast<Eigen::Index>(effect.coordinate);
      if (effect.rotation) {
        slopes.col(column) += factor * effect.direction.cross(point_m - effect.point_m);
      } else {
        slopes.col(column) += factor * effect.direction;
      }
    }
  }
}

}  // namespace reprise::engine

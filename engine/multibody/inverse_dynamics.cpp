// SPDX-License-Identifier: Apache-2.0
#include "engine/multibody/inverse_dynamics.h"

#include <Eigen/Geometry>

namespace reprise::engine {
namespace {

using Eigen::Vector3d;

/// A force and its moment about the origin of the ground.
struct Wrench {
  Vector3d force_n = Vector3d::Zero();
  Vector3d moment_nm = Vector3d::Zero();
};

/// What it takes to move a body against its inertia and gravity.
Wrench needed(const RigidBody& body, const BodyMotion& motion, const Vector3d& gravity_mps2) {
  const Eigen::Matrix3d& r = motion.in_ground.rotation;
  const Vector3d& w = motion.angular_velocity_radps;
  const Vector3d& angular = motion.angular_acceleration_radps2;
  const Vector3d arm = r * body.mass_center_m;
  const Vector3d center_acceleration = motion.acceleration_mps2 + angular.cross(arm) + w.cross(w.cross(arm));
  const Eigen::Matrix3d inertia = r * body.inertia_kgm2 * r.transpose();
  Wrench out;
  out.force_n = body.mass_kg * (center_acceleration - gravity_mps2);
  out.moment_nm =
      inertia * angular + w.cross(inertia * w) + (motion.in_ground.position_m + arm).cross(out.force_n);
  return out;
}

}  // namespace

std::vector<double> generalized_forces(const MultibodyKinematics& kinematics,
                                       std::span<const ExternalForce> external) {
  const MultibodyModel& model = kinematics.model();
  std::vector<Wrench> wrenches(model.bodies.size());
  for (std::size_t b = 1; b < model.bodies.size(); ++b)
    wrenches[b] = needed(model.bodies[b], kinematics.body(b), model.gravity_mps2);
  for (const ExternalForce& load : external) {
    wrenches[load.body].force_n -= load.force_n;
    wrenches[load.body].moment_nm -= load.torque_nm + load.point_m.cross(load.force_n);
  }
  std::vector<double> forces(model.coordinates.size(), 0);
  for (auto joint = model.joints.rbegin(); joint != model.joints.rend(); ++joint) {
    const Wrench& carried = wrenches[joint->child];
    for (const CoordinateEffect& effect : kinematics.effects(joint->child)) {
      forces[effect.coordinate] +=
          effect.rotation ? effect.direction.dot(carried.moment_nm - effect.point_m.cross(carried.force_n))
                          : effect.direction.dot(carried.force_n);
    }
    wrenches[joint->parent].force_n += carried.force_n;
    wrenches[joint->parent].moment_nm += carried.moment_nm;
  }
  return forces;
}

}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>

#include "engine/inverse_kinematics/solve_frame.h"
#include "engine/skeleton/joint_limits.h"

namespace reprise::engine {
namespace {

using Eigen::Matrix3d;
using Eigen::Vector3d;
using L = Landmark;

constexpr double kBent = 0.25;  // sine of a bend from which the plane of a joint can be told

Vector3d unit_or(const Vector3d& v, const Vector3d& otherwise) {
  const double length = v.norm();
  return length > 1e-6 ? Vector3d(v / length) : otherwise;
}

/// Axes with y along `up` and z nearest to `right`.
Matrix3d upright(const Vector3d& up, const Vector3d& right) {
  Matrix3d axes;
  const Vector3d y = unit_or(up, -Vector3d::UnitY());
  const Vector3d z = unit_or(right - y * y.dot(right), y.unitOrthogonal());
  axes << y.cross(z), y, z;
  return axes;
}

Matrix3d about(const Vector3d& axis, double angle) {
  return Eigen::AngleAxisd(angle, axis).toRotationMatrix();
}

double bend(const Vector3d& a, const Vector3d& b) {
  return std::atan2(a.cross(b).norm(), a.dot(b));
}

class Reader {
 public:
  explicit Reader(const Pose& pose) : pose_(pose) {}

  BodyState read() {
    const Vector3d up = at(L::left_shoulder) + at(L::right_shoulder) - at(L::left_hip) - at(L::right_hip);
    const Vector3d hips = at(L::right_hip) - at(L::left_hip);
    state_.mid_hips = Vec3<Camera>{0.5 * (at(L::left_hip) + at(L::right_hip))};
    // Hips as the axis, because thighs hang on them; the trunk may lean to a side of it.
    const Vector3d z = unit_or(hips, Vector3d::UnitX());
    const Vector3d y = unit_or(up - z * z.dot(up), -Vector3d::UnitY());
    state_.pelvis << y.cross(z), y, z;
    read_trunk(upright(up, at(L::right_shoulder) - at(L::left_shoulder)));
    for (const bool right : {false, true}) {
      read_leg(right);
      read_arm(right);
    }
    for (std::size_t i = 0; i < kDofCount; ++i) {
      const JointLimits limits = joint_limits(dof_at(i));
      Radians& angle = state_.posture[dof_at(i)];
      angle = std::clamp(angle, limits.min, limits.max);
    }
    return state_;
  }

 private:
  [[nodiscard]] const Vector3d& at(Landmark l) const { return pose_.world_m[l].v; }
  [[nodiscard]] const Vector3d& at(bool right, Landmark left) const {
    return at(right ? mirrored(left) : left);
  }
  void set(bool right, Dof left, double angle) {
    state_.posture[right ? mirrored(left) : left] = Radians{angle};
  }

  void read_trunk(const Matrix3d& trunk) {
    trunk_ = trunk;
    const Matrix3d m = state_.pelvis.transpose() * trunk;  // Rz(-flexion) Rx(lateral) Ry(-rotation)
    state_.posture[Dof::trunk_lateral_flexion] = Radians{std::asin(std::clamp(m(2, 1), -1.0, 1.0))};
    state_.posture[Dof::trunk_flexion] = Radians{std::atan2(m(0, 1), m(1, 1))};
    state_.posture[Dof::trunk_rotation] = Radians{std::atan2(m(2, 0), m(2, 2))};
  }

  void read_leg(bool right) {
    const double out = right ? 1 : -1;
    const Vector3d thigh_m = at(right, L::left_knee) - at(right, L::left_hip);
    const Vector3d shank_m = at(right, L::left_ankle) - at(right, L::left_knee);
    const Vector3d d = state_.pelvis.transpose() * unit_or(thigh_m, -state_.pelvis.col(1));
    const double abduction = std::asin(std::clamp(out * d.z(), -1.0, 1.0));
    const double flexion = std::atan2(d.x(), -d.y());
    const double knee = bend(thigh_m, shank_m);
    const Matrix3d abducted =
        state_.pelvis * about(Vector3d::UnitZ(), flexion) * about(Vector3d::UnitX(), -out * abduction);
    const Vector3d e = abducted.transpose() * unit_or(shank_m, -abducted.col(1));
    const double turn = std::sin(knee) > kBent ? std::atan2(e.z(), -e.x()) : 0;
    set(right, Dof::left_hip_flexion, flexion);
    set(right, Dof::left_hip_abduction, abduction);
    set(right, Dof::left_hip_rotation, out * turn);
    set(right, Dof::left_knee_flexion, knee);
    const Matrix3d shank = abducted * about(Vector3d::UnitY(), turn) * about(Vector3d::UnitZ(), -knee);
    const Vector3d sole = shank.transpose() * (at(right, L::left_foot_index) - at(right, L::left_heel));
    set(right, Dof::left_ankle_dorsiflexion, sole.norm() > 1e-6 ? std::atan2(sole.y(), sole.x()) : 0);
  }

  void read_arm(bool right) {
    const double out = right ? 1 : -1;
    const Vector3d upper_m = at(right, L::left_elbow) - at(right, L::left_shoulder);
    const Vector3d fore_m = at(right, L::left_wrist) - at(right, L::left_elbow);
    const Vector3d u = trunk_.transpose() * unit_or(upper_m, -trunk_.col(1));
    const double elevation = std::acos(std::clamp(-u.y(), -1.0, 1.0));
    const Vector3d level = unit_or({u.x(), 0, u.z()}, Vector3d::UnitX());
    const double flexion = elevation * level.x();
    const double abduction = elevation * out * level.z();
    const double elbow = bend(upper_m, fore_m);
    const Vector3d turn(-out * abduction, 0, flexion);
    const Matrix3d swung = elevation > 1e-9 ? trunk_ * about(turn / turn.norm(), turn.norm()) : trunk_;
    const Vector3d g = swung.transpose() * unit_or(fore_m, -swung.col(1));
    set(right, Dof::left_shoulder_flexion, flexion);
    set(right, Dof::left_shoulder_abduction, abduction);
    set(right, Dof::left_shoulder_rotation, std::sin(elbow) > kBent ? out * std::atan2(-g.z(), g.x()) : 0);
    set(right, Dof::left_elbow_flexion, elbow);
  }

  const Pose& pose_;
  BodyState state_;
  Matrix3d trunk_ = Matrix3d::Identity();
};

}  // namespace

BodyState initial_guess(const Pose& pose) {
  return Reader(pose).read();
}

}  // namespace reprise::engine

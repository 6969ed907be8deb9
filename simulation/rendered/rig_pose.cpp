// SPDX-License-Identifier: Apache-2.0
#include "simulation/rendered/rig_pose.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "engine/skeleton/skeleton.h"

namespace reprise::simulation::rendered {
namespace {

using Eigen::Matrix3d;
using Eigen::Vector3d;
using engine::Dof;
using engine::Segment;
using L = engine::Landmark;

Matrix3d about(const Vector3d& axis, double angle) {
  return Eigen::AngleAxisd(angle, axis).toRotationMatrix();
}

/// The smallest turn that brings one direction to another.
Matrix3d turn(const Vector3d& from, const Vector3d& to) {
  return Eigen::Quaterniond::FromTwoVectors(from, to).toRotationMatrix();
}

Matrix3d between(const Matrix3d& a, const Matrix3d& b, double share) {
  return Eigen::Quaterniond(a).slerp(share, Eigen::Quaterniond(b)).toRotationMatrix();
}

constexpr double kLiftFrom = kPi / 6;  // of the arm; below, the shoulder girdle rests
constexpr double kLiftShare = 0.25;    // of what the arm is raised beyond. Unsourced default

class Poser {
 public:
  Poser(const Figure& figure, const engine::BodyFigure& body, const engine::Stance& stance)
      : figure_(figure), posture_(body.posture), pose_(rest_pose(figure)) {
    const Matrix3d lying =
        engine::lies_on(stance.support) ? about(Vector3d::UnitZ(), kPi / 2) : Matrix3d::Identity();
    body_ = engine::pose_body(figure.shape, lying * engine::pelvis_turned(posture_), posture_);
    driven_.assign(figure.rig.bones.size(), false);
  }

  RigPose pose(const Vector3d& mid_hips) {
    turn_trunk();
    for (const bool right : {false, true}) {
      turn_leg(right);
      turn_arm(right);
    }
    place();
    const Vector3d hips = (pose_.joints[bone("thigh_l")] + pose_.joints[bone("thigh_r")]) / 2;
    shift(pose_, mid_hips - hips);
    return std::move(pose_);
  }

 private:
  [[nodiscard]] std::size_t bone(const std::string& name) const {
    return static_cast<std::size_t>(figure_.rig.find(name).value_or(0));
  }
  [[nodiscard]] Vector3d rest(L landmark) const { return figure_.landmarks[landmark].rest; }
  void set(const std::string& name, const Matrix3d& turned) {
    pose_.turned[bone(name)] = turned;
    driven_[bone(name)] = true;
  }

  void turn_trunk() {
    // Upright, the line from mid-hips to mid-shoulders is vertical, as the model's is.
    const Vector3d up =
        rest(L::left_shoulder) + rest(L::right_shoulder) - rest(L::left_hip) - rest(L::right_hip);
    const Matrix3d upright = turn(up, Vector3d::UnitY());
    const Matrix3d pelvis = body_.of(Segment::pelvis) * upright;
    trunk_ = body_.of(Segment::trunk) * upright;
    const Matrix3d& head = body_.of(Segment::head);
    set("pelvis", pelvis);
    set("spine_01", between(pelvis, trunk_, 0.5));
    set("spine_02", between(pelvis, trunk_, 0.8));
    set("spine_03", trunk_);
    set("neck_01", between(trunk_, head, 0.5));
    set("head", head);
  }

  /// The axes of a limb's bone at rest: those that the segment has in neutral standing, brought to the bone's
  /// direction by the smallest turn from `above`, the axes of the bone before it.
  static Matrix3d rest_axes(const Matrix3d& above, const Vector3d& direction) {
    return turn(-above.col(1), direction) * above;
  }

  void turn_leg(bool right) {
    const auto of = [&](L left) { return rest(right ? engine::mirrored(left) : left); };
    const std::string side = right ? "_r" : "_l";
    const auto segment = [&](Segment left) {
      return body_.turned[static_cast<std::size_t>(left) + (right ? kSegmentsPerSide : 0)];
    };
    const Matrix3d thigh = rest_axes(Matrix3d::Identity(), of(L::left_knee) - of(L::left_hip));
    const Matrix3d shank = rest_axes(thigh, of(L::left_ankle) - of(L::left_knee));
    Vector3d ahead = of(L::left_foot_index) - of(L::left_heel);
    ahead.y() = 0;  // the sole is level at rest
    set("thigh" + side, segment(Segment::left_thigh) * thigh.transpose());
    set("calf" + side, segment(Segment::left_shank) * shank.transpose());
    set("foot" + side, segment(Segment::left_foot) * turn(Vector3d::UnitX(), ahead).transpose());
  }

  void turn_arm(bool right) {
    const auto of = [&](L left) { return rest(right ? engine::mirrored(left) : left); };
    const auto dof = [&](Dof left) { return posture_[right ? engine::mirrored(left) : left].value(); };
    const std::string side = right ? "_r" : "_l";
    const double out = right ? 1 : -1;  // along z
    const auto segment = [&](Segment left) {
      return body_.turned[static_cast<std::size_t>(left) + (right ? kSegmentsPerSide : 0)];
    };
    const Matrix3d arm = rest_axes(Matrix3d::Identity(), of(L::left_elbow) - of(L::left_shoulder));
    const Matrix3d forearm = rest_axes(arm, of(L::left_wrist) - of(L::left_elbow));
    const Matrix3d& upper_arm = segment(Segment::left_upper_arm);
    const double elevation = std::hypot(dof(Dof::left_shoulder_flexion), dof(Dof::left_shoulder_abduction));
    const double lift = dof(Dof::left_scapular_elevation) + kLiftShare * std::max(0.0, elevation - kLiftFrom);
    set("clavicle" + side, trunk_ * about(Vector3d::UnitX(), -out * lift));
    set("upperarm" + side, upper_arm * arm.transpose());
    // A forearm turns along its length: its bone, which is one piece, by half of what the hand does.
    set("lowerarm" + side, upper_arm * about(Vector3d::UnitZ(), dof(Dof::left_elbow_flexion)) *
                               about(Vector3d::UnitY(), out * dof(Dof::left_forearm_pronation) / 2) *
                               forearm.transpose());
    // The knuckles give the turn of the hand at rest.
    const Vector3d along = (of(L::left_wrist) - (of(L::left_index) + of(L::left_pinky)) / 2).normalized();
    Matrix3d hand;
    const Vector3d across = of(L::left_index) - of(L::left_pinky);
    hand.col(1) = along;
    hand.col(0) = (across - along * along.dot(across)).normalized();
    hand.col(2) = hand.col(0).cross(hand.col(1));
    set("hand" + side, segment(Segment::left_hand) * hand.transpose());
  }

  /// Joints from the root outwards; bones that no segment drives follow their parent.
  void place() {
    for (std::size_t i = 0; i < driven_.size(); ++i) {
      const int parent = figure_.rig.bones[i].parent;
      if (parent < 0) continue;
      const auto p = static_cast<std::size_t>(parent);
      if (!driven_[i]) pose_.turned[i] = pose_.turned[p];
      pose_.joints[i] = pose_.joints[p] + pose_.turned[p] * (figure_.joints[i] - figure_.joints[p]);
    }
  }

  static constexpr std::size_t kSegmentsPerSide = 6;  // the right ones follow the left ones

  const Figure& figure_;
  const engine::Posture& posture_;
  engine::PosedBody body_;
  RigPose pose_;
  std::vector<bool> driven_;
  Matrix3d trunk_;
};

}  // namespace

RigPose rest_pose(const Figure& figure) {
  return {std::vector<Matrix3d>(figure.joints.size(), Matrix3d::Identity()), figure.joints};
}

RigPose pose_rig(const Figure& figure, const engine::BodyFigure& body, const engine::Stance& stance) {
  const Vec3<World> hips = 0.5 * (body.landmarks[L::left_hip] + body.landmarks[L::right_hip]);
  return Poser(figure, body, stance).pose(hips.v);
}

void shift(RigPose& pose, const Vector3d& by) {
  for (Vector3d& joint : pose.joints) joint += by;
}

engine::PerLandmark<Vec3<World>> landmarks_of(const Figure& figure, const RigPose& pose) {
  engine::PerLandmark<Vec3<World>> points;
  for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
    const CarriedPoint& point = figure.landmarks[i];
    const auto bone = static_cast<std::size_t>(point.bone);
    points[i] = Vec3<World>{pose.joints[bone] + pose.turned[bone] * (point.rest - figure.joints[bone])};
  }
  return points;
}

std::vector<SkinnedPart> skin(const Figure& figure, const RigPose& pose) {
  std::vector<Eigen::Matrix3f> turned;
  std::vector<Eigen::Vector3f> offset;
  for (std::size_t i = 0; i < pose.joints.size(); ++i) {
    turned.emplace_back(pose.turned[i].cast<float>());
    offset.emplace_back((pose.joints[i] - pose.turned[i] * figure.joints[i]).cast<float>());
  }
  std::vector<SkinnedPart> parts;
  for (const FigurePart& part : figure.parts) {
    SkinnedPart skinned;
    skinned.points.reserve(part.rest.size());
    for (std::size_t p = 0; p < part.rest.size(); ++p) {
      const SkinWeights& w = part.weights[p];
      Eigen::Vector3f sum{0, 0, 0};
      for (std::size_t i = 0; i < 4 && w.share[i] > 0; ++i) {
        const auto bone = static_cast<std::size_t>(w.bone[i]);
        sum += w.share[i] * (turned[bone] * part.rest[p] + offset[bone]);
      }
      skinned.points.push_back(sum);
    }
    skinned.normals.assign(part.rest.size(), Eigen::Vector3f::Zero());
    for (const Triangle& triangle : part.triangles) {
      const auto corner = [&](std::size_t k) { return static_cast<std::size_t>(triangle.point[k]); };
      const Eigen::Vector3f& a = skinned.points[corner(0)];
      const Eigen::Vector3f normal = (skinned.points[corner(1)] - a).cross(skinned.points[corner(2)] - a);
      for (std::size_t k = 0; k < 3; ++k) skinned.normals[corner(k)] += normal;
    }
    for (Eigen::Vector3f& normal : skinned.normals) {
      const float length = normal.norm();
      normal = length > 0 ? Eigen::Vector3f(normal / length) : Eigen::Vector3f::UnitY();
    }
    parts.push_back(std::move(skinned));
  }
  return parts;
}

float lowest_of(const std::vector<SkinnedPart>& parts) {
  float lowest = std::numeric_limits<float>::infinity();
  for (const SkinnedPart& part : parts) {
    for (const Eigen::Vector3f& point : part.points) lowest = std::min(lowest, point.y());
  }
  return lowest;
}

}  // namespace reprise::simulation::rendered

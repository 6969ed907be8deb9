// SPDX-License-Identifier: Apache-2.0
#include "simulation/rendered/reach.h"

#include <Eigen/Cholesky>
#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <vector>

namespace reprise::simulation::rendered {
namespace {

using Eigen::Vector3d;
using engine::Dof;
using L = engine::Landmark;

/// One thing that a reaching person changes; several joints move together.
struct Unknown {
  std::array<std::pair<Dof, double>, 5> moves;  ///< and by how much of the unknown
  std::size_t count = 0;
  double least_deg = 0;
  double most_deg = 0;
  double stiffness = 1;  ///< how unwillingly it moves
};

std::vector<Unknown> unknowns_of(Side hand) {
  const bool right = hand == Side::right;
  const auto arm = [&](Dof of_left, double least, double most) {
    return Unknown{{{{right ? engine::mirrored(of_left) : of_left, 1.0}}}, 1, least, most, 1};
  };
  std::vector<Unknown> unknowns = {
      arm(Dof::left_shoulder_flexion, -40, 170), arm(Dof::left_shoulder_abduction, -15, 130),
      arm(Dof::left_shoulder_rotation, -70, 80), arm(Dof::left_elbow_flexion, 5, 140)};
  // Stooping turns the pelvis on the hips; bent knees carry the trunk as it was.
  unknowns.push_back(
      {{{{Dof::pelvis_tilt, 1}, {Dof::left_hip_flexion, 1}, {Dof::right_hip_flexion, 1}}}, 3, 0, 95, 2.5});
  unknowns.push_back({{{{Dof::left_knee_flexion, 1},
                        {Dof::right_knee_flexion, 1},
                        {Dof::left_hip_flexion, 0.5},
                        {Dof::right_hip_flexion, 0.5}}},
                      4,
                      0,
                      110,
                      2.5});
  return unknowns;
}

class Reaching {
 public:
  Reaching(const Figure& figure, const Footing& footing, const engine::Posture& from, Side hand)
      : figure_(figure), footing_(footing), from_(from), hand_(hand), unknowns_(unknowns_of(hand)) {}

  Reach towards(const Vector3d& target) {
    Eigen::VectorXd x = Eigen::VectorXd::Zero(static_cast<int>(unknowns_.size()));
    constexpr int kSteps = 60;
    for (int step = 0; step < kSteps; ++step) {
      const Vector3d here = palm(x);
      if ((target - here).norm() < 2e-3) break;
      Eigen::MatrixXd slopes(3, x.size());
      constexpr double kProbe = 1e-3;
      for (int i = 0; i < x.size(); ++i) {
        Eigen::VectorXd moved = x;
        moved[i] += kProbe;
        slopes.col(i) = (palm(moved) - here) / kProbe;
      }
      Eigen::MatrixXd normal = slopes.transpose() * slopes;
      for (int i = 0; i < x.size(); ++i)
        normal(i, i) += 3e-4 * unknowns_[static_cast<std::size_t>(i)].stiffness;
      x += normal.ldlt().solve(slopes.transpose() * (target - here));
      keep_within(x);
    }
    return {posture(x), (target - palm(x)).norm()};
  }

 private:
  [[nodiscard]] engine::Posture posture(const Eigen::VectorXd& x) const {
    engine::Posture p = from_;
    for (std::size_t i = 0; i < unknowns_.size(); ++i) {
      for (std::size_t k = 0; k < unknowns_[i].count; ++k) {
        const auto& [dof, share] = unknowns_[i].moves[k];
        p[dof] += Radians{share * x[static_cast<int>(i)]};
      }
    }
    return p;
  }
  [[nodiscard]] Vector3d palm(const Eigen::VectorXd& x) const {
    const engine::Stance stance;
    RigPose pose = pose_rig(figure_, engine::draw_body(figure_.shape, posture(x), stance), stance);
    stand(pose, footing_);
    return palm_of(figure_, pose, hand_);
  }
  void keep_within(Eigen::VectorXd& x) const {
    for (std::size_t i = 0; i < unknowns_.size(); ++i) {
      const double now = from_[unknowns_[i].moves[0].first].value();
      const double least = Radians{Degrees{unknowns_[i].least_deg}}.value() - now;
      const double most = Radians{Degrees{unknowns_[i].most_deg}}.value() - now;
      x[static_cast<int>(i)] = std::clamp(x[static_cast<int>(i)], std::min(0.0, least), std::max(0.0, most));
    }
  }

  const Figure& figure_;
  const Footing& footing_;
  const engine::Posture& from_;
  Side hand_;
  std::vector<Unknown> unknowns_;
};

}  // namespace

void stand(RigPose& pose, const Footing& footing) {
  const Eigen::Matrix3d turn = Eigen::AngleAxisd(footing.heading, Vector3d::UnitY()).toRotationMatrix();
  for (Eigen::Matrix3d& bone : pose.turned) bone = turn * bone;
  for (Vector3d& joint : pose.joints) joint = turn * joint + footing.place;
}

Vector3d palm_of(const Figure& figure, const RigPose& pose, Side hand) {
  const auto points = landmarks_of(figure, pose);
  const auto at = [&](L left) { return points[hand == Side::right ? engine::mirrored(left) : left].v; };
  return at(L::left_wrist) / 2 + (at(L::left_index) + at(L::left_pinky)) / 4;
}

Reach reach_for(const Figure& figure, const Footing& footing, const engine::Posture& from, Side hand,
                const Vector3d& target_m) {
  return Reaching(figure, footing, from, hand).towards(target_m);
}

}  // namespace reprise::simulation::rendered

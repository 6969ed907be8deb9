// SPDX-License-Identifier: Apache-2.0
#include "engine/inverse_kinematics/trajectory_terms.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>

#include "engine/skeleton/joint_limits.h"

namespace reprise::engine {
namespace {

using Eigen::Matrix3d;
using Eigen::Vector3d;
using L = Landmark;

constexpr Seconds kLongestStep{0.25};   // frames farther apart say nothing of each other. Unsourced default
constexpr double kUsualRate = 30;       // for which accelerations and speeds of soles are believed
constexpr double kShortestLimb = 1e-6;  // as slopes
constexpr double kWall = 0.03;          // rad beyond a joint's limit

struct Robust {
  double cost;
  double factor;  ///< on the linearized term
};
/// Cauchy's function of a residual's square.
Robust cauchy(double squared, double weight, double outlier) {
  const double limit = outlier * outlier;
  return {0.5 * weight * limit * std::log1p(squared / limit), weight / (1 + squared / limit)};
}

bool turns_about_length(Dof dof) {
  return dof == Dof::left_hip_rotation || dof == Dof::right_hip_rotation ||
         dof == Dof::left_shoulder_rotation || dof == Dof::right_shoulder_rotation ||
         dof == Dof::left_subtalar_inversion || dof == Dof::right_subtalar_inversion;
}
bool is_knee(Dof dof) {
  return dof == Dof::left_knee_flexion || dof == Dof::right_knee_flexion;
}
bool is_elbow(Dof dof) {
  return dof == Dof::left_elbow_flexion || dof == Dof::right_elbow_flexion;
}

bool hangs_at_rest(Dof dof) {
  return dof == Dof::left_hip_flexion || dof == Dof::right_hip_flexion || dof == Dof::left_shoulder_flexion ||
         dof == Dof::right_shoulder_flexion;
}

/// The part of the body's mass that lies as if in a landmark, and in its other side's. Segments' masses and
/// their places between the joints: Winter's, with head and neck in the trunk's (docs/sources.md).
struct MassShare {
  L left;
  double share;
};
constexpr std::array<MassShare, 6> kMassShares = {{{L::left_shoulder, 0.2065},
                                                   {L::left_elbow, 0.0192},
                                                   {L::left_wrist, 0.0150},
                                                   {L::left_hip, 0.1550},
                                                   {L::left_knee, 0.0673},
                                                   {L::left_ankle, 0.0370}}};
// A foot higher than the other by so much bears a quarter of the weight. Unsourced default.
constexpr double kLiftedFoot = 0.03;  // m

Vector3d rotation_vector(const Matrix3d& rotation) {
  const Eigen::AngleAxisd turn(rotation);
  return turn.angle() * turn.axis();
}

class Terms {
 public:
  Terms(const TrajectoryProblem& problem, const Trajectory& trajectory, BandEquations* equations)
      : p_(problem), t_(trajectory), e_(equations) {}

  double sum() {
    SeenBody before;
    for (std::size_t i = 0; i < p_.frames.size(); ++i) {
      const SeenBody seen = see_body(t_.shape, t_.states[i], p_.offsets);
      if (p_.views.empty()) add_pixels(i, seen);
      add_views(i, seen);
      add_depths(i, seen);
      add_balance(i, seen);
      add_joints(i);
      if (i > 0) add_soles(i - 1, before, seen);
      if (i > 1) add_accelerations(i - 2);
      before = seen;
    }
    add_lengths();
    return cost_;
  }

 private:
  /// `rows` residuals of one frame and the shared unknowns.
  template <int Rows>
  void add(std::size_t i, const Eigen::Matrix<double, Rows, 1>& residual,
           const Eigen::Matrix<double, Rows, kFrameSize>& by_frame,
           const Eigen::Matrix<double, Rows, kSharedSize>& by_shared, double factor) {
    BandRow& row = e_->rows[i];
    const Eigen::Matrix<double, Rows, kFrameSize> weighted = factor * by_frame;
    row.self.noalias() += by_frame.transpose() * weighted;
    row.shared.noalias() += weighted.transpose() * by_shared;
    row.gradient.noalias() += weighted.transpose() * residual;
    e_->shared.noalias() += factor * by_shared.transpose() * by_shared;
    e_->shared_gradient.noalias() += factor * by_shared.transpose() * residual;
  }

  void add_pixels(std::size_t i, const SeenBody& seen) {
    const TrajectoryFrame& frame = p_.frames[i];
    const Pinhole& lens = t_.pinhole;
    const double scale = 1 / p_.beliefs.pixels_m;
    for (std::size_t s = 0; s < kSeenCount; ++s) {
      const L l = kSeenLandmarks[s];
      if (!(frame.weight[l] > 0)) continue;
      const Eigen::Vector2d slope =
          (frame.pixel[l] - Eigen::Vector2d(lens.center_x_px, lens.center_y_px)) / lens.focal_px;
      Eigen::Matrix<double, 2, 3> ray;  // of a point: how far it lies from its ray, in deviations
      ray << scale, 0, -slope.x() * scale, 0, scale, -slope.y() * scale;
      const Eigen::Vector2d residual = ray * seen[s].point_m;
      const Robust robust = cauchy(residual.squaredNorm(), frame.weight[l], p_.beliefs.outlier);
      cost_ += robust.cost;
      if (e_ == nullptr) continue;
      Eigen::Matrix<double, 2, kSharedSize> by_shared = ray * seen[s].by_shared;
      by_shared.col(kFocalUnknown) = slope * (scale * seen[s].point_m.z());
      add<2>(i, residual, ray * seen[s].by_frame, by_shared, robust.factor);
    }
  }

  /// A network finds a joint of the leg more exactly across its limb than along it, whose ends look alike.
  [[nodiscard]] Eigen::Matrix2d scaled_by_limb(const SeenSlopes& shown, L landmark) const {
    const bool right = mirrored(landmark) != landmark && landmark > mirrored(landmark);
    const auto slope = [&](L left) { return shown.slope[right ? mirrored(left) : left]; };
    const auto scaled = [](const Eigen::Vector2d& limb, double along, double across) -> Eigen::Matrix2d {
      if (!(limb.norm() > kShortestLimb)) return Eigen::Matrix2d::Identity();
      const Eigen::Vector2d d = limb.normalized();
      Eigen::Matrix2d m;
      m << d.x() / along, d.y() / along, -d.y() / across, d.x() / across;
      return m;
    };
    const TrajectoryBeliefs& b = p_.beliefs;
    switch (right ? mirrored(landmark) : landmark) {
      case L::left_hip: return scaled(slope(L::left_knee) - slope(L::left_hip), b.along_thigh, 1);
      case L::left_knee:
        return scaled(slope(L::left_ankle) - slope(L::left_hip), b.along_limb, b.across_limb);
      case L::left_ankle:
        return scaled(slope(L::left_ankle) - slope(L::left_knee), b.along_limb, b.across_limb);
      default: return Eigen::Matrix2d::Identity();
    }
  }

  /// As `add_pixels`, from every camera whose place is known.
  void add_views(std::size_t i, const SeenBody& seen) {
    const double scale = 1 / p_.beliefs.pixels_m;
    for (std::size_t v = 0; v < p_.frames[i].seen.size(); ++v) {
      const SeenSlopes& shown = p_.frames[i].seen[v];
      for (std::size_t s = 0; s < kSeenCount; ++s) {
        const L l = kSeenLandmarks[s];
        if (!(shown.visibility[l] > 0)) continue;
        Eigen::Matrix<double, 2, 3> ray;
        ray << scale, 0, -shown.slope[l].x() * scale, 0, scale, -shown.slope[l].y() * scale;
        ray = scaled_by_limb(shown, l) * ray;
        const Eigen::Vector2d residual = ray * p_.views[v].in_camera(seen[s].point_m);
        const Robust robust = cauchy(residual.squaredNorm(), shown.visibility[l], p_.beliefs.outlier);
        cost_ += robust.cost;
        if (e_ == nullptr) continue;
        const Eigen::Matrix<double, 2, 3> turned = ray * p_.views[v].rotation;
        add<2>(i, residual, turned * seen[s].by_frame, turned * seen[s].by_shared, robust.factor);
      }
    }
  }

  void add_depths(std::size_t i, const SeenBody& seen) {
    const TrajectoryFrame& frame = p_.frames[i];
    const auto lines = network_depth_lines();
    for (std::size_t k = 0; k < lines.size(); ++k) {
      if (!(frame.depth_weight[k] > 0)) continue;
      const DepthLine& line = lines[k];
      const double scale = 1 / (line.deviation * p_.usual.stature.value() * p_.beliefs.depth_factor);
      Eigen::Matrix<double, 1, 1> residual{-frame.depth_m[k] * scale};
      Eigen::Matrix<double, 1, kFrameSize> by_frame = Eigen::Matrix<double, 1, kFrameSize>::Zero();
      Eigen::Matrix<double, 1, kSharedSize> by_shared = Eigen::Matrix<double, 1, kSharedSize>::Zero();
      const auto add_end = [&](L landmark, double share) {
        const SeenLandmark& end = seen[seen_index(landmark)];
        residual[0] += share * end.point_m.z();
        by_frame += share * end.by_frame.row(2);
        by_shared += share * end.by_shared.row(2);
      };
      for (const L l : line.to) add_end(l, 0.5 * frame.depth_share[k] * scale);
      for (const L l : line.from) add_end(l, -0.5 * frame.depth_share[k] * scale);
      const Robust robust = cauchy(residual.squaredNorm(), frame.depth_weight[k], p_.beliefs.outlier);
      cost_ += robust.cost;
      if (e_ != nullptr) add<1>(i, residual, by_frame, by_shared, robust.factor);
    }
  }

  /// Who stands has the center of mass above the feet, which from in front is what the picture leaves open.
  void add_balance(std::size_t i, const SeenBody& seen) {
    const PerLandmark<double>& seen_by = p_.frames[i].weight;
    const double scale = 1 / p_.beliefs.balance_m;
    double weight = 1;
    Eigen::Matrix<double, 1, 1> residual = Eigen::Matrix<double, 1, 1>::Zero();
    Eigen::Matrix<double, 1, kFrameSize> by_frame = Eigen::Matrix<double, 1, kFrameSize>::Zero();
    Eigen::Matrix<double, 1, kSharedSize> by_shared = Eigen::Matrix<double, 1, kSharedSize>::Zero();
    const auto add_depth = [&](L landmark, double share) {
      const SeenLandmark& part = seen[seen_index(landmark)];
      weight = std::min(weight, seen_by[landmark]);
      residual[0] += share * scale * part.point_m.z();
      by_frame += share * scale * part.by_frame.row(2);
      by_shared += share * scale * part.by_shared.row(2);
    };
    for (const MassShare& part : kMassShares) {
      for (const L l : {part.left, mirrored(part.left)}) add_depth(l, part.share);
    }
    const auto height = [&](L heel, L toe) {  // of the lower end of a foot, from the lens downwards
      return std::max(seen[seen_index(heel)].point_m.y(), seen[seen_index(toe)].point_m.y());
    };
    const double lift = height(L::right_heel, L::right_foot_index) - height(L::left_heel, L::left_foot_index);
    const double left = 1 / (1 + std::exp(lift / kLiftedFoot));  // the part that the left foot bears
    for (const L l : {L::left_heel, L::left_foot_index}) add_depth(l, -0.5 * left);
    for (const L l : {L::right_heel, L::right_foot_index}) add_depth(l, -0.5 * (1 - left));
    if (!(weight > 0)) return;
    const Robust robust = cauchy(residual.squaredNorm(), weight, p_.beliefs.balance_outlier);
    cost_ += robust.cost;
    if (e_ != nullptr) add<1>(i, residual, by_frame, by_shared, robust.factor);
  }

  void add_joints(std::size_t i) {
    for (std::size_t d = 0; d < kTrajectoryDofs.size(); ++d) {
      const Dof dof = kTrajectoryDofs[d];
      const auto unknown = static_cast<Eigen::Index>(6 + d);
      const double angle = t_.states[i].posture[dof].value();
      const auto pull = [&](double towards, double deviation, double weight, double outlier) {
        const double residual = (angle - towards) / deviation;
        const Robust robust = outlier > 0 ? cauchy(residual * residual, weight, outlier)
                                          : Robust{0.5 * weight * residual * residual, weight};
        cost_ += robust.cost;
        if (e_ == nullptr) return;
        e_->rows[i].self(unknown, unknown) += robust.factor / (deviation * deviation);
        e_->rows[i].gradient[unknown] += robust.factor * residual / deviation;
      };
      if (dof == Dof::trunk_flexion) pull(0, p_.beliefs.trunk_bend_rad, 1, 0);
      if (hangs_at_rest(dof)) pull(0, p_.beliefs.hanging_rad, p_.beliefs.hanging_weight, 1);
      if (dof == Dof::trunk_rotation) pull(0, p_.beliefs.trunk_turn_rad, 1, 0);
      if (dof == Dof::trunk_lateral_flexion || turns_about_length(dof)) pull(0, p_.beliefs.axial_rad, 1, 0);
      if (is_knee(dof) || is_elbow(dof)) {
        pull(is_elbow(dof) ? p_.beliefs.hanging_elbow_rad : 0, p_.beliefs.straight_rad,
             p_.beliefs.straight_weight, 1);
      }
      const JointLimits limits = joint_limits(dof);
      if (angle > limits.max.value()) pull(limits.max.value(), kWall, 1, 0);
      if (angle < limits.min.value()) pull(limits.min.value(), kWall, 1, 0);
    }
  }

  /// A foot that stands stays where it is; one that does not is an outlier.
  void add_soles(std::size_t i, const SeenBody& before, const SeenBody& seen) {
    const Seconds step = p_.frames[i + 1].time - p_.frames[i].time;
    if (!(step > Seconds{0}) || step > kLongestStep) return;
    const double scale = std::sqrt(kUsualRate * step.value()) / (step.value() * p_.beliefs.sole_m_s);
    for (std::size_t s = kFirstOfSoles; s < kSeenCount; ++s) {
      const double weight =
          0.5 * std::min(p_.frames[i].weight[kSeenLandmarks[s]], p_.frames[i + 1].weight[kSeenLandmarks[s]]);
      if (!(weight > 0)) continue;
      const Vector3d residual = scale * (seen[s].point_m - before[s].point_m);
      const Robust robust = cauchy(residual.squaredNorm(), weight, 1);
      cost_ += robust.cost;
      if (e_ == nullptr) continue;
      const Eigen::Matrix<double, 3, kFrameSize> first = -scale * before[s].by_frame;
      const Eigen::Matrix<double, 3, kFrameSize> second = scale * seen[s].by_frame;
      const Eigen::Matrix<double, 3, kSharedSize> by_shared =
          scale * (seen[s].by_shared - before[s].by_shared);
      add<3>(i, residual, first, by_shared, robust.factor);
      BandRow& next = e_->rows[i + 1];
      next.self.noalias() += robust.factor * second.transpose() * second;
      next.shared.noalias() += robust.factor * second.transpose() * by_shared;
      next.gradient.noalias() += robust.factor * second.transpose() * residual;
      e_->rows[i].next.noalias() += robust.factor * first.transpose() * second;
    }
  }

  [[nodiscard]] double deviation_of_acceleration(std::size_t unknown) const {
    if (unknown < 3) return p_.beliefs.trunk_rad_s2;
    if (unknown < 6) return p_.beliefs.hips_m_s2;
    return unknown < 9 ? p_.beliefs.trunk_rad_s2 : p_.beliefs.joint_rad_s2;
  }

  /// Of the frames i to i + 2.
  void add_accelerations(std::size_t i) {
    const Seconds first = p_.frames[i + 1].time - p_.frames[i].time;
    const Seconds second = p_.frames[i + 2].time - p_.frames[i + 1].time;
    if (!(first > Seconds{0}) || !(second > Seconds{0}) || first > kLongestStep || second > kLongestStep)
      return;
    const double middle_s = 0.5 * (first + second).value();
    const double a = 1 / (first.value() * middle_s);
    const double c = 1 / (second.value() * middle_s);
    const double even = std::sqrt(kUsualRate * middle_s);
    const BodyState& s0 = t_.states[i];
    const BodyState& s1 = t_.states[i + 1];
    const BodyState& s2 = t_.states[i + 2];
    FrameVector acceleration;
    acceleration.head<3>() = c * rotation_vector(s2.pelvis * s1.pelvis.transpose()) -
                             a * rotation_vector(s1.pelvis * s0.pelvis.transpose());
    acceleration.segment<3>(3) = a * s0.mid_hips.v - (a + c) * s1.mid_hips.v + c * s2.mid_hips.v;
    for (std::size_t d = 0; d < kTrajectoryDofs.size(); ++d) {
      const Dof dof = kTrajectoryDofs[d];
      acceleration[static_cast<Eigen::Index>(6 + d)] =
          a * s0.posture[dof].value() - (a + c) * s1.posture[dof].value() + c * s2.posture[dof].value();
    }
    for (std::size_t u = 0; u < kFrameUnknowns; ++u) {
      const auto k = static_cast<Eigen::Index>(u);
      const double scale = even / deviation_of_acceleration(u);
      const double weight = scale * scale;
      cost_ += 0.5 * weight * acceleration[k] * acceleration[k];
      if (e_ == nullptr) continue;
      BandRow& r0 = e_->rows[i];
      BandRow& r1 = e_->rows[i + 1];
      BandRow& r2 = e_->rows[i + 2];
      r0.self(k, k) += weight * a * a;
      r0.next(k, k) -= weight * a * (a + c);
      r0.second(k, k) += weight * a * c;
      r1.self(k, k) += weight * (a + c) * (a + c);
      r1.next(k, k) -= weight * (a + c) * c;
      r2.self(k, k) += weight * c * c;
      r0.gradient[k] += weight * a * acceleration[k];
      r1.gradient[k] -= weight * (a + c) * acceleration[k];
      r2.gradient[k] += weight * c * acceleration[k];
    }
  }

  /// Believed once a frame: what the landmarks say wrongly of a length, they say in every frame.
  void add_lengths() {
    const auto frames = static_cast<double>(p_.frames.size());
    const auto found = lengths_m(t_.shape);
    const auto usual = lengths_m(p_.usual);
    const auto pull = [&](std::size_t unknown, double off, double deviation) {
      const double weight = frames / (deviation * deviation);
      cost_ += 0.5 * weight * off * off;
      if (e_ == nullptr) return;
      const auto k = static_cast<Eigen::Index>(unknown);
      e_->shared(k, k) += weight;
      e_->shared_gradient[k] += weight * off;
    };
    constexpr std::size_t kFirstOfArms = 5;  // in kLengthGroups: half shoulders, upper arm, forearm
    for (std::size_t g = 0; g < kLengthGroups.size(); ++g) {
      const std::size_t j = kLengthGroups[g].lengths[0];
      pull(g, std::log(found[j] / usual[j]),
           g >= kFirstOfArms ? p_.beliefs.arm_length : p_.beliefs.body_length);
    }
    pull(kFocalUnknown, std::log(t_.pinhole.focal_px / p_.usual_focal_px), p_.beliefs.focal);
  }

  const TrajectoryProblem& p_;
  const Trajectory& t_;
  BandEquations* e_;
  double cost_ = 0;
};

}  // namespace

double trajectory_cost(const TrajectoryProblem& problem, const Trajectory& trajectory,
                       BandEquations* equations) {
  return Terms(problem, trajectory, equations).sum();
}

}  // namespace reprise::engine

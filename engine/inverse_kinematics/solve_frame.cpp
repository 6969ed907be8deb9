// SPDX-License-Identifier: Apache-2.0
#include "engine/inverse_kinematics/solve_frame.h"

#include <Eigen/Cholesky>
#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/skeleton/joint_limits.h"

namespace reprise::engine {
namespace {

using Eigen::Matrix3d;
using Eigen::Vector3d;
using L = Landmark;

// Unknowns: turn of the pelvis (3), mid-hips (3), then the movements from the trunk outwards.
constexpr std::size_t kUnknowns = 6 + kDofCount - kFirstJointDof;
constexpr auto kSize = static_cast<Eigen::Index>(kUnknowns);
using Matrix = Eigen::Matrix<double, kSize, kSize>;
using Vector = Eigen::Matrix<double, kSize, 1>;

constexpr std::size_t unknown_of(Dof dof) {
  return 6 + static_cast<std::size_t>(dof) - kFirstJointDof;
}

// Deviations in radians of the pulls that decide what landmarks leave open. Unsourced defaults.
constexpr double kPullTrunk = 0.3;  // bending of the trunk against the pelvis to 0: the pelvis goes along
constexpr double kPullAxial = 1.5;  // turns about a segment's own length to 0
constexpr double kLimitWall = 0.03;

bool is_axial(Dof dof) {
  switch (dof) {
    case Dof::left_hip_rotation:
    case Dof::right_hip_rotation:
    case Dof::left_knee_rotation:
    case Dof::right_knee_rotation:
    case Dof::left_shoulder_rotation:
    case Dof::right_shoulder_rotation:
    case Dof::left_forearm_pronation:
    case Dof::right_forearm_pronation:
    case Dof::left_subtalar_inversion:
    case Dof::right_subtalar_inversion: return true;
    default: return false;
  }
}

/// A residual vector with its part of the normal equations: rows x (its own few unknowns).
template <int Rows>
struct Term {
  Eigen::Matrix<double, Rows, 1> residual;
  Eigen::Matrix<double, Rows, 16> jacobian;
  std::array<std::size_t, 16> unknowns{};
  int count = 0;

  void add(std::size_t unknown, const Eigen::Matrix<double, Rows, 1>& column) {
    jacobian.col(count) = column;
    unknowns[static_cast<std::size_t>(count)] = unknown;
    ++count;
  }
};

struct Equations {
  Matrix h = Matrix::Zero();
  Vector g = Vector::Zero();

  template <int Rows>
  void add(const Term<Rows>& term, double weight) {
    const auto j = term.jacobian.leftCols(term.count);
    const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, 0, 16, 16> part = j.transpose() * j;
    const Eigen::Matrix<double, Eigen::Dynamic, 1, 0, 16, 1> right = j.transpose() * term.residual;
    for (int a = 0; a < term.count; ++a) {
      const auto row = static_cast<Eigen::Index>(term.unknowns[static_cast<std::size_t>(a)]);
      g[row] += weight * right[a];
      for (int b = 0; b < term.count; ++b) {
        h(row, static_cast<Eigen::Index>(term.unknowns[static_cast<std::size_t>(b)])) += weight * part(a, b);
      }
    }
  }
  void add_scalar(std::size_t unknown, double residual, double slope) {
    const auto i = static_cast<Eigen::Index>(unknown);
    h(i, i) += slope * slope;
    g[i] += slope * residual;
  }
};

class Problem {
 public:
  Problem(const BodyShape& shape, const Pose& pose, const std::optional<BodyState>& before,
          const FrameFitOptions& options)
      : shape_(shape), pose_(pose), before_(before), o_(options) {
    for (std::size_t i = 0; i < kLandmarkCount; ++i) {
      const auto l = static_cast<Landmark>(i);
      const double seen = std::clamp(pose.visibility[i], 0.0, 1.0);
      weight_[i] = seen > 0.05 ? seen * fit_weight(l) : 0;
      total_weight_ += weight_[i];
    }
  }

  [[nodiscard]] bool anything_seen() const { return total_weight_ > 0; }

  /// Half of the weighted sum of squares, robust; `equations` gets its linearisation.
  [[nodiscard]] double cost(const BodyState& state, Equations* equations) const {
    const PosedBody body = pose_body(shape_, state.pelvis, state.posture);
    double sum = 0;
    for (std::size_t i = 0; i < kLandmarkCount; ++i) {
      if (weight_[i] > 0) sum += world_term(body, state, static_cast<Landmark>(i), equations);
    }
    if (o_.pinhole && pose_.image) {
      const Vector3d place = place_before_camera(body);
      for (std::size_t i = 0; i < kLandmarkCount; ++i) {
        if (weight_[i] > 0) sum += picture_term(body, place, static_cast<Landmark>(i), equations);
      }
    }
    for (std::size_t d = kFirstJointDof; d < kDofCount; ++d) sum += joint_terms(state, dof_at(d), equations);
    return sum;
  }

  [[nodiscard]] double error_m(const BodyState& state) const {
    const PosedBody body = pose_body(shape_, state.pelvis, state.posture);
    double sum = 0;
    for (std::size_t i = 0; i < kLandmarkCount; ++i) {
      if (weight_[i] > 0)
        sum += weight_[i] * (body.point_m[i] + state.mid_hips.v - pose_.world_m[i].v).squaredNorm();
    }
    return std::sqrt(sum / total_weight_);
  }

 private:
  /// Cauchy's function: the cost, and the weight that makes least squares follow it.
  [[nodiscard]] double robust(double squared, double weight, double& factor) const {
    const double limit = o_.outlier * o_.outlier;
    factor = weight / (1 + squared / limit);
    return 0.5 * weight * limit * std::log1p(squared / limit);
  }

  [[nodiscard]] double world_term(const PosedBody& body, const BodyState& state, Landmark l,
                                  Equations* equations) const {
    const Vector3d scale(1 / o_.across.value(), 1 / o_.across.value(), 1 / o_.depth.value());
    const Vector3d off = body.point_m[l] + state.mid_hips.v - pose_.world_m[l].v;
    Term<3> term;
    term.residual = off.cwiseProduct(scale);
    double factor = 0;
    const double cost = robust(term.residual.squaredNorm(), weight_[static_cast<std::size_t>(l)], factor);
    if (equations == nullptr) return cost;
    for (int axis = 0; axis < 3; ++axis) {
      const auto a = static_cast<std::size_t>(axis);
      term.add(a, Vector3d::Unit(axis).cross(body.point_m[l]).cwiseProduct(scale));
      term.add(3 + a, Vector3d::Unit(axis).cwiseProduct(scale));
    }
    for (const Dof dof : chain_of(l)) term.add(unknown_of(dof), velocity(body, l, dof).cwiseProduct(scale));
    equations->add(term, factor);
    return cost;
  }

  /// Slopes of the ray through a landmark's pixel.
  [[nodiscard]] Eigen::Vector2d ray(Landmark l) const {
    const ImagePoint& p = (*pose_.image)[l];
    return {(p.x_px - o_.pinhole->center_x_px) / o_.pinhole->focal_px,
            (p.y_px - o_.pinhole->center_y_px) / o_.pinhole->focal_px};
  }

  /// Mid-hips before the lens, so that the body lies on the landmarks' rays: linear least squares.
  [[nodiscard]] Vector3d place_before_camera(const PosedBody& body) const {
    Matrix3d h = 1e-9 * Matrix3d::Identity();
    Vector3d g = Vector3d::Zero();
    for (std::size_t i = 0; i < kLandmarkCount; ++i) {
      if (!(weight_[i] > 0)) continue;
      const Eigen::Vector2d slope = ray(static_cast<Landmark>(i));
      const Vector3d& p = body.point_m[i];
      Eigen::Matrix<double, 2, 3> rows;
      rows << -1, 0, slope.x(), 0, -1, slope.y();
      const Eigen::Vector2d wanted = p.head<2>() - slope * p.z();
      h += weight_[i] * rows.transpose() * rows;
      g += weight_[i] * rows.transpose() * wanted;
    }
    return h.ldlt().solve(g);
  }

  /// How far a point lies from its ray, in meters in the picture's plane.
  [[nodiscard]] double picture_term(const PosedBody& body, const Vector3d& place, Landmark l,
                                    Equations* equations) const {
    const Eigen::Vector2d slope = ray(l);
    const Vector3d p = body.point_m[l] + place;
    const double scale = 1 / o_.picture.value();
    Term<2> term;
    term.residual = (p.head<2>() - slope * p.z()) * scale;
    double factor = 0;
    const double cost = robust(term.residual.squaredNorm(), weight_[static_cast<std::size_t>(l)], factor);
    if (equations == nullptr) return cost;
    const auto seen = [&](const Vector3d& moved) {
      return Eigen::Vector2d{(moved.head<2>() - slope * moved.z()) * scale};
    };
    for (int axis = 0; axis < 3; ++axis)
      term.add(static_cast<std::size_t>(axis), seen(Vector3d::Unit(axis).cross(body.point_m[l])));
    for (const Dof dof : chain_of(l)) term.add(unknown_of(dof), seen(velocity(body, l, dof)));
    equations->add(term, factor);
    return cost;
  }

  [[nodiscard]] double joint_terms(const BodyState& state, Dof dof, Equations* equations) const {
    const double angle = state.posture[dof].value();
    double sum = 0;
    const auto pull = [&](double towards, double deviation) {
      const double residual = (angle - towards) / deviation;
      sum += 0.5 * residual * residual;
      if (equations != nullptr) equations->add_scalar(unknown_of(dof), residual, 1 / deviation);
    };
    if (before_) pull(before_->posture[dof].value(), o_.pull.value());
    if (dof == Dof::trunk_flexion) pull(0, kPullTrunk);
    if (is_axial(dof)) pull(0, kPullAxial);
    const JointLimits limits = joint_limits(dof);
    if (angle > limits.max.value()) pull(limits.max.value(), kLimitWall);
    if (angle < limits.min.value()) pull(limits.min.value(), kLimitWall);
    return sum;
  }

  const BodyShape& shape_;
  const Pose& pose_;
  const std::optional<BodyState>& before_;
  const FrameFitOptions& o_;
  std::array<double, kLandmarkCount> weight_{};
  double total_weight_ = 0;
};

BodyState moved(const BodyState& state, const Vector& step) {
  BodyState out = state;
  const Vector3d turn = step.head<3>();
  const double angle = turn.norm();
  if (angle > 0) {
    const Eigen::Quaterniond q(Eigen::AngleAxisd(angle, turn / angle).toRotationMatrix() * state.pelvis);
    out.pelvis = q.normalized().toRotationMatrix();
  }
  out.mid_hips.v += step.segment<3>(3);
  for (std::size_t d = kFirstJointDof; d < kDofCount; ++d) {
    out.posture[dof_at(d)] += Radians{step[static_cast<Eigen::Index>(unknown_of(dof_at(d)))]};
  }
  return out;
}

}  // namespace

double fit_weight(Landmark landmark) {
  switch (landmark) {
    case L::left_shoulder:
    case L::right_shoulder:
    case L::left_elbow:
    case L::right_elbow:
    case L::left_wrist:
    case L::right_wrist:
    case L::left_hip:
    case L::right_hip:
    case L::left_knee:
    case L::right_knee:
    case L::left_ankle:
    case L::right_ankle: return 1;
    case L::left_heel:
    case L::right_heel:
    case L::left_foot_index:
    case L::right_foot_index: return 0.7;
    case L::nose:
    case L::left_ear:
    case L::right_ear: return 0.3;
    case L::left_pinky:
    case L::right_pinky:
    case L::left_index:
    case L::right_index:
    case L::left_thumb:
    case L::right_thumb: return 0.2;
    default: return 0.1;
  }
}

PerLandmark<Vec3<Camera>> landmarks_of(const BodyShape& shape, const BodyState& state) {
  const PosedBody body = pose_body(shape, state.pelvis, state.posture);
  PerLandmark<Vec3<Camera>> out;
  for (std::size_t i = 0; i < kLandmarkCount; ++i) out[i] = Vec3<Camera>{body.point_m[i] + state.mid_hips.v};
  return out;
}

FrameFit fit_frame(const BodyShape& shape, const Pose& pose, const std::optional<BodyState>& before,
                   const FrameFitOptions& options) {
  const Problem problem{shape, pose, before, options};
  FrameFit fit;
  if (!problem.anything_seen()) {
    fit.state = before.value_or(BodyState{});
    return fit;
  }
  fit.state = initial_guess(pose);
  double cost = problem.cost(fit.state, nullptr);
  if (before) {
    const double cost_before = problem.cost(*before, nullptr);
    if (cost_before < cost) {
      fit.state = *before;
      cost = cost_before;
    }
  }

  constexpr double kSmallStep = 1e-3;  // radians or meters; the next step would be a hundred times smaller
  double damping = 1e-3;
  for (fit.steps = 0; fit.steps < options.max_steps; ++fit.steps) {
    Equations equations;
    cost = problem.cost(fit.state, &equations);
    bool better = false;
    double step_size = 0;
    for (int attempt = 0; attempt < 6 && !better; ++attempt) {
      Matrix h = equations.h;
      h.diagonal() += damping * equations.h.diagonal() + Vector::Constant(1e-6);
      const Vector step = -h.ldlt().solve(equations.g);
      const BodyState tried = moved(fit.state, step);
      const double cost_there = problem.cost(tried, nullptr);
      step_size = step.cwiseAbs().maxCoeff();
      better = cost_there < cost;
      if (better) {
        fit.state = tried;
        cost = cost_there;
        damping = std::max(damping * 0.2, 1e-9);
      } else {
        damping *= 10;
        if (step_size < kSmallStep) break;
      }
    }
    if (!better || step_size < kSmallStep) break;
  }
  fit.error_m = problem.error_m(fit.state);
  return fit;
}

}  // namespace reprise::engine

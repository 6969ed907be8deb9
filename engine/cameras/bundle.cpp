// SPDX-License-Identifier: Apache-2.0
#include "engine/cameras/bundle.h"

#include <Eigen/Cholesky>
#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/cameras/triangulate.h"
#include "engine/inverse_kinematics/seen_landmark.h"
#include "engine/signal/median.h"

namespace reprise::engine {
namespace {

using Eigen::MatrixXd;
using Eigen::Vector2d;
using Eigen::Vector3d;
using Eigen::VectorXd;
using L = Landmark;

// Unsourced defaults, tried on simulated and rendered walkers (docs/accuracy.md).
constexpr double kSlopeDeviation = 0.006;  // 2.5 cm at 4 m
constexpr double kOutlier = 2.5;           // deviations
constexpr double kSegmentShare = 0.05;     // deviation of a segment from its length, as a share of it
constexpr double kFocalDeviation = 0.08;   // of the assumed focal length
constexpr double kJointSeen = 0.5;         // visibility

struct SegmentBetween {
  L a, b;  // of the left
};
constexpr std::array<SegmentBetween, 7> kSegments = {{{L::left_hip, L::left_knee},
                                                      {L::left_knee, L::left_ankle},
                                                      {L::left_shoulder, L::left_elbow},
                                                      {L::left_elbow, L::left_wrist},
                                                      {L::left_shoulder, L::left_hip},
                                                      {L::left_hip, L::right_hip},
                                                      {L::left_shoulder, L::right_shoulder}}};

/// Half of the normal equations: a frame's points, and what it shares with cameras and lengths.
struct FrameEquations {
  std::vector<L> points;
  MatrixXd self;
  MatrixXd shared;
  VectorXd gradient;
};

class Adjusting {
 public:
  explicit Adjusting(BundleProblem& problem)
      : p_(problem), lengths_at_(7 * problem.views.size()), unknowns_(lengths_at_ + kSegments.size()) {}

  bool run() {
    start();
    if (!(count_ > 50)) return false;
    double damping = 1e-3;
    for (int step = 0; step < 40; ++step) {
      const double cost = linearize();
      bool better = false;
      double gain = 0;
      for (int attempt = 0; attempt < 6 && !better; ++attempt) {
        const BundleProblem kept = p_;
        const auto kept_lengths = log_lengths_;
        if (!move(damping)) return false;
        gain = cost - cost_of();
        better = gain > 0;
        if (!better) {
          p_ = kept;
          log_lengths_ = kept_lengths;
        }
        damping = better ? std::max(1e-9, damping * 0.3) : damping * 8;
      }
      if (!better || gain < 1e-5 * cost) break;
    }
    p_.error_slope = mean_error();
    return true;
  }

 private:
  [[nodiscard]] bool sees(std::size_t i, std::size_t v, L l) const {
    return p_.rays.frames[i][v].visibility[l] >= kJointSeen;
  }

  void start() {
    p_.points.assign(p_.rays.frames.size(), {});
    std::array<std::vector<double>, kSegments.size()> found;
    for (std::size_t i = 0; i < p_.points.size(); ++i) {
      for (const L l : kSeenLandmarks) {
        std::vector<SeenRay> rays;
        for (std::size_t v = 0; v < p_.views.size(); ++v)
          if (sees(i, v, l)) rays.push_back({v, p_.rays.frames[i][v].slope[l], 1});
        const auto point = triangulate(p_.views, rays, {.most_error_m = 1, .most_spread_m = 1e3});
        if (!point) continue;
        p_.points[i][l] = point->point_m;
        ++count_;
      }
      for (std::size_t s = 0; s < kSegments.size(); ++s)
        for (const bool right : {false, true})
          if (const auto between = ends(i, s, right))
            found[s].push_back((between->first - between->second).norm());
    }
    for (std::size_t s = 0; s < kSegments.size(); ++s)
      log_lengths_[s] = found[s].empty() ? 0 : std::log(std::max(1e-3, median(found[s])));
  }

  [[nodiscard]] static std::pair<L, L> joints(std::size_t s, bool right) {
    const auto& [a, b] = kSegments[s];
    return right ? std::pair{mirrored(a), mirrored(b)} : std::pair{a, b};
  }
  [[nodiscard]] std::optional<std::pair<Vector3d, Vector3d>> ends(std::size_t i, std::size_t s,
                                                                  bool right) const {
    const auto [a, b] = joints(s, right);
    if (right && kSegments[s].b == mirrored(kSegments[s].a)) return std::nullopt;  // across: once
    if (!p_.points[i][a] || !p_.points[i][b]) return std::nullopt;
    return std::pair{*p_.points[i][a], *p_.points[i][b]};
  }

  [[nodiscard]] Vector2d off(std::size_t i, std::size_t v, L l) const {
    const Vector3d q = p_.views[v].in_camera(*p_.points[i][l]);
    if (!(q.z() > 0.05)) return {1, 1};
    return q.head<2>() / q.z() - std::exp(-p_.log_focal[v]) * p_.rays.frames[i][v].slope[l];
  }
  /// How far each landmark lies from each ray, as slopes.
  template <class Act>
  void for_each_ray(const Act& act) const {
    for (std::size_t i = 0; i < p_.points.size(); ++i) {
      for (const L l : kSeenLandmarks) {
        if (!p_.points[i][l]) continue;
        for (std::size_t v = 0; v < p_.views.size(); ++v)
          if (sees(i, v, l)) act(off(i, v, l));
      }
    }
  }

  static double robust_cost(double squared) {
    return 0.5 * kOutlier * kOutlier * std::log1p(squared / (kOutlier * kOutlier));
  }
  static double robust_weight(double squared) { return 1 / (1 + squared / (kOutlier * kOutlier)); }

  [[nodiscard]] double prior_cost() const {
    double cost = 0;
    for (const double focal : p_.log_focal)
      cost += 0.5 * prior_weight() * std::pow(focal / kFocalDeviation, 2);
    return cost;
  }
  /// Errors of landmarks stay over many frames, so that a belief must weigh as much as many frames.
  [[nodiscard]] double prior_weight() const { return 0.2 * static_cast<double>(p_.points.size()); }

  [[nodiscard]] double cost_of() const {
    double cost = prior_cost();
    for_each_ray([&](const Vector2d& off_slope) {
      cost += robust_cost(off_slope.squaredNorm() / (kSlopeDeviation * kSlopeDeviation));
    });
    for (std::size_t i = 0; i < p_.points.size(); ++i) {
      for (std::size_t s = 0; s < kSegments.size(); ++s)
        for (const bool right : {false, true})
          if (const auto between = ends(i, s, right)) {
            const double share =
                ((between->first - between->second).norm() / std::exp(log_lengths_[s]) - 1) / kSegmentShare;
            cost += robust_cost(share * share);
          }
    }
    return cost;
  }

  double linearize() {
    shared_ = MatrixXd::Zero(static_cast<Eigen::Index>(unknowns_), static_cast<Eigen::Index>(unknowns_));
    gradient_ = VectorXd::Zero(static_cast<Eigen::Index>(unknowns_));
    frames_.clear();
    for (std::size_t i = 0; i < p_.points.size(); ++i) {
      FrameEquations& e = frames_.emplace_back();
      for (const L l : kSeenLandmarks)
        if (p_.points[i][l]) e.points.push_back(l);
      const auto size = static_cast<Eigen::Index>(3 * e.points.size());
      e.self = MatrixXd::Zero(size, size);
      e.shared = MatrixXd::Zero(size, static_cast<Eigen::Index>(unknowns_));
      e.gradient = VectorXd::Zero(size);
      add_rays(i, e);
      add_segments(i, e);
    }
    for (std::size_t v = 0; v < p_.views.size(); ++v) {
      const auto k = static_cast<Eigen::Index>(7 * v + 6);
      const double weight = prior_weight() / (kFocalDeviation * kFocalDeviation);
      shared_(k, k) += weight;
      gradient_[k] += weight * p_.log_focal[v];
    }
    return cost_of();
  }

  void add_rays(std::size_t i, FrameEquations& e) {
    for (std::size_t k = 0; k < e.points.size(); ++k) {
      const L l = e.points[k];
      for (std::size_t v = 0; v < p_.views.size(); ++v) {
        if (!sees(i, v, l)) continue;
        const RigView& view = p_.views[v];
        const Vector3d q = view.in_camera(*p_.points[i][l]);
        if (!(q.z() > 0.05)) continue;
        const Vector2d residual = off(i, v, l) / kSlopeDeviation;
        const double weight = robust_weight(residual.squaredNorm());
        Eigen::Matrix<double, 2, 3> by_q;
        by_q << 1 / q.z(), 0, -q.x() / (q.z() * q.z()), 0, 1 / q.z(), -q.y() / (q.z() * q.z());
        by_q /= kSlopeDeviation;
        const Eigen::Matrix<double, 2, 3> by_point = by_q * view.rotation;
        Eigen::Matrix<double, 2, 7> by_camera = Eigen::Matrix<double, 2, 7>::Zero();
        if (v > 0) {  // the first camera's place is the origin
          const Vector3d turned = q - view.translation_m;
          for (int axis = 0; axis < 3; ++axis)
            by_camera.col(axis) = by_q * Vector3d::Unit(axis).cross(turned);
          by_camera.middleCols<3>(3) = by_q;
        }
        by_camera.col(6) = std::exp(-p_.log_focal[v]) * p_.rays.frames[i][v].slope[l] / kSlopeDeviation;
        const auto at = static_cast<Eigen::Index>(3 * k);
        const auto camera = static_cast<Eigen::Index>(7 * v);
        e.self.block<3, 3>(at, at) += weight * by_point.transpose() * by_point;
        e.shared.block<3, 7>(at, camera) += weight * by_point.transpose() * by_camera;
        e.gradient.segment<3>(at) += weight * by_point.transpose() * residual;
        shared_.block<7, 7>(camera, camera) += weight * by_camera.transpose() * by_camera;
        gradient_.segment<7>(camera) += weight * by_camera.transpose() * residual;
      }
    }
  }

  void add_segments(std::size_t i, FrameEquations& e) {
    for (std::size_t s = 0; s < kSegments.size(); ++s) {
      for (const bool right : {false, true}) {
        const auto between = ends(i, s, right);
        if (!between) continue;
        const auto [a, b] = joints(s, right);
        const auto index = [&](L l) {
          return static_cast<Eigen::Index>(
              3 * (std::find(e.points.begin(), e.points.end(), l) - e.points.begin()));
        };
        const Vector3d apart = between->first - between->second;
        const double length = std::exp(log_lengths_[s]);
        const double residual = (apart.norm() / length - 1) / kSegmentShare;
        const double weight = robust_weight(residual * residual);
        const Eigen::RowVector3d along = apart.transpose() / (apart.norm() * length * kSegmentShare);
        const double by_length = -apart.norm() / length / kSegmentShare;
        const auto k = static_cast<Eigen::Index>(lengths_at_ + s);
        for (const auto& [at, sign] : {std::pair{index(a), 1.0}, std::pair{index(b), -1.0}}) {
          e.gradient.segment<3>(at) += weight * residual * sign * along.transpose();
          e.shared.block<3, 1>(at, k) += weight * by_length * sign * along.transpose();
          e.self.block<3, 3>(at, at) += weight * along.transpose() * along;
        }
        e.self.block<3, 3>(index(a), index(b)) -= weight * along.transpose() * along;
        e.self.block<3, 3>(index(b), index(a)) -= weight * along.transpose() * along;
        shared_(k, k) += weight * by_length * by_length;
        gradient_[k] += weight * by_length * residual;
      }
    }
  }

  /// Frames are eliminated (Schur complement), then cameras and lengths step, then the frames' points.
  bool move(double damping) {
    MatrixXd reduced = shared_;
    reduced.diagonal() += damping * shared_.diagonal() + VectorXd::Constant(shared_.rows(), 1e-9);
    VectorXd right = -gradient_;
    std::vector<Eigen::LLT<MatrixXd>> solved;
    for (const FrameEquations& e : frames_) {
      MatrixXd self = e.self;
      self.diagonal() += damping * e.self.diagonal() + VectorXd::Constant(e.self.rows(), 1e-9);
      solved.emplace_back(self);
      if (e.points.empty()) continue;
      if (solved.back().info() != Eigen::Success) return false;
      reduced -= e.shared.transpose() * solved.back().solve(e.shared);
      right += e.shared.transpose() * solved.back().solve(e.gradient);
    }
    // The first camera's place, which nothing moves, and the size, which nothing tells.
    reduced.diagonal().head<6>().array() += 1e9;
    const Eigen::LDLT<MatrixXd> factored(reduced);
    const VectorXd step = factored.solve(right);
    if (!step.allFinite()) return false;
    for (std::size_t i = 0; i < frames_.size(); ++i) {
      const FrameEquations& e = frames_[i];
      if (e.points.empty()) continue;
      const VectorXd points = solved[i].solve(-e.gradient - e.shared * step);
      for (std::size_t k = 0; k < e.points.size(); ++k)
        *p_.points[i][e.points[k]] += points.segment<3>(static_cast<Eigen::Index>(3 * k));
    }
    for (std::size_t v = 0; v < p_.views.size(); ++v) {
      const auto at = static_cast<Eigen::Index>(7 * v);
      p_.log_focal[v] += std::clamp(step[at + 6], -0.3, 0.3);
      if (v == 0) continue;
      const Vector3d turn = step.segment<3>(at);
      if (turn.norm() > 0)
        p_.views[v].rotation =
            Eigen::AngleAxisd(turn.norm(), turn.normalized()).toRotationMatrix() * p_.views[v].rotation;
      p_.views[v].translation_m += step.segment<3>(at + 3);
    }
    for (std::size_t s = 0; s < kSegments.size(); ++s)
      log_lengths_[s] += step[static_cast<Eigen::Index>(lengths_at_ + s)];
    return true;
  }

  [[nodiscard]] double mean_error() const {
    double squares = 0;
    double count = 0;
    for_each_ray([&](const Vector2d& off_slope) {
      squares += off_slope.squaredNorm();
      ++count;
    });
    return count > 0 ? std::sqrt(squares / count) : 0;
  }

  BundleProblem& p_;
  std::size_t lengths_at_;
  std::size_t unknowns_;
  std::size_t count_ = 0;
  std::array<double, kSegments.size()> log_lengths_ = {};
  MatrixXd shared_;
  VectorXd gradient_;
  std::vector<FrameEquations> frames_;
};

}  // namespace

bool adjust(BundleProblem& problem) {
  return Adjusting(problem).run();
}

}  // namespace reprise::engine

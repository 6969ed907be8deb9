// SPDX-License-Identifier: Apache-2.0
#include "engine/cameras/board_adjust.h"

#include <Eigen/Cholesky>
#include <Eigen/Geometry>
#include <array>
#include <cmath>
#include <cstdlib>

namespace reprise::engine {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::Vector2d;
using Eigen::Vector3d;
using Eigen::VectorXd;

constexpr Index kLens = 8;     // fx, fy, cx, cy, k1, k2, p1, p2
constexpr Index kCamera = 14;  // lens and place
constexpr Index kPose = 6;
constexpr std::array<double, 14> kStep = {1e-2, 1e-2, 1e-2, 1e-2, 1e-6, 1e-6, 1e-6,
                                          1e-6, 1e-6, 1e-6, 1e-6, 1e-6, 1e-6, 1e-6};

template <class Pose>
void turn_and_move(Pose& pose, Index k, double by) {
  if (k >= 3) {
    pose.translation_m[k - 3] += by;
    return;
  }
  const Eigen::Matrix3d turn = Eigen::AngleAxisd(by, Vector3d::Unit(k)).toRotationMatrix();
  pose.rotation = turn * pose.rotation;
}

void change(CameraModel& camera, Index k, double by) {
  if (k >= kLens) return turn_and_move(camera, k - kLens, by);
  const std::array<double*, 4> lens = {&camera.focal_x_px, &camera.focal_y_px, &camera.center_x_px,
                                       &camera.center_y_px};
  if (k < 4)
    *lens[static_cast<std::size_t>(k)] += by;
  else
    camera.distortion.coefficients[static_cast<std::size_t>(k - 4)] += by;
}

template <class Pose>
void turn_and_move(Pose& pose, const Eigen::Matrix<double, 6, 1>& by) {
  const Vector3d turn = by.head<3>();
  if (turn.norm() > 0)
    pose.rotation = Eigen::AngleAxisd(turn.norm(), turn.normalized()).toRotationMatrix() * pose.rotation;
  pose.translation_m += by.tail<3>();
}

class AdjustingBoards {
 public:
  explicit AdjustingBoards(BoardProblem& problem)
      : p_(problem),
        boards_at_(kCamera * static_cast<Index>(problem.cameras.size())),
        unknowns_(boards_at_ + kPose * static_cast<Index>(problem.boards.size())) {}

  std::optional<BoardAdjustment> run() {
    double damping = 1e-3;
    auto cost = cost_of(p_);
    if (!cost || p_.seen_boards.empty()) return std::nullopt;
    for (int step = 0; step < 60; ++step) {
      linearize();
      double gain = 0;
      for (int attempt = 0; attempt < 8 && !(gain > 0); ++attempt) {
        BoardProblem moved = p_;
        const auto there = moved_by(moved, damping) ? cost_of(moved) : std::nullopt;
        gain = there ? *cost - *there : 0;
        if (gain > 0) {
          p_ = std::move(moved);
          cost = there;
        }
        damping = gain > 0 ? std::max(1e-12, damping * 0.2) : damping * 10;
      }
      if (!(gain > 1e-9 * *cost)) break;
    }
    return summary(*cost);
  }

 private:
  [[nodiscard]] Vector2d seen(const CameraModel& camera, const RigView& board, std::size_t i) const {
    const Vector2d at = p_.square_m * board_point(p_.size, i);
    return project(camera, board.in_camera({at.x(), at.y(), 0})).value_or(Vector2d{1e6, 1e6});
  }

  [[nodiscard]] static std::optional<double> cost_of(const BoardProblem& problem) {
    double cost = 0;
    for (const SeenBoard& seen_board : problem.seen_boards) {
      const auto error = reprise::engine::error_px(problem, seen_board);
      if (!error) return std::nullopt;
      cost += *error * *error * static_cast<double>(seen_board.corners_px.size());
    }
    return cost;
  }

  [[nodiscard]] bool is_free(std::size_t camera, Index k) const {
    if (camera == 0 && k >= kLens) return false;
    return p_.bent || k < 4 || k >= kLens;
  }

  void linearize() {
    normal_ = MatrixXd::Zero(unknowns_, unknowns_);
    gradient_ = VectorXd::Zero(unknowns_);
    for (const SeenBoard& seen_board : p_.seen_boards) add(seen_board);
    for (std::size_t v = 0; v < p_.cameras.size(); ++v)
      for (Index k = 0; k < kCamera; ++k)
        if (!is_free(v, k))
          normal_(kCamera * static_cast<Index>(v) + k, kCamera * static_cast<Index>(v) + k) = 1;
  }

  /// A seen board's slopes: by its camera, then by its board.
  void add(const SeenBoard& s) {
    const auto points = static_cast<Index>(s.corners_px.size());
    MatrixXd slopes = MatrixXd::Zero(2 * points, kCamera + kPose);
    VectorXd off(2 * points);
    const CameraModel& camera = p_.cameras[s.camera];
    const RigView& board = p_.boards[s.board];
    for (Index i = 0; i < points; ++i)
      off.segment<2>(2 * i) =
          seen(camera, board, static_cast<std::size_t>(i)) - s.corners_px[static_cast<std::size_t>(i)];
    for (Index k = 0; k < kCamera + kPose; ++k) {
      if (k < kCamera && !is_free(s.camera, k)) continue;
      const double step = k < kCamera ? kStep[static_cast<std::size_t>(k)] : 1e-6;
      for (const double sign : {1.0, -1.0}) {
        CameraModel camera_there = camera;
        RigView board_there = board;
        if (k < kCamera)
          change(camera_there, k, sign * step);
        else
          turn_and_move(board_there, k - kCamera, sign * step);
        for (Index i = 0; i < points; ++i)
          slopes.block<2, 1>(2 * i, k) +=
              sign / (2 * step) * seen(camera_there, board_there, static_cast<std::size_t>(i));
      }
    }
    const Index at_camera = kCamera * static_cast<Index>(s.camera);
    const Index at_board = boards_at_ + kPose * static_cast<Index>(s.board);
    const MatrixXd product = slopes.transpose() * slopes;
    const VectorXd pull = slopes.transpose() * off;
    normal_.block(at_camera, at_camera, kCamera, kCamera) += product.topLeftCorner(kCamera, kCamera);
    normal_.block(at_board, at_board, kPose, kPose) += product.bottomRightCorner(kPose, kPose);
    normal_.block(at_camera, at_board, kCamera, kPose) += product.topRightCorner(kCamera, kPose);
    normal_.block(at_board, at_camera, kPose, kCamera) += product.bottomLeftCorner(kPose, kCamera);
    gradient_.segment(at_camera, kCamera) += pull.head(kCamera);
    gradient_.segment(at_board, kPose) += pull.tail(kPose);
  }

  [[nodiscard]] bool moved_by(BoardProblem& to, double damping) const {
    MatrixXd damped = normal_;
    damped.diagonal() *= 1 + damping;
    const Eigen::LDLT<MatrixXd> solver(damped);
    if (solver.info() != Eigen::Success) return false;
    const VectorXd by = -solver.solve(gradient_);
    if (!by.allFinite()) return false;
    for (std::size_t v = 0; v < to.cameras.size(); ++v) {
      const Index at = kCamera * static_cast<Index>(v);
      for (Index k = 0; k < kLens; ++k)
        if (is_free(v, k)) change(to.cameras[v], k, by[at + k]);
      if (v > 0) turn_and_move(to.cameras[v], by.segment<6>(at + kLens));
      if (!(to.cameras[v].focal_x_px > 1 && to.cameras[v].focal_y_px > 1)) return false;
    }
    for (std::size_t b = 0; b < to.boards.size(); ++b)
      turn_and_move(to.boards[b], by.segment<6>(boards_at_ + kPose * static_cast<Index>(b)));
    return true;
  }

  [[nodiscard]] std::optional<BoardAdjustment> summary(double cost) {
    linearize();
    std::size_t points = 0;
    for (const SeenBoard& s : p_.seen_boards) points += s.corners_px.size();
    const double spare = 2.0 * static_cast<double>(points) - static_cast<double>(unknowns_);
    const Eigen::LDLT<MatrixXd> solver(normal_);
    if (!(spare > 0) || solver.info() != Eigen::Success) return std::nullopt;
    BoardAdjustment out;
    out.error_px = std::sqrt(cost / static_cast<double>(points));
    for (std::size_t v = 0; v < p_.cameras.size(); ++v) {
      VectorXd mean_focal = VectorXd::Zero(unknowns_);
      mean_focal.segment<2>(kCamera * static_cast<Index>(v)).setConstant(0.5);
      const double variance = mean_focal.dot(solver.solve(mean_focal)) * cost / spare;
      if (!(variance >= 0)) return std::nullopt;
      out.focal_deviation_px.push_back(std::sqrt(variance));
    }
    return out;
  }

  BoardProblem& p_;
  Index boards_at_;
  Index unknowns_;
  MatrixXd normal_;
  VectorXd gradient_;
};

}  // namespace

std::optional<double> error_px(const BoardProblem& problem, const SeenBoard& seen_board) {
  double squares = 0;
  for (std::size_t i = 0; i < seen_board.corners_px.size(); ++i) {
    const Vector2d at = problem.square_m * board_point(problem.size, i);
    const auto pixel = project(problem.cameras[seen_board.camera],
                               problem.boards[seen_board.board].in_camera({at.x(), at.y(), 0}));
    if (!pixel) return std::nullopt;
    squares += (*pixel - seen_board.corners_px[i]).squaredNorm();
  }
  return std::sqrt(squares / static_cast<double>(seen_board.corners_px.size()));
}

std::optional<BoardAdjustment> adjust(BoardProblem& problem) {
  return AdjustingBoards{problem}.run();
}

}  // namespace reprise::engine

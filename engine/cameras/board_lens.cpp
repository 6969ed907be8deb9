// SPDX-License-Identifier: Apache-2.0
#include "engine/cameras/board_lens.h"

#include <Eigen/Geometry>
#include <Eigen/LU>
#include <Eigen/SVD>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>

#include "engine/cameras/board_adjust.h"

namespace reprise::engine {
namespace {

using Eigen::Matrix3d;
using Eigen::Vector2d;
using Eigen::Vector3d;

// Unsourced defaults.
constexpr double kLeastTilt = 0.26;      // radians, 15 degrees
constexpr std::size_t kLeastTilted = 3;  // pictures
constexpr std::size_t kLeastParts = 5;   // of the nine of a picture
constexpr double kMostDeviation = 0.03;  // of a focal length, as a share of it
constexpr double kUsualFocal = 0.8;      // of the longer side
constexpr double kHalvingSpeed = 0.05;   // of the longer side a second, at which a picture counts half

tl::unexpected<Error> no_lens(std::size_t number, const std::string& cause, std::string remedy) {
  return fail(ErrorCode::nothing_measured, "calibrating by the board",
              "camera " + std::to_string(number) + ": " + cause, std::move(remedy));
}

double longer_side(const CameraModel& camera) {
  return std::max(camera.width_px, camera.height_px);
}

std::vector<Vector2d> plane_of(const BoardSize& size, double square_m) {
  std::vector<Vector2d> out;
  for (std::size_t i = 0; i < size.corners(); ++i) out.push_back(square_m * board_point(size, i));
  return out;
}

std::string text_of(const BoardSize& size) {
  return std::to_string(size.columns) + "x" + std::to_string(size.rows);
}

CameraModel lens_with(CameraModel camera, double focal_px) {
  camera.focal_x_px = camera.focal_y_px = focal_px;
  camera.center_x_px = 0.5 * camera.width_px;
  camera.center_y_px = 0.5 * camera.height_px;
  camera.distortion = {};
  camera.rotation.setIdentity();
  camera.translation_m.setZero();
  return camera;
}

/// The focal length for which the board's axes are square to each other and alike in length. nullopt: the
/// boards hardly show perspective.
std::optional<double> first_focal(const CameraModel& camera, const BoardSize& size,
                                  const std::vector<TimedBoard>& chosen) {
  const double unit = longer_side(camera);
  double products = 0;
  double squares = 0;
  for (const TimedBoard& board : chosen) {
    std::vector<Vector2d> picture;
    for (const Vector2d& p : board.corners_px)
      picture.emplace_back((p - 0.5 * Vector2d(camera.width_px, camera.height_px)) / unit);
    const auto matrix = homography(plane_of(size, 1), picture);
    if (!matrix) continue;
    const double scale = 0.5 * (matrix->col(0).norm() + matrix->col(1).norm());
    const Vector3d a = matrix->col(0) / scale;
    const Vector3d b = matrix->col(1) / scale;
    // slope + offset * focal^2 = 0
    for (const auto& [slope, offset] :
         {std::pair{a.head<2>().dot(b.head<2>()), a.z() * b.z()},
          std::pair{a.head<2>().squaredNorm() - b.head<2>().squaredNorm(), a.z() * a.z() - b.z() * b.z()}}) {
      products -= slope * offset;
      squares += offset * offset;
    }
  }
  if (!(squares > 0) || !(products > 0)) return std::nullopt;
  const double focal = unit * std::sqrt(products / squares);
  return focal > 0.3 * unit && focal < 5 * unit ? std::optional{focal} : std::nullopt;
}

/// The board's turn out of the plane square to the camera's axis, radians.
double tilt_of(const RigView& pose) {
  return std::acos(std::clamp(std::abs(pose.rotation(2, 2)), 0.0, 1.0));
}

std::size_t parts_seen(const CameraModel& camera, const std::vector<TimedBoard>& chosen) {
  std::array<bool, 9> seen = {};
  for (const TimedBoard& board : chosen) {
    for (const Vector2d& p : board.corners_px) {
      const int column = std::clamp(static_cast<int>(3 * p.x() / camera.width_px), 0, 2);
      const int row = std::clamp(static_cast<int>(3 * p.y() / camera.height_px), 0, 2);
      seen[static_cast<std::size_t>(3 * row + column)] = true;
    }
  }
  return static_cast<std::size_t>(std::count(seen.begin(), seen.end(), true));
}

Result<void> check_seen(const BoardTrack& track, const BoardSize& size, std::size_t number) {
  // A board that is partly outside of the picture looks like a smaller one now and then.
  const bool few = track.boards.size() < kLeastBoardPictures;
  if (few && track.other && track.of_other > track.boards.size()) {
    return no_lens(number,
                   "a board of " + text_of(*track.other) + " inner corners is seen, not " + text_of(size),
                   "give its size by --board, counted where four squares meet");
  }
  if (track.boards.empty()) {
    return no_lens(number,
                   "a board of " + text_of(size) + " inner corners is in none of " +
                       std::to_string(track.pictures) + " pictures",
                   "keep the entire board with its white margin in the picture, well lit, near enough that a "
                   "square is 10 pixels wide; check --board");
  }
  return {};
}

Result<void> check_chosen(const BoardTrack& track, const BoardSize& size, double square_m, std::size_t number,
                          const std::vector<TimedBoard>& chosen) {
  if (chosen.size() < kLeastBoardPictures) {
    return no_lens(number,
                   "the board is seen in " + std::to_string(chosen.size()) + " pictures; at least " +
                       std::to_string(kLeastBoardPictures),
                   "film it for 30 seconds or more, moved slowly");
  }
  const std::size_t parts = parts_seen(track.camera, chosen);
  if (parts < kLeastParts) {
    return no_lens(number,
                   "the board is in " + std::to_string(parts) + " of 9 parts of the picture; at least " +
                       std::to_string(kLeastParts),
                   "move the board to the left, right, top and bottom of the picture, or nearer");
  }
  const CameraModel usual = lens_with(track.camera, kUsualFocal * longer_side(track.camera));
  const auto tilted = std::count_if(chosen.begin(), chosen.end(), [&](const TimedBoard& s) {
    const auto pose = pose_of_board(usual, size, square_m, s.corners_px);
    return pose && tilt_of(*pose) > kLeastTilt;
  });
  if (static_cast<std::size_t>(tilted) < kLeastTilted) {
    return no_lens(number, "the board is only ever seen flat-on, which does not tell the focal length",
                   "tilt it by 20 to 45 degrees, to the left, right, up and down");
  }
  return {};
}

struct SolvedLens {
  BoardProblem problem;
  BoardAdjustment found;
};

/// nullopt: from this focal length no lens is found.
std::optional<SolvedLens> solved_from(const CameraModel& lens, const BoardSize& size, double square_m,
                                      const std::vector<TimedBoard>& chosen, bool bent) {
  SolvedLens out;
  out.problem.size = size;
  out.problem.square_m = square_m;
  out.problem.cameras = {lens};
  out.problem.bent = bent;
  for (const TimedBoard& board : chosen) {
    const auto pose = pose_of_board(lens, size, square_m, board.corners_px);
    if (!pose) continue;
    out.problem.seen_boards.push_back({0, out.problem.boards.size(), board.corners_px});
    out.problem.boards.push_back(*pose);
  }
  if (out.problem.boards.size() < kLeastBoardPictures) return std::nullopt;
  const auto found = adjust(out.problem);
  if (!found) return std::nullopt;
  out.found = *found;
  return out;
}

/// Of the focal lengths to begin with, the one that ends nearest to the corners.
std::optional<SolvedLens> solved(const BoardTrack& track, const BoardSize& size, double square_m,
                                 const std::vector<TimedBoard>& chosen) {
  const double usual = kUsualFocal * longer_side(track.camera);
  std::optional<SolvedLens> straight;
  for (const double focal : {first_focal(track.camera, size, chosen).value_or(usual), usual}) {
    auto one = solved_from(lens_with(track.camera, focal), size, square_m, chosen, false);
    if (one && (!straight || one->found.error_px < straight->found.error_px)) straight = std::move(one);
  }
  if (!straight) return std::nullopt;
  return solved_from(straight->problem.cameras.front(), size, square_m, chosen, true);
}

}  // namespace

double most_board_error_px(const CameraModel& camera) {
  return std::max(1.0, 0.0015 * longer_side(camera));
}

std::optional<RigView> pose_of_board(const CameraModel& lens, const BoardSize& size, double square_m,
                                     const std::vector<Vector2d>& corners_px) {
  std::vector<Vector2d> slopes;
  for (const Vector2d& p : corners_px) {
    const auto slope = slope_of(lens, p);
    if (!slope) return std::nullopt;
    slopes.push_back(*slope);
  }
  const auto matrix = homography(plane_of(size, square_m), slopes);
  if (!matrix) return std::nullopt;
  const double scale = 2 / (matrix->col(0).norm() + matrix->col(1).norm()) * ((*matrix)(2, 2) > 0 ? 1 : -1);
  Matrix3d axes;
  axes << scale * matrix->col(0), scale * matrix->col(1),
      (scale * matrix->col(0)).cross(scale * matrix->col(1));
  const Eigen::JacobiSVD<Matrix3d> svd(axes, Eigen::ComputeFullU | Eigen::ComputeFullV);
  RigView pose;
  pose.rotation = svd.matrixU() * svd.matrixV().transpose();
  pose.translation_m = scale * matrix->col(2);
  if (!(pose.rotation.determinant() > 0) || !pose.translation_m.allFinite()) return std::nullopt;
  return pose;
}

Eigen::VectorXd description_of(const CameraModel& camera, const BoardSize& size,
                               const std::vector<Vector2d>& corners_px) {
  const auto columns = static_cast<std::size_t>(size.columns);
  const std::size_t last = size.corners() - 1;
  Eigen::VectorXd out(8);
  out << corners_px[0], corners_px[columns - 1], corners_px[last - columns + 1], corners_px[last];
  return out / longer_side(camera);
}

std::vector<double> slowness_of(const BoardTrack& track) {
  std::vector<double> out;
  const auto& all = track.boards;
  for (std::size_t i = 0; i < all.size(); ++i) {
    double speed = 0;
    for (const std::size_t k : {i == 0 ? i : i - 1, std::min(i + 1, all.size() - 1)}) {
      const double apart_s = std::abs((all[k].time - all[i].time).value());
      if (k == i || apart_s > 0.5) continue;
      double way = 0;
      for (std::size_t c = 0; c < all[i].corners_px.size(); ++c)
        way = std::max(way, (all[k].corners_px[c] - all[i].corners_px[c]).norm());
      speed = std::max(speed, way / std::max(apart_s, 1e-3));
    }
    out.push_back(1 / (1 + speed / (kHalvingSpeed * longer_side(track.camera))));
  }
  return out;
}

std::vector<std::size_t> most_different(const std::vector<Eigen::VectorXd>& descriptions,
                                        std::span<const double> slowness, std::size_t most) {
  std::vector<std::size_t> out;
  if (descriptions.empty()) return out;
  std::vector<double> nearest(descriptions.size(), std::numeric_limits<double>::max());
  auto next = static_cast<std::size_t>(std::max_element(slowness.begin(), slowness.end()) - slowness.begin());
  while (out.size() < most) {
    out.push_back(next);
    double best = 0;
    for (std::size_t i = 0; i < descriptions.size(); ++i) {
      nearest[i] = std::min(nearest[i], (descriptions[i] - descriptions[out.back()]).norm());
      if (nearest[i] * slowness[i] <= best) continue;
      best = nearest[i] * slowness[i];
      next = i;
    }
    if (!(best > 1e-4)) break;
  }
  std::sort(out.begin(), out.end());
  return out;
}

Result<BoardLens> lens_from_board(const BoardTrack& track, const BoardSize& size, double square_m,
                                  std::size_t number, std::size_t most) {
  if (auto ok = check_seen(track, size, number); !ok) return tl::unexpected(ok.error());
  std::vector<Eigen::VectorXd> descriptions;
  for (const TimedBoard& s : track.boards)
    descriptions.push_back(description_of(track.camera, size, s.corners_px));
  BoardLens out;
  for (const std::size_t i : most_different(descriptions, slowness_of(track), most))
    out.chosen.push_back(track.boards[i]);
  if (auto ok = check_chosen(track, size, square_m, number, out.chosen); !ok)
    return tl::unexpected(ok.error());
  const double most_error = most_board_error_px(track.camera);
  auto lens = solved(track, size, square_m, out.chosen);
  if (lens && lens->problem.boards.size() == out.chosen.size()) {
    // A few pictures may show a board that was blurred or taken for another.
    const double far = std::max(0.5 * most_error, 2 * lens->found.error_px);
    std::vector<TimedBoard> near;
    for (std::size_t i = 0; i < out.chosen.size(); ++i)
      if (error_px(lens->problem, lens->problem.seen_boards[i]).value_or(1e9) <= far)
        near.push_back(out.chosen[i]);
    if (near.size() < out.chosen.size() && near.size() >= kLeastBoardPictures) {
      out.chosen = std::move(near);
      lens = solved(track, size, square_m, out.chosen);
    }
  }
  if (!lens || !(lens->found.error_px <= most_error)) {
    const std::string by = lens ? std::to_string(std::lround(lens->found.error_px)) + " pixels" : "too far";
    return no_lens(number, "the corners lie " + by + " from where a flat board would show them",
                   "glue the board on something flat, hold it still now and then, and switch zoom, focus and "
                   "stabilization of the camera to fixed");
  }
  out.camera = lens->problem.cameras.front();
  out.error_px = lens->found.error_px;
  if (!(lens->found.focal_deviation_px.front() <= kMostDeviation * out.camera.focal_px())) {
    return no_lens(number, "the focal length stays uncertain by more than 3 %",
                   "tilt the board more, by 20 to 45 degrees to all sides, and bring it nearer");
  }
  return out;
}

}  // namespace reprise::engine

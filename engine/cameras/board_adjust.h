// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "engine/cameras/board_finder.h"
#include "engine/cameras/camera_model.h"
#include "engine/inverse_kinematics/rig_rays.h"

namespace reprise::engine {

/// A board as one camera saw it at one moment.
struct SeenBoard {
  std::size_t camera = 0;
  std::size_t board = 0;  ///< index of the board's pose
  std::vector<Eigen::Vector2d> corners_px;
};

/// Cameras and the poses of one board at several moments, found together. The first camera stays where it is.
struct BoardProblem {
  BoardSize size;
  double square_m = 0.025;
  std::vector<CameraModel> cameras;  ///< a first guess, then the result
  std::vector<RigView> boards;       ///< from the board to the room; likewise
  std::vector<SeenBoard> seen_boards;
  bool bent = true;  ///< also distortion (k1, k2, p1, p2); else it stays as it is
};

struct BoardAdjustment {
  double error_px = 0;  ///< root mean square distance of the corners from where they should be
  std::vector<double> focal_deviation_px;  ///< standard deviation of each camera's focal length
};

/// Levenberg-Marquardt over lenses, places of cameras and poses of boards, with slopes by differences. The
/// deviations are those of the normal equations with errors as large as the corners' own, taken to be
/// independent of each other. nullopt: equations that cannot be solved.
[[nodiscard]] std::optional<BoardAdjustment> adjust(BoardProblem& problem);

/// Root mean square distance of a seen board's corners from where they should be; nullopt: behind the lens.
[[nodiscard]] std::optional<double> error_px(const BoardProblem& problem, const SeenBoard& seen_board);

}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/cameras/board_finder.h"
#include "engine/cameras/camera_model.h"
#include "engine/inverse_kinematics/rig_rays.h"

namespace reprise::engine {

/// A board's corners at a time of the camera's own clock.
struct TimedBoard {
  Seconds time{0};
  std::vector<Eigen::Vector2d> corners_px;
};

/// What one camera saw of a board. `camera`: its name and the size of its pictures are known, the rest not.
struct BoardTrack {
  CameraModel camera;
  std::vector<TimedBoard> boards;       ///< by rising time
  std::optional<Hertz> rate = {};       ///< of the video's pictures, as far as it is known
  std::size_t pictures = 0;             ///< searched
  std::optional<BoardSize> other = {};  ///< the largest board of another size that was seen
  std::size_t of_other = 0;             ///< pictures that show one of another size
};

/// A camera's lens, found from the board alone; the camera itself stands at the origin.
struct BoardLens {
  CameraModel camera;
  std::vector<TimedBoard> chosen;
  double error_px = 0;
};

inline constexpr std::size_t kLeastBoardPictures = 8;

/// Finds a lens from at most `most` pictures, spread by where the board is, how large and how tilted; those
/// in which it moves slowly are preferred. First one focal length from the pictures' homographies, with the
/// center in the middle; then `adjust`, first without distortion. `number`: the camera's, for errors:
/// nothing_measured (never seen, another board's size, too few pictures, too few parts of the picture, never
/// tilted, corners too far from where they should be).
[[nodiscard]] Result<BoardLens> lens_from_board(const BoardTrack& track, const BoardSize& size,
                                                double square_m, std::size_t number, std::size_t most);

/// The board's pose in the axes of a camera whose lens is known; nullopt: corners that no board shows.
[[nodiscard]] std::optional<RigView> pose_of_board(const CameraModel& lens, const BoardSize& size,
                                                   double square_m,
                                                   const std::vector<Eigen::Vector2d>& corners_px);

/// Indices of at most `most` boards that differ most from each other, in rising order. `descriptions`: one
/// a board, all of one length. `slowness`: 0 to 1, counts as a factor.
[[nodiscard]] std::vector<std::size_t> most_different(const std::vector<Eigen::VectorXd>& descriptions,
                                                      std::span<const double> slowness, std::size_t most);

/// Where the board's outer corners are, in parts of the picture's longer side.
[[nodiscard]] Eigen::VectorXd description_of(const CameraModel& camera, const BoardSize& size,
                                             const std::vector<Eigen::Vector2d>& corners_px);

/// Of each board 1 where the board stands still, less the faster its picture moves.
[[nodiscard]] std::vector<double> slowness_of(const BoardTrack& track);

/// The largest error of corners that counts as a calibration, pixels. Unsourced default
[[nodiscard]] double most_board_error_px(const CameraModel& camera);

}  // namespace reprise::engine

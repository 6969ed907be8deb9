// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "engine/cameras/board_lens.h"

namespace reprise::engine {

/// Cameras that were found by a board that was moved before them.
struct BoardCalibration {
  std::vector<CameraModel> cameras;
  std::vector<Seconds> lags;               ///< of each camera beyond the first's clock
  std::vector<std::size_t> pictures;       ///< of each camera that were used
  std::vector<double> focal_deviation_px;  ///< of each camera, standard deviation
  std::size_t common = 0;                  ///< moments at which two or more cameras saw the board
  double error_px = 0;                     ///< root mean square distance of corners from where they should be
};

/// Finds lenses and places of two or more cameras: each lens alone (`lens_from_board`), the lag and the
/// place of each camera by the board's way before it and one that is placed already, then all together
/// (`adjust`) with about forty pictures of each. The first camera stands level, which gives the vertical; the
/// room's origin is its lens, its y ahead. `lags`: known, of each camera beyond the first's clock; empty:
/// found. Errors: those of `lens_from_board`; nothing_measured (never seen by two cameras at once, moved
/// unlike, corners too far from where they should be, two cameras at one place).
[[nodiscard]] Result<BoardCalibration> calibrate_by_board(std::span<const BoardTrack> tracks,
                                                          const BoardSize& size, double square_m,
                                                          std::span<const Seconds> lags = {});

}  // namespace reprise::engine

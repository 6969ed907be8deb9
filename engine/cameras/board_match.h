// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <optional>
#include <vector>

#include "base/units.h"
#include "engine/cameras/board_lens.h"
#include "engine/inverse_kinematics/rig_rays.h"

namespace reprise::engine {

/// Three outer corners of a board in a camera's axes, meters, as columns.
struct PlacedBoard {
  Seconds time{0};
  Eigen::Matrix3d corners_m;
};

/// A board's way before a camera whose lens is known.
[[nodiscard]] std::vector<PlacedBoard> way_of_board(const BoardTrack& track, const CameraModel& lens,
                                                    const BoardSize& size, double square_m);

/// How one camera stands to another by the ways of the board that both saw.
struct BoardMatch {
  RigView pose;        ///< from the first camera's axes to the second's
  double gap_m = 0;    ///< root mean square distance of the board's places
  double moved_m = 0;  ///< root mean square distance of the board from its mean place
};

/// At a lag of the second's clock beyond the first's. nullopt: fewer than ten common moments of those looked
/// at, or a board that hardly moved.
[[nodiscard]] std::optional<BoardMatch> match_at(const std::vector<PlacedBoard>& first,
                                                 const std::vector<PlacedBoard>& second, Seconds lag);

/// The lag at which the board moved alike before both: every lag is tried, then the best ones more finely.
/// nullopt: at none.
[[nodiscard]] std::optional<Seconds> lag_by_board(const std::vector<PlacedBoard>& first,
                                                  const std::vector<PlacedBoard>& second);

/// Whether the board moved alike: the gap is small against its way, and in itself.
[[nodiscard]] bool moved_alike(const BoardMatch& match);

/// What a camera shows at a time of its own clock, between its pictures; nullopt: no pictures near.
[[nodiscard]] std::optional<std::vector<Eigen::Vector2d>> corners_at(const BoardTrack& track, Seconds time);

}  // namespace reprise::engine

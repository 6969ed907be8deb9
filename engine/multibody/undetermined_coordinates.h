// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

#include "engine/multibody/multibody_kinematics.h"

namespace reprise::engine {

/// Slopes by all coordinates as slopes by the `free` ones: a coupled coordinate moves with the one that it
/// follows, whose column of `slopes` is changed. Precondition: a column for each coordinate.
[[nodiscard]] Eigen::MatrixXd free_slopes(const MultibodyModel& model, std::span<const double> q,
                                          std::span<const std::size_t> free, Eigen::MatrixXd& slopes);

/// What a pose is solved from.
struct Determining {
  std::vector<std::size_t> markers;      ///< of MultibodyModel::markers
  std::vector<std::size_t> coordinates;  ///< whose values are given
};

/// The `free` coordinates that can change without moving a marker, a given coordinate, or coupled points:
/// those with a part in a direction that the sum of squares does not grow in. In rising order, as `free`.
/// Places the bodies at `q`.
[[nodiscard]] std::vector<std::size_t> undetermined_coordinates(MultibodyKinematics& kinematics,
                                                                std::span<const double> q,
                                                                std::span<const std::size_t> free,
                                                                const Determining& by);

}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

#include "engine/repetitions/count_repetitions.h"

namespace reprise::engine {

struct MovementSignals {
  std::vector<Eigen::VectorXd> signals;  ///< one value a frame each
  Eigen::MatrixXd posture;               ///< a row a frame: principal components of the whole posture
};

/// Fills lost frames, takes out single wrong ones, scales each frame to the extent of its points, and forms
/// the signals that repetitions are looked for in. Empty where fewer than eight frames show a person,
/// and where the person keeps still.
[[nodiscard]] std::optional<MovementSignals> movement_signals(std::span<const PointFrame> frames,
                                                              double smoothing_frames);

}  // namespace reprise::engine

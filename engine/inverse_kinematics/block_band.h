// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <optional>
#include <vector>

#include "engine/inverse_kinematics/trajectory_unknowns.h"

namespace reprise::engine {

inline constexpr auto kFrameSize = static_cast<int>(kFrameUnknowns);
inline constexpr auto kSharedSize = static_cast<int>(kSharedUnknowns);

/// One frame's rows of the normal equations of a movement: symmetric, so only what lies on and above the
/// diagonal. A frame meets the next two (accelerations) and the shared unknowns.
struct BandRow {
  Eigen::Matrix<double, kFrameSize, kFrameSize> self;
  Eigen::Matrix<double, kFrameSize, kFrameSize> next;
  Eigen::Matrix<double, kFrameSize, kFrameSize> second;
  Eigen::Matrix<double, kFrameSize, kSharedSize> shared;
  FrameVector gradient;
};

/// Normal equations: block band with a border. A sum of squares grows with the number of frames, and so does
/// the work of solving them.
struct BandEquations {
  std::vector<BandRow> rows;
  Eigen::Matrix<double, kSharedSize, kSharedSize> shared;
  SharedVector shared_gradient;

  explicit BandEquations(std::size_t frames);
};

struct BandStep {
  std::vector<FrameVector> frames;
  SharedVector shared;
};

/// Solves (H + damping·diagonal(H)) step = -gradient by a block Cholesky factorization and the Schur
/// complement of the shared unknowns. Without `with_shared` these stay where they are. Empty where the matrix
/// is not positive definite.
[[nodiscard]] std::optional<BandStep> solve_band(const BandEquations& equations, double damping,
                                                 bool with_shared);

/// Covariance of one frame's unknowns, whatever all others are.
using FrameCovariance = Eigen::Matrix<float, kFrameSize, kFrameSize>;

/// The diagonal blocks of the inverse of H, one a frame: the posterior covariance at the minimum of a sum of
/// squares whose residuals are in units of their deviations. Selected inversion from the last frame
/// backwards, and what the shared unknowns leave open; linear in the number of frames. Empty where the matrix
/// is not positive definite.
[[nodiscard]] std::vector<FrameCovariance> frame_covariances(const BandEquations& equations);

}  // namespace reprise::engine

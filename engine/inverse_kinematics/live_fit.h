// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "engine/inverse_kinematics/solve_frame.h"
#include "engine/pose/landmarks.h"

namespace reprise::engine {

struct LiveFitOptions {
  std::size_t measure_after = 30;   ///< frames with a person before the segments are measured
  std::size_t measure_again = 150;  ///< frames before they are measured once more
  FrameFitOptions frame = {.max_steps = 2};
};

/// Fits the body model for live display: causal, a few frames of memory, a fraction of a millisecond a frame.
/// It only steadies the drawing. Counts and judgments do not use it: the coach has its own smoothing, and the
/// record keeps the result of `fit_body`.
class LiveFit {
 public:
  explicit LiveFit(LiveFitOptions options = {}) : options_(options) {}

  /// Returns the pose with the body model's positions in meters (origin: its mid-hips). Unchanged until the
  /// segments are known, and if they cannot be measured. Empty if no person is seen.
  [[nodiscard]] std::optional<Pose> step(const PoseFrame& frame);

  /// Empty until enough frames are seen.
  [[nodiscard]] const std::optional<BodyShape>& shape() const { return shape_; }

 private:
  void measure(const PoseFrame& frame);

  LiveFitOptions options_;
  std::vector<PoseFrame> kept_;
  std::size_t seen_ = 0;
  std::optional<BodyShape> shape_;
  std::optional<BodyState> before_;
};

}  // namespace reprise::engine

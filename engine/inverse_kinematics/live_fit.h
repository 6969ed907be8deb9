#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "engine/inverse_kinematics/solve_frame.h"
#include "engine/pose/landmarks.h"

namespace reprise {

struct LiveFitOptions {
  std::size_t measure_after = 30;   ///< frames with a person before the segments are measured
  std::size_t measure_again = 150;  ///< and once more after so many, with what was seen until then
  FrameFitOptions frame = {.max_steps = 2};
};

/// The body model for live display: causal, a few frames of memory, a fraction of a millisecond a frame. It
/// steadies what is drawn; counts and judgments do not come from it (the coach has its own smoothing, and
/// the record keeps what `fit_body` finds afterwards).
class LiveFit {
 public:
  explicit LiveFit(LiveFitOptions options = {}) : options_(options) {}

  /// The pose with its meters replaced by the body's (origin: its mid-hips). Unchanged until the segments are
  /// known, and where they cannot be measured. Empty where nobody is seen.
  [[nodiscard]] std::optional<Pose> step(const PoseFrame& frame);

  /// Empty until enough frames were seen.
  [[nodiscard]] const std::optional<BodyShape>& shape() const { return shape_; }

 private:
  void measure(const PoseFrame& frame);

  LiveFitOptions options_;
  std::vector<PoseFrame> kept_;
  std::size_t seen_ = 0;
  std::optional<BodyShape> shape_;
  std::optional<BodyState> before_;
};

}  // namespace reprise

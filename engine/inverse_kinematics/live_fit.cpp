// SPDX-License-Identifier: Apache-2.0
#include "engine/inverse_kinematics/live_fit.h"

#include "engine/inverse_kinematics/segment_lengths.h"

namespace reprise::engine {

void LiveFit::measure(const PoseFrame& frame) {
  if (seen_ > options_.measure_again) return;
  // All of the first frames, then every fifth, so that other postures take part without many being kept.
  constexpr std::size_t kEvery = 5;
  if (seen_ <= options_.measure_after || seen_ % kEvery == 0) kept_.push_back(frame);
  if (seen_ != options_.measure_after && seen_ != options_.measure_again) return;
  const auto measured = measure_segments(kept_, {.frames = options_.measure_after, .rounds = 1});
  if (measured) shape_ = measured->shape;
  if (seen_ == options_.measure_again) kept_ = {};
}

std::optional<Pose> LiveFit::step(const PoseFrame& frame) {
  if (!frame.pose) return std::nullopt;
  ++seen_;
  measure(frame);
  Pose pose = *frame.pose;
  if (!shape_) return pose;
  const FrameFit fit = fit_frame(*shape_, pose, before_, options_.frame);
  before_ = fit.state;
  BodyState centered = fit.state;
  centered.mid_hips = {};
  pose.world_m = landmarks_of(*shape_, centered);
  return pose;
}

}  // namespace reprise::engine

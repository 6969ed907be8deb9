// SPDX-License-Identifier: Apache-2.0
#include "engine/recognition/live_recognition.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace reprise::engine {
namespace {

constexpr Seconds kLeastApart{0.045};  // frames nearer than that to the one before add nothing

}  // namespace

LiveRecognition::LiveRecognition(const Recognizer& recognizer, std::string exercise,
                                 LiveRecognitionLimits limits)
    : recognizer_(recognizer), exercise_(std::move(exercise)), limits_(limits) {}

const LiveRecognitionState& LiveRecognition::step(const PoseFrame& frame) {
  state_.looked = false;
  if (!std::isfinite(frame.time.value())) return state_;
  if (!frames_.empty() && !(frame.time - frames_.back().time >= kLeastApart)) return state_;
  frames_.push_back(frame);
  while (frame.time - frames_.front().time > limits_.window) frames_.pop_front();
  if (!looked_at_) looked_at_ = frame.time;
  if (frame.time - *looked_at_ < limits_.every) return state_;
  looked_at_ = frame.time;
  Seconds seen{0};
  for (std::size_t i = 1; i < frames_.size(); ++i) {
    if (frames_[i].pose) seen = seen + (frames_[i].time - frames_[i - 1].time);
  }
  if (seen < limits_.enough) {
    others_in_a_row_ = 0;
    state_.other.reset();
    return state_;
  }
  const std::vector<PoseFrame> window(frames_.begin(), frames_.end());
  state_.looked = true;
  state_.recognition = recognizer_.recognize(window);
  state_.repetitions = state_.recognition.repetitions.size();
  const auto other = looks_like_other(state_.recognition, exercise_);
  others_in_a_row_ = other ? others_in_a_row_ + 1 : 0;
  state_.other = others_in_a_row_ >= limits_.looks_in_a_row ? other : std::nullopt;
  return state_;
}

}  // namespace reprise::engine

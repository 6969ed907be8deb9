// SPDX-License-Identifier: Apache-2.0
#include "engine/muscle/emg_feedback.h"

#include <algorithm>
#include <cmath>

namespace reprise::engine {
namespace {

constexpr const char* kFeedback = "EMG feedback";

}  // namespace

EmgFeedback::EmgFeedback(Hertz rate, const EmgFeedbackOptions& options, EmgFilter filter,
                         EnvelopeFollower follower)
    : options_(options),
      filter_(std::move(filter)),
      follower_(std::move(follower)),
      lost_after_(static_cast<int>(std::lround(0.2 * rate.value()))),
      settled_after_(static_cast<int>(std::lround(rate.value()))) {}

Result<EmgFeedback> EmgFeedback::create(Hertz rate, const EmgFeedbackOptions& options) {
  const bool usable = std::isfinite(options.reference) && options.reference > 0 && options.target_low >= 0 &&
                      options.target_high > options.target_low && std::isfinite(options.target_high) &&
                      options.hysteresis >= 0 &&
                      2 * options.hysteresis < options.target_high - options.target_low;
  if (!usable) {
    return fail(ErrorCode::invalid_argument, kFeedback,
                "the reference, the target or the hysteresis is out of range",
                "record a reference contraction, and prescribe a band wider than twice the hysteresis");
  }
  auto filter = EmgFilter::create(rate, options.filter);
  if (!filter) return tl::unexpected(filter.error());
  auto follower = EnvelopeFollower::create(rate, options.envelope_cutoff);
  if (!follower) return tl::unexpected(follower.error());
  return EmgFeedback(rate, options, std::move(*filter), std::move(*follower));
}

EmgFeedbackState EmgFeedback::step(std::optional<double> sample) {
  const bool measured = sample && std::isfinite(*sample);
  const bool unchanged = !measured || (last_sample_ && *sample == *last_sample_);
  unchanged_ = unchanged ? std::min(unchanged_ + 1, lost_after_) : 0;
  state_.signal_lost = unchanged_ >= lost_after_;
  if (!measured) return state_;
  last_sample_ = sample;
  state_.share = follower_.step(filter_.step(*sample)) / options_.reference;
  seen_ = std::min(seen_ + 1, settled_after_);
  state_.settled = seen_ >= settled_after_;
  update_target();
  return state_;
}

void EmgFeedback::update_target() {
  const double low = options_.target_low;
  const double high = options_.target_high;
  const double margin = options_.hysteresis;
  // An edge counts once the share has passed it by the margin, in the direction away from the present state.
  switch (state_.target) {
    case EmgTarget::below:
      if (state_.share >= low + margin) state_.target = EmgTarget::inside;
      break;
    case EmgTarget::inside:
      if (state_.share < low - margin) state_.target = EmgTarget::below;
      break;
    case EmgTarget::above:
      if (state_.share <= high - margin) state_.target = EmgTarget::inside;
      if (state_.share < low - margin) state_.target = EmgTarget::below;
      break;
  }
  if (state_.share > high + margin) state_.target = EmgTarget::above;
}

}  // namespace reprise::engine

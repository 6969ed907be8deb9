// SPDX-License-Identifier: Apache-2.0
#include "engine/muscle/live_muscle.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/muscle/emg_measures.h"

namespace reprise::engine {
namespace {

/// As EmgFeedback's: the reference must be of the same envelope that it is compared with.
constexpr Hertz kEnvelopeCutoff = EmgFeedbackOptions{}.envelope_cutoff;

}  // namespace

std::string_view name(MuscleStep step) {
  constexpr std::array<std::string_view, 3> kNames = {"relax", "contract", "tracking"};
  return kNames[static_cast<std::size_t>(step)];
}

std::string_view name(MuscleTrouble trouble) {
  constexpr std::array<std::string_view, 3> kNames = {"too_weak", "clipped", "no_signal"};
  return kNames[static_cast<std::size_t>(trouble)];
}

Result<LiveMuscle> LiveMuscle::create(Hertz rate, const LiveMuscleOptions& options) {
  auto filter = EmgFilter::create(rate);
  if (!filter) return tl::unexpected(filter.error());
  auto follower = EnvelopeFollower::create(rate, kEnvelopeCutoff);
  if (!follower) return tl::unexpected(follower.error());
  return LiveMuscle(rate, options, std::move(*filter), std::move(*follower));
}

LiveMuscle::LiveMuscle(Hertz rate, const LiveMuscleOptions& options, EmgFilter filter,
                       EnvelopeFollower follower)
    : rate_(rate), options_(options), filter_(std::move(filter)), follower_(std::move(follower)) {}

void LiveMuscle::calibrate() {
  feedback_.reset();
  seconds_ = 0;
  settled_s_ = 0;
  rest_sum_ = 0;
  rest_count_ = 0;
  begun_ = false;
  untold_ = 0;
  raw_.clear();
  envelope_.clear();
  state_ = {};
}

void LiveMuscle::fail_with(MuscleTrouble trouble) {
  calibrate();
  state_.trouble = trouble;
}

const LiveMuscleState& LiveMuscle::step(std::optional<double> sample) {
  if (feedback_) {
    const EmgFeedbackState now = feedback_->step(sample);
    state_.detached = now.signal_lost;
    state_.share.reset();
    if (now.settled && !now.signal_lost) state_.share = now.share;
    return state_;
  }
  if (sample && !std::isfinite(*sample) && state_.step == MuscleStep::contract) ++untold_;
  if (!sample || !std::isfinite(*sample)) return state_;
  const double envelope = follower_.step(filter_.step(*sample));
  settled_s_ += period(rate_).value();
  if (settled_s_ < options_.settle.value()) return state_;
  seconds_ += period(rate_).value();
  if (state_.step == MuscleStep::relax) {
    rest(*sample, envelope);
  } else {
    contract(*sample, envelope);
  }
  return state_;
}

void LiveMuscle::rest(double sample, double envelope) {
  raw_.push_back(sample);
  rest_sum_ += envelope;
  ++rest_count_;
  state_.done = std::min(1.0, seconds_ / options_.relax.value());
  if (seconds_ < options_.relax.value()) return;
  const auto quality = emg_quality(raw_, rate_);
  if (!quality || (quality->fault && *quality->fault != EmgFault::clipped))
    return fail_with(MuscleTrouble::no_signal);
  raw_.clear();
  seconds_ = 0;
  state_ = {};
  state_.step = MuscleStep::contract;
}

void LiveMuscle::contract(double sample, double envelope) {
  const double at_rest = rest_sum_ / static_cast<double>(rest_count_);
  if (!begun_ && envelope < options_.least_contrast * at_rest) {
    if (seconds_ > options_.patience.value()) fail_with(MuscleTrouble::too_weak);
    return;
  }
  if (!begun_) seconds_ = 0;
  begun_ = true;
  raw_.push_back(sample);
  envelope_.push_back(envelope);
  state_.done = std::min(1.0, seconds_ / options_.contract.value());
  if (seconds_ >= options_.contract.value()) finish();
}

void LiveMuscle::finish() {
  const double untold = static_cast<double>(untold_);
  if (untold > options_.most_untold * (untold + static_cast<double>(raw_.size())))
    return fail_with(MuscleTrouble::clipped);
  const auto quality = emg_quality(raw_, rate_);
  const auto reference = reference_amplitude(envelope_, rate_);
  if (!quality || !reference) return fail_with(MuscleTrouble::no_signal);
  if (quality->fault)
    return fail_with(*quality->fault == EmgFault::clipped ? MuscleTrouble::clipped
                                                          : MuscleTrouble::no_signal);
  EmgFeedbackOptions options;
  options.reference = *reference;
  auto feedback = EmgFeedback::create(rate_, options);
  if (!feedback) return fail_with(MuscleTrouble::no_signal);
  calibrate();
  feedback_ = std::make_unique<EmgFeedback>(std::move(*feedback));
  state_.step = MuscleStep::tracking;
}

}  // namespace reprise::engine

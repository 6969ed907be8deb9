// SPDX-License-Identifier: Apache-2.0
#include "engine/balance/load_walk.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace reprise::engine {
namespace {

constexpr const char* kLoadWalk = "following a load";
constexpr Seconds kSmoothing{0.1};       // of the forces in the check
constexpr double kUpright = 0.5;         // of body weight: who bears less sits
constexpr double kLeastZeroErrorN = 10;  // an insole in a shoe is not steadier. Unsourced default
constexpr double kLeastRateHz = 50;

}  // namespace

std::string_view name(LoadWalkStep step) {
  constexpr std::array<std::string_view, 3> kNames = {"lift", "stand", "tracking"};
  return kNames[static_cast<std::size_t>(step)];
}

std::string_view name(LoadWalkTrouble trouble) {
  constexpr std::array<std::string_view, 7> kNames = {"not_lifted", "too_light", "too_heavy", "no_shift",
                                                      "uneven",     "exchanged", "too_much"};
  return kNames[static_cast<std::size_t>(trouble)];
}

LoadWalk::LoadWalk(const LoadWalkOptions& options, LoadMonitor monitor)
    : options_(options),
      contact_n_(std::max(options.contact_share * options.body_weight_n, kUnloadedN)),
      zero_error_n_(
          std::max(options.zero_of_limit * options.limit_share * options.body_weight_n, kLeastZeroErrorN)),
      monitor_(monitor) {}

Result<LoadWalk> LoadWalk::create(const LoadWalkOptions& options) {
  auto monitor = LoadMonitor::create(
      {options.body_weight_n, options.limit_share, options.release_of_limit * options.limit_share});
  if (!monitor) return tl::unexpected(monitor.error());
  if (!(options.rate.value() >= kLeastRateHz)) {
    return fail(ErrorCode::unsupported, kLoadWalk,
                "the sensors send less than 50 samples a second, and miss the peak of a landing",
                "set them to 50 or more");
  }
  LoadWalk walk(options, *monitor);
  if (options.limit_share * options.body_weight_n < walk.contact_n_) {
    return fail(ErrorCode::unsupported, kLoadWalk, "the limit is below the force from which a step counts",
                "do not bear weight on this leg, or set a higher limit");
  }
  return walk;
}

std::size_t LoadWalk::samples_of(Seconds time) const {
  return static_cast<std::size_t>(std::ceil(time.value() * options_.rate.value()));
}

void LoadWalk::calibrate() {
  state_.step = LoadWalkStep::lift;
  state_.done = 0;
  state_.trouble.reset();
  state_.share.reset();
  state_.zero_off = false;
  for (Foot& one : feet_) {
    one.held = one.below = 0;
    one.smoothed = false;
  }
  standing_ = {};
  pause(paused_);
}

void LoadWalk::step(Side side, std::optional<double> force_n, bool beyond) {
  if (force_n && !std::isfinite(*force_n)) force_n.reset();
  Foot& one = foot(side);
  if (state_.step == LoadWalkStep::lift) {
    if (force_n) lift(one, *force_n);
    return;
  }
  if (force_n) {
    *force_n -= one.zero_n;
    const double weight = 1 - std::exp(-1 / (kSmoothing.value() * options_.rate.value()));
    one.smooth_n = one.smoothed ? one.smooth_n + weight * (*force_n - one.smooth_n) : *force_n;
    one.smoothed = true;
    if (side == options_.affected) state_.share = *force_n / options_.body_weight_n;
  }
  if (state_.step == LoadWalkStep::tracking) {
    track(side, force_n, beyond);
  } else if (side == options_.affected) {
    warn(force_n);
    if (feet_[0].smoothed && feet_[1].smoothed) stand();
  }
}

void LoadWalk::lift(Foot& one, double force_n) {
  const bool moved =
      one.held > 0 && std::max(one.most_n, force_n) - std::min(one.least_n, force_n) > options_.lifted_n;
  if (one.held == 0 || moved) {
    one.held = 0;
    one.sum_n = 0;
    one.least_n = one.most_n = force_n;
  }
  one.least_n = std::min(one.least_n, force_n);
  one.most_n = std::max(one.most_n, force_n);
  one.sum_n += force_n;
  ++one.held;
  const auto least = std::min(feet_[0].held, feet_[1].held);
  const std::size_t wanted = samples_of(options_.lifted_for);
  state_.done = std::min(1.0, static_cast<double>(least) / static_cast<double>(wanted));
  if (least >= wanted) end_lift();
}

void LoadWalk::end_lift() {
  bool lifted = true;
  for (Foot& one : feet_) {
    one.zero_n = one.sum_n / static_cast<double>(one.held);
    lifted = lifted && std::abs(one.zero_n) < contact_n_;
    one.held = one.below = 0;
    one.smoothed = false;
  }
  state_.done = 0;
  state_.trouble.reset();
  standing_ = {};
  if (lifted) {
    state_.step = LoadWalkStep::stand;
  } else {
    state_.trouble = LoadWalkTrouble::not_lifted;
  }
}

void LoadWalk::stand() {
  const double a = foot(options_.affected).smooth_n / options_.body_weight_n;
  const double total = (feet_[0].smooth_n + feet_[1].smooth_n) / options_.body_weight_n;
  if (total < kUpright) {
    const std::size_t seated = standing_.seated + 1;
    standing_ = {};
    standing_.seated = seated;
    state_.done = 0;
    // Also where a sensor feels nothing of a person who stands.
    if (seated >= samples_of(options_.patience)) fail_standing(LoadWalkTrouble::too_light);
    return;
  }
  if (++standing_.up <= samples_of(options_.settled)) return;
  if (a > total / 2) return fail_standing(LoadWalkTrouble::exchanged);
  if (a > options_.limit_share) return fail_standing(LoadWalkTrouble::too_much);
  if (standing_.count == 0) standing_.least = standing_.most = a;
  ++standing_.count;
  standing_.sum_a += a;
  standing_.sum_t += total;
  standing_.sum_aa += a * a;
  standing_.sum_at += a * total;
  standing_.least = std::min(standing_.least, a);
  standing_.most = std::max(standing_.most, a);
  const double wanted = std::min(options_.shift_share, options_.shift_of_limit * options_.limit_share);
  const double shifted = (standing_.most - standing_.least) / wanted;
  const double stood =
      static_cast<double>(standing_.count) / static_cast<double>(samples_of(options_.stood_for));
  state_.done = std::clamp(std::min(stood, shifted), 0.0, 1.0);
  if (stood >= 1 && shifted >= 1) {
    judge_standing();
  } else if (standing_.count >= samples_of(options_.patience)) {
    fail_standing(LoadWalkTrouble::no_shift);
  }
}

void LoadWalk::fail_standing(LoadWalkTrouble trouble) {
  state_.trouble = trouble;
  state_.done = 0;
  standing_ = {};
}

// With gains g of the affected and h of the other sensor, and a what the affected one says, both say
// h + a (1 - h/g) of the body's weight: a line over a tells g and h.
void LoadWalk::judge_standing() {
  const auto n = static_cast<double>(standing_.count);
  const double weight = standing_.sum_t / n;
  const double mean_a = standing_.sum_a / n;
  const double slope = (standing_.sum_at - standing_.sum_a * weight) /
                       std::max(standing_.sum_aa - standing_.sum_a * mean_a, 1e-12);
  const double gain = (weight - slope * mean_a) / (1 - slope);
  if (weight < 1 - options_.weight_tolerance) return fail_standing(LoadWalkTrouble::too_light);
  if (weight > 1 + options_.weight_tolerance) return fail_standing(LoadWalkTrouble::too_heavy);
  if (std::abs(slope) > options_.uneven || std::abs(gain - 1) > options_.gain_tolerance)
    return fail_standing(LoadWalkTrouble::uneven);
  standing_ = {};
  state_.trouble.reset();
  state_.step = LoadWalkStep::tracking;
  state_.done = 1;
  pause(paused_);
}

void LoadWalk::pause(bool paused) {
  // A contact across a pause is two: the time between was not measured.
  if (!paused_ && paused && !forces_n_.empty()) forces_n_.emplace_back();
  paused_ = paused;
  state_.level = loudest_ = 0;
  contact_ = other_ = {};
  in_air_ = false;
  others_ = 0;
  state_.unfelt = false;
  monitor_.step(0);
}

int LoadWalk::take_loudest() {
  return std::exchange(loudest_, state_.level);
}

void LoadWalk::track(Side side, std::optional<double> force_n, bool beyond) {
  watch_zero(foot(side), force_n);
  if (paused_) return;
  if (side == options_.affected) {
    follow_affected(force_n, beyond);
  } else {
    follow_other(force_n);
  }
}

void LoadWalk::watch_zero(Foot& one, std::optional<double> force_n) {
  if (!force_n) return;
  one.below = *force_n < -zero_error_n_ ? one.below + 1 : 0;
  if (one.below >= samples_of(options_.below_zero)) state_.zero_off = true;
}

void LoadWalk::warn(std::optional<double> force_n) {
  if (!force_n) return;
  const LoadFeedback now = monitor_.step(force_n);
  state_.level = now.above_limit ? 1 : 0;
  for (const double louder : options_.louder)
    state_.level += now.above_limit && *now.share >= louder * options_.limit_share ? 1 : 0;
  loudest_ = std::max(loudest_, state_.level);
}

void LoadWalk::follow_affected(std::optional<double> force_n, bool beyond) {
  warn(force_n);
  forces_n_.push_back(beyond ? std::nullopt : force_n);
  if (!force_n) {
    contact_ = {};
    in_air_ = false;
  } else if (*force_n < contact_n_) {
    contact_ = {};
    in_air_ = true;
  } else {
    if (contact_.samples == 0) contact_.landed = in_air_;
    in_air_ = false;
    state_.beyond = state_.beyond || beyond;
    if (!beyond) contact_.peak_share = std::max(contact_.peak_share, *force_n / options_.body_weight_n);
    count(*force_n);
  }
}

void LoadWalk::count(double force_n) {
  ++contact_.samples;
  contact_.above = contact_.above || force_n > options_.limit_share * options_.body_weight_n;
  if (contact_.samples < samples_of(options_.shortest_contact)) return;
  if (contact_.peak_share > 0)
    state_.largest_share = std::max(state_.largest_share.value_or(0), contact_.peak_share);
  // Without its landing it is no step, but a load above the limit counts.
  if (!contact_.counted && (contact_.landed || contact_.above)) {
    contact_.counted = true;
    ++state_.steps;
  }
  if (contact_.above && !contact_.counted_above) {
    contact_.counted_above = true;
    ++state_.steps_above;
  }
  if (contact_.landed && contact_.samples == samples_of(options_.shortest_contact)) {
    others_ = 0;
    state_.unfelt = false;
  }
}

void LoadWalk::follow_other(std::optional<double> force_n) {
  if (!force_n || *force_n < contact_n_) {
    other_ = {};
    return;
  }
  ++other_.samples;
  if (other_.counted || other_.samples < samples_of(options_.shortest_contact)) return;
  other_.counted = true;
  if (++others_ >= options_.steps_unfelt) state_.unfelt = true;
}

}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#include "engine/balance/load_walk.h"

#include <algorithm>
#include <cmath>

namespace reprise::engine {
namespace {

constexpr const char* kLoadWalk = "following a load";
constexpr Seconds kSmoothing{0.1};  // of the forces in the check
constexpr double kUpright = 0.5;    // of body weight: who bears less sits
constexpr Seconds kApart{0.3};      // so far one foot's samples may run ahead of the other's

}  // namespace

std::string_view name(LoadWalkStep step) {
  constexpr std::array<std::string_view, 3> kNames = {"lift", "stand", "tracking"};
  return kNames[static_cast<std::size_t>(step)];
}

std::string_view name(LoadWalkTrouble trouble) {
  constexpr std::array<std::string_view, 5> kNames = {"not_lifted", "too_light", "too_heavy", "no_shift",
                                                      "uneven"};
  return kNames[static_cast<std::size_t>(trouble)];
}

LoadWalk::LoadWalk(const LoadWalkOptions& options, LoadMonitor monitor)
    : options_(options),
      contact_n_(std::max(options.contact_share * options.body_weight_n, kUnloadedN)),
      monitor_(monitor) {}

Result<LoadWalk> LoadWalk::create(const LoadWalkOptions& options) {
  auto monitor = LoadMonitor::create({options.body_weight_n, options.limit_share});
  if (!monitor) return tl::unexpected(monitor.error());
  if (!(options.rate.value() >= 10)) {
    return fail(ErrorCode::unsupported, kLoadWalk, "the sensors send less than 10 samples a second",
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
  state_.level = 0;
  state_.zero_off = state_.unfelt = false;
  for (Foot& one : feet_) {
    one.held = one.below = 0;
    one.smoothed = false;
  }
  restart_standing();
  pause(paused_);
}

void LoadWalk::restart_standing() {
  standing_ = {};
}

void LoadWalk::step(Side side, std::optional<double> force_n) {
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
    track(side, force_n);
  } else if (side == options_.affected && feet_[0].smoothed && feet_[1].smoothed) {
    stand();
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
  if (!lifted) {
    state_.trouble = LoadWalkTrouble::not_lifted;
    return;
  }
  state_.step = LoadWalkStep::stand;
  restart_standing();
}

void LoadWalk::stand() {
  const double a = foot(options_.affected).smooth_n / options_.body_weight_n;
  const double total = (feet_[0].smooth_n + feet_[1].smooth_n) / options_.body_weight_n;
  if (total < kUpright) {
    restart_standing();
    state_.done = 0;
    return;
  }
  if (++standing_.up <= samples_of(options_.settled)) return;
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
    state_.trouble = LoadWalkTrouble::no_shift;
    restart_standing();
  }
}

void LoadWalk::judge_standing() {
  const auto n = static_cast<double>(standing_.count);
  const double weight = standing_.sum_t / n;
  const double slope = (standing_.sum_at - standing_.sum_a * weight) /
                       std::max(standing_.sum_aa - standing_.sum_a * standing_.sum_a / n, 1e-12);
  restart_standing();
  state_.done = 0;
  if (weight < 1 - options_.weight_tolerance) {
    state_.trouble = LoadWalkTrouble::too_light;
  } else if (weight > 1 + options_.weight_tolerance) {
    state_.trouble = LoadWalkTrouble::too_heavy;
  } else if (std::abs(slope) > options_.uneven) {
    state_.trouble = LoadWalkTrouble::uneven;
  } else {
    state_.trouble.reset();
    state_.step = LoadWalkStep::tracking;
    state_.done = 1;
    pause(paused_);
  }
}

void LoadWalk::pause(bool paused) {
  // A contact across a pause is two: the time between was not measured.
  if (!paused_ && paused) {
    for (Foot& one : feet_) one.kept.insert(one.kept.end(), one.waiting.begin(), one.waiting.end());
    const std::size_t size = std::max(feet_[0].kept.size(), feet_[1].kept.size());
    for (Foot& one : feet_) {
      one.waiting.clear();
      if (size > 0) one.kept.resize(size + 1);
    }
  }
  paused_ = paused;
  state_.level = 0;
  contact_ = other_ = {};
  others_ = 0;
  state_.unfelt = false;
  monitor_.step(0);
}

void LoadWalk::track(Side side, std::optional<double> force_n) {
  watch_zero(foot(side), force_n);
  if (paused_) return;
  keep(side, force_n);
  if (side == options_.affected) {
    follow_affected(force_n);
  } else {
    follow_other(force_n);
  }
}

void LoadWalk::watch_zero(Foot& one, std::optional<double> force_n) {
  if (!force_n) return;
  one.below = *force_n < -contact_n_ ? one.below + 1 : 0;
  if (one.below >= samples_of(options_.below_zero)) state_.zero_off = true;
}

void LoadWalk::follow_affected(std::optional<double> force_n) {
  const LoadFeedback now = monitor_.step(force_n);
  state_.level = 0;
  if (now.above_limit) {
    state_.level = 1;
    const double of_limit = now.share.value_or(0) / options_.limit_share;
    for (const double louder : options_.louder) state_.level += of_limit >= louder ? 1 : 0;
  }
  if (!force_n || *force_n < contact_n_) {
    contact_ = {};
    return;
  }
  const double share = *force_n / options_.body_weight_n;
  ++contact_.samples;
  contact_.peak_share = std::max(contact_.peak_share, share);
  contact_.above = contact_.above || share > options_.limit_share;
  if (contact_.samples < samples_of(options_.shortest_contact)) return;
  others_ = 0;
  state_.unfelt = false;
  state_.steps += contact_.counted ? 0 : 1;
  contact_.counted = true;
  state_.steps_above += contact_.above && !contact_.counted_above ? 1 : 0;
  contact_.counted_above = contact_.above;
  state_.largest_share = std::max(state_.largest_share, contact_.peak_share);
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

void LoadWalk::keep(Side side, std::optional<double> force_n) {
  Foot& one = foot(side);
  Foot& other = foot(side == Side::left ? Side::right : Side::left);
  one.waiting.push_back(force_n);
  while (!one.waiting.empty() && !other.waiting.empty()) {
    for (Foot* each : {&one, &other}) {
      each->kept.push_back(each->waiting.front());
      each->waiting.pop_front();
    }
  }
  if (one.waiting.size() <= samples_of(kApart)) return;
  one.kept.push_back(one.waiting.front());
  one.waiting.pop_front();
  other.kept.emplace_back();
}

LoadWalkForces LoadWalk::forces() const {
  LoadWalkForces all{feet_[0].kept, feet_[1].kept};
  all.left_n.insert(all.left_n.end(), feet_[0].waiting.begin(), feet_[0].waiting.end());
  all.right_n.insert(all.right_n.end(), feet_[1].waiting.begin(), feet_[1].waiting.end());
  const std::size_t size = std::max(all.left_n.size(), all.right_n.size());
  all.left_n.resize(size);
  all.right_n.resize(size);
  return all;
}

}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/sit_to_stand.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "engine/signal/butterworth.h"
#include "engine/signal/level_frame.h"
#include "engine/signal/median.h"
#include "engine/signal/resample.h"

namespace reprise::engine {
namespace {

constexpr const char* kTransitionStage = "rising from a chair";
constexpr double kJustRestedS = 2;

/// Where the sensor is at rest.
std::vector<SampleRange> rests_of(const InertialView& samples, const SitToStandOptions& options) {
  const auto& a = samples.acceleration_mps2;
  const std::size_t half = std::max<std::size_t>(1, static_cast<std::size_t>(samples.rate.value() / 4));
  const auto shortest = static_cast<std::size_t>(options.shortest_rest.value() * samples.rate.value());
  std::vector<SampleRange> rests;
  // Sums over a window that slides; offsets from the first sample keep the squares small.
  const Eigen::Vector3d origin = a.front().v;
  Eigen::Vector3d sum = Eigen::Vector3d::Zero();
  double squares = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (; end < std::min(a.size(), i + half + 1); ++end) {
      const Eigen::Vector3d v = a[end].v - origin;
      sum += v;
      squares += v.squaredNorm();
    }
    for (; begin + half < i; ++begin) {
      const Eigen::Vector3d v = a[begin].v - origin;
      sum -= v;
      squares -= v.squaredNorm();
    }
    const double n = static_cast<double>(end - begin);
    const double variance = (squares - sum.squaredNorm() / n) / n;
    if (variance >= options.rest_sd_mps2 * options.rest_sd_mps2) continue;
    if (rests.empty() || rests.back().end != i) rests.push_back({i, i});
    rests.back().end = i + 1;
  }
  std::erase_if(rests, [&](const SampleRange& rest) {
    return rest.end - rest.begin < std::max<std::size_t>(shortest, 1);
  });
  return rests;
}

/// A stretch of movement, and whether a rest bounds each end.
struct Stretch {
  SampleRange samples;
  bool starts_at_rest = false;
  bool ends_at_rest = false;
};

std::vector<Stretch> stretches_between(std::span<const SampleRange> rests, std::size_t size) {
  std::vector<Stretch> stretches;
  std::size_t from = 0;
  bool after_rest = false;
  for (const SampleRange& rest : rests) {
    if (rest.begin > from) stretches.push_back({{from, rest.begin + 1}, after_rest, true});
    from = rest.end - 1;
    after_rest = true;
  }
  if (from + 1 < size) stretches.push_back({{from, size}, after_rest, false});
  return stretches;
}

/// Subtracts the line through the first and the last value.
void remove_end_line(std::vector<double>& v) {
  const double first = v.front();
  const double step = (v.back() - first) / static_cast<double>(v.size() - 1);
  for (std::size_t i = 0; i < v.size(); ++i) v[i] -= first + step * static_cast<double>(i);
}

/// Subtracts the least-squares line, and the remaining speed at an end that is at rest.
void remove_fitted_line(std::vector<double>& v, const Stretch& stretch) {
  const double n = static_cast<double>(v.size());
  const double middle = (n - 1) / 2;
  double mean = 0;
  double slope = 0;
  for (std::size_t i = 0; i < v.size(); ++i) {
    mean += v[i] / n;
    slope += v[i] * (static_cast<double>(i) - middle);
  }
  slope /= n * (n * n - 1) / 12;
  for (std::size_t i = 0; i < v.size(); ++i) v[i] -= mean + slope * (static_cast<double>(i) - middle);
  const double at_rest = stretch.starts_at_rest ? v.front() : (stretch.ends_at_rest ? v.back() : 0);
  for (double& x : v) x -= at_rest;
}

Result<std::vector<double>> speed_in(const Stretch& stretch, std::span<const double> acceleration, Hertz rate,
                                     bool& between_rests, const SitToStandOptions& options) {
  const auto part = acceleration.subspan(stretch.samples.begin, stretch.samples.end - stretch.samples.begin);
  std::vector<double> speed(part.size(), 0.0);
  for (std::size_t i = 1; i < part.size(); ++i) {
    speed[i] = speed[i - 1] + (part[i - 1] + part[i]) / (2 * rate.value());
  }
  const bool is_short = static_cast<double>(part.size()) <= options.longest_stretch.value() * rate.value();
  between_rests = is_short && stretch.starts_at_rest && stretch.ends_at_rest;
  if (between_rests) {
    remove_end_line(speed);
  } else if (is_short) {
    remove_fitted_line(speed, stretch);
  } else {
    ButterworthOptions drift;
    drift.band = FilterBand::high_pass;
    drift.cutoff = Hertz{0.1};
    return butterworth_zero_phase(speed, rate, drift);
  }
  return speed;
}

/// The transition in a run of one sign, [begin, end) of `speed`, which starts `offset` samples into the
/// recording.
PosturalTransition transition_in(std::span<const double> speed, SampleRange run, std::size_t offset,
                                 Hertz rate, double share) {
  std::size_t peak = run.begin;
  double distance = 0;
  for (std::size_t i = run.begin; i < run.end; ++i) {
    if (std::abs(speed[i]) > std::abs(speed[peak])) peak = i;
    distance += speed[i] / rate.value();
  }
  std::size_t first = peak;
  std::size_t last = peak;
  const double least = share * std::abs(speed[peak]);
  while (first > run.begin && std::abs(speed[first - 1]) >= least) --first;
  while (last + 1 < run.end && std::abs(speed[last + 1]) >= least) ++last;
  const auto at = [&](std::size_t i) { return Seconds{static_cast<double>(offset + i) / rate.value()}; };
  PosturalTransition transition;
  transition.kind = distance > 0 ? TransitionKind::sit_to_stand : TransitionKind::stand_to_sit;
  transition.start = at(first);
  transition.end = at(last);
  transition.peak = at(peak);
  transition.displacement_m = distance;
  transition.peak_speed_mps = speed[peak];
  return transition;
}

bool is_plausible(const PosturalTransition& transition, const SitToStandOptions& options) {
  const double distance = std::abs(transition.displacement_m);
  return distance >= options.min_displacement_m && distance <= options.max_displacement_m &&
         std::abs(transition.peak_speed_mps) >= options.min_peak_speed_mps &&
         transition.duration() <= options.max_duration;
}

void drop_partial(std::vector<PosturalTransition>& transitions, double share) {
  if (transitions.empty()) return;
  std::vector<double> distances;
  for (const auto& transition : transitions) distances.push_back(std::abs(transition.displacement_m));
  const double least = share * median(std::move(distances));
  std::erase_if(transitions, [&](const auto& t) { return std::abs(t.displacement_m) < least; });
}

std::vector<PosturalTransition> rises_in(std::span<const PosturalTransition> transitions) {
  std::vector<PosturalTransition> rises;
  for (const auto& t : transitions) {
    if (t.kind == TransitionKind::sit_to_stand) rises.push_back(t);
  }
  return rises;
}

/// Precondition: not empty.
RiseTimes rise_times(std::span<const PosturalTransition> rises) {
  const double n = static_cast<double>(rises.size());
  double mean = 0;
  for (const auto& rise : rises) mean += rise.duration().value() / n;
  double squares = 0;
  for (const auto& rise : rises) squares += std::pow(rise.duration().value() - mean, 2);
  return {Seconds{mean}, Seconds{rises.size() < 2 ? 0 : std::sqrt(squares / (n - 1))}};
}

bool all_certain(std::span<const PosturalTransition> rises) {
  return std::all_of(rises.begin(), rises.end(), [](const auto& rise) { return rise.certain; });
}

}  // namespace

Result<std::vector<PosturalTransition>> find_postural_transitions(const InertialView& samples,
                                                                  const SitToStandOptions& options) {
  const double hz = samples.rate.value();
  const auto two_seconds = static_cast<std::size_t>(std::isfinite(hz) ? std::clamp(2 * hz, 1.0, 1e6) : 1);
  if (auto ok = detail::check_inertial(samples, Hertz{20}, two_seconds, kTransitionStage); !ok) {
    return tl::unexpected(ok.error());
  }
  const auto up = gravity_directions(samples);
  if (!up) return tl::unexpected(up.error());
  const auto acceleration = vertical_acceleration(samples.acceleration_mps2, *up);
  std::vector<PosturalTransition> transitions;
  for (const Stretch& stretch : stretches_between(rests_of(samples, options), samples.size())) {
    if (stretch.samples.end - stretch.samples.begin < 8) continue;
    bool between_rests = false;
    const auto speed = speed_in(stretch, acceleration, samples.rate, between_rests, options);
    if (!speed) return tl::unexpected(speed.error());
    for (std::size_t i = 0; i < speed->size();) {
      const std::size_t from = i;
      while (i < speed->size() && ((*speed)[i] > 0) == ((*speed)[from] > 0)) ++i;
      auto transition =
          transition_in(*speed, {from, i}, stretch.samples.begin, samples.rate, options.speed_share);
      const Seconds since_rest =
          transition.peak - period(samples.rate) * static_cast<double>(stretch.samples.begin);
      transition.certain = between_rests || (stretch.starts_at_rest && since_rest.value() <= kJustRestedS);
      if (is_plausible(transition, options)) transitions.push_back(transition);
    }
  }
  drop_partial(transitions, options.min_displacement_share);
  return transitions;
}

Result<FiveTimesSitToStand> five_times_sit_to_stand(std::span<const PosturalTransition> transitions) {
  const auto rises = rises_in(transitions);
  constexpr double kLongestBreakS = 10;
  std::size_t first = 0;
  for (std::size_t i = 0; i < rises.size(); ++i) {
    if (i > 0 && (rises[i].start - rises[i - 1].end).value() > kLongestBreakS) first = i;
    if (i - first < 4) continue;
    const auto five = std::span(rises).subspan(first, 5);
    FiveTimesSitToStand result;
    result.time_to_fifth_stand = five.back().end - five.front().start;
    result.rise = rise_times(five);
    result.certain = all_certain(five);
    const auto last_sit = std::find_if(transitions.begin(), transitions.end(), [&](const auto& t) {
      return t.kind == TransitionKind::stand_to_sit && t.start >= five.back().end;
    });
    if (last_sit != transitions.end() && (last_sit->start - five.back().end).value() <= kLongestBreakS) {
      result.time_to_last_sit = last_sit->end - five.front().start;
    }
    return result;
  }
  return fail(ErrorCode::nothing_measured, "five times sit-to-stand test",
              std::to_string(rises.size()) + " rises from a chair were found, not five in a row",
              "sit still before and after the test, and stand up five times in a row");
}

Result<ThirtySecondChairStand> thirty_second_chair_stand(std::span<const PosturalTransition> transitions,
                                                         std::optional<Seconds> start) {
  auto rises = rises_in(transitions);
  if (rises.empty()) {
    return fail(ErrorCode::nothing_measured, "30-second chair stand test", "no rise from a chair was found",
                "sit still before and after the test, with the sensor at the lower back");
  }
  const Seconds from = start.value_or(rises.front().start);
  const Seconds until = from + Seconds{30};
  std::erase_if(rises, [&](const auto& rise) { return rise.start < from || rise.peak > until; });
  ThirtySecondChairStand result;
  result.stands = static_cast<int>(rises.size());
  if (!rises.empty()) result.rise = rise_times(rises);
  result.certain = all_certain(rises);
  return result;
}

}  // namespace reprise::engine

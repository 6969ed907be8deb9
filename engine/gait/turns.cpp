// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/turns.h"

#include <algorithm>
#include <cmath>

#include "engine/signal/butterworth.h"
#include "engine/signal/level_frame.h"
#include "engine/signal/resample.h"

namespace reprise::engine {
namespace {

constexpr const char* kTurnStage = "turns";
constexpr Seconds kFitMargin{0.6};  // about a step before and after. Unsourced default

/// Runs of one direction above the threshold, hesitations bridged.
std::vector<SampleRange> fast_runs(std::span<const double> yaw, Hertz rate, const TurnOptions& options) {
  const double longest_gap = options.max_hesitation.value() * rate.value();
  std::vector<SampleRange> runs;
  for (std::size_t i = 0; i < yaw.size(); ++i) {
    if (std::abs(yaw[i]) < options.min_rate_radps) continue;
    const bool continues = !runs.empty() && (yaw[i] > 0) == (yaw[runs.back().begin] > 0) &&
                           static_cast<double>(i - runs.back().end) <= longest_gap;
    if (!continues) runs.push_back({i, i});
    runs.back().end = i + 1;
  }
  return runs;
}

/// Widens a run to where the trunk stops turning to that side.
SampleRange widened(std::span<const double> yaw, SampleRange run) {
  const bool left = yaw[run.begin] > 0;
  while (run.begin > 0 && (yaw[run.begin - 1] > 0) == left) --run.begin;
  while (run.end < yaw.size() && (yaw[run.end] > 0) == left) ++run.end;
  return run;
}

/// The time at which the angle turned since `run.begin` passes `share` of the whole.
Seconds time_of_share(std::span<const double> yaw, SampleRange run, double whole, double share, Hertz rate) {
  double turned = 0;
  for (std::size_t i = run.begin; i < run.end; ++i) {
    const double next = turned + yaw[i];
    if (next / whole >= share) {
      const double inside = (share * whole - turned) / yaw[i];
      return Seconds{(static_cast<double>(i) - 0.5 + inside) / rate.value()};
    }
    turned = next;
  }
  return Seconds{static_cast<double>(run.end) / rate.value()};
}

double minimum_jerk_share(double s) {
  s = std::clamp(s, 0.0, 1.0);
  return s * s * s * (10 - 15 * s + 6 * s * s);
}

/// The squares left of a heading by the minimum-jerk turn between two times that fits it best.
double misfit(std::span<const double> heading, Seconds first, Hertz rate,
              const detail::MovementBounds& bounds) {
  double share = 0, angle = 0, share_square = 0, angle_square = 0, product = 0;
  for (std::size_t i = 0; i < heading.size(); ++i) {
    const Seconds time = first + static_cast<double>(i) * period(rate);
    const double s = minimum_jerk_share((time - bounds.start) / (bounds.end - bounds.start));
    share += s;
    angle += heading[i];
    share_square += s * s;
    angle_square += heading[i] * heading[i];
    product += s * heading[i];
  }
  const auto n = static_cast<double>(heading.size());
  const double variance = share_square - share * share / n;
  const double covariance = product - share * angle / n;
  return angle_square - angle * angle / n - covariance * covariance / variance;
}

/// Moves both bounds, in ever smaller steps, to where the minimum-jerk turn fits the heading best: the
/// pelvis's rotation with each stride, which hides where a turn sets in, averages out over the whole turn.
detail::MovementBounds fitted(std::span<const double> yaw, Hertz rate, detail::MovementBounds bounds,
                              const TurnOptions& options) {
  const auto sample_at = [&](Seconds time) {
    return static_cast<std::size_t>(
        std::clamp(time.value() * rate.value(), 0.0, static_cast<double>(yaw.size())));
  };
  const std::size_t begin = sample_at(bounds.start - kFitMargin);
  const std::size_t end = sample_at(bounds.end + kFitMargin);
  std::vector<double> heading;
  double turned = 0;
  for (std::size_t i = begin; i < end; ++i) heading.push_back(turned += yaw[i] / rate.value());
  // What has turned with a sample is the heading half a sample after it.
  const Seconds first = (static_cast<double>(begin) + 0.5) * period(rate);
  double least = misfit(heading, first, rate, bounds);
  for (double step_s = 0.1; step_s > 0.002;) {
    const detail::MovementBounds before = bounds;
    for (const int early : {-1, 0, 1}) {
      for (const int late : {-1, 0, 1}) {
        const detail::MovementBounds moved{before.start + Seconds{early * step_s},
                                           before.end + Seconds{late * step_s}};
        if (moved.end - moved.start < options.shortest) continue;
        const double left = misfit(heading, first, rate, moved);
        if (left < least) least = left, bounds = moved;
      }
    }
    if (bounds.start == before.start && bounds.end == before.end) step_s /= 2;
  }
  return bounds;
}

}  // namespace

Result<std::vector<Turn>> find_turns(const InertialView& samples, std::span<const Vec3<Sensor>> up,
                                     const TurnOptions& options) {
  if (!samples.has_gyroscope()) {
    return fail(ErrorCode::unsupported, kTurnStage, "the recording has no gyroscope, so turns cannot be seen",
                "record the gyroscope too");
  }
  if (up.size() != samples.size() || samples.angular_velocity_radps.size() != samples.size()) {
    return fail(ErrorCode::invalid_argument, kTurnStage,
                "there is not one direction of gravity for each sample",
                "take the directions of the same recording");
  }
  ButterworthOptions smooth;
  smooth.cutoff = options.cutoff;
  const auto raw_yaw = yaw_rate(samples.angular_velocity_radps, up);
  const auto yaw = butterworth_zero_phase(raw_yaw, samples.rate, smooth);
  if (!yaw) return tl::unexpected(yaw.error());
  std::vector<Turn> turns;
  for (const SampleRange& fast : fast_runs(*yaw, samples.rate, options)) {
    const SampleRange run = widened(*yaw, fast);
    double whole = 0;
    double peak = 0;
    for (std::size_t i = run.begin; i < run.end; ++i) {
      whole += (*yaw)[i];
      peak = std::max(peak, std::abs((*yaw)[i]));
    }
    const Radians angle{whole / samples.rate.value()};
    if (std::abs(angle.value()) < options.min_angle.value()) continue;
    const auto about = detail::minimum_jerk_bounds(time_of_share(*yaw, run, whole, 0.1, samples.rate),
                                                   time_of_share(*yaw, run, whole, 0.9, samples.rate));
    if (about.end - about.start > options.longest) continue;
    const auto bounds = fitted(raw_yaw, samples.rate, about, options);
    const Seconds duration = bounds.end - bounds.start;
    if (duration < options.shortest || duration > options.longest) continue;
    turns.push_back({bounds.start, bounds.end, angle, peak});
  }
  return turns;
}

namespace detail {

MovementBounds minimum_jerk_bounds(Seconds early, Seconds late) {
  // 10 s^3 - 15 s^4 + 6 s^5 = 0.1.
  constexpr double kTenth = 0.246636;
  const Seconds duration = (late - early) / (1 - 2 * kTenth);
  return {early - duration * kTenth, late + duration * kTenth};
}

}  // namespace detail

}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#include "engine/heart/exertion.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

namespace reprise::engine {
namespace {

Result<void> check_rates(std::span<const HeartRateSample> samples, const char* stage) {
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const bool later = i == 0 || samples[i].time > samples[i - 1].time;
    if (!std::isfinite(samples[i].time.value()) || !later || !std::isfinite(samples[i].rate_bpm) ||
        !(samples[i].rate_bpm > 0)) {
      return fail(ErrorCode::invalid_argument, stage,
                  "heart rate " + std::to_string(i) + " is not above 0 or not later than the one before",
                  "sort by time and leave out samples without a rate");
    }
  }
  return {};
}

std::optional<double> mean_between(std::span<const HeartRateSample> samples, Seconds from, Seconds to) {
  double sum = 0;
  std::size_t count = 0;
  for (const HeartRateSample& sample : samples) {
    if (sample.time < from || sample.time > to) continue;
    sum += sample.rate_bpm;
    ++count;
  }
  if (count == 0) return std::nullopt;
  return sum / static_cast<double>(count);
}

std::string reason_against_zones(RateResponse response) {
  switch (response) {
    case RateResponse::beta_blocker: return "a beta-blocker holds the heart rate down";
    case RateResponse::pacemaker: return "a pacemaker sets the heart rate";
    case RateResponse::atrial_fibrillation:
      return "in atrial fibrillation the heart rate does not show effort";
    default: return "it is not known whether the heart rate shows effort";
  }
}

Result<void> check_zones(const ZoneOptions& options, const char* stage) {
  if (options.response != RateResponse::normal) {
    return fail(ErrorCode::nothing_measured, stage, reason_against_zones(options.response),
                "rate the perceived exertion instead");
  }
  const bool limits_rise = std::is_sorted(options.limits.begin(), options.limits.end());
  const bool rates = options.resting_bpm > 0 && options.maximal_bpm > options.resting_bpm &&
                     std::isfinite(options.maximal_bpm);
  if (!limits_rise || !rates || !(options.longest_hold.value() > 0)) {
    return fail(ErrorCode::invalid_argument, stage,
                "the maximal rate is not above the resting one, or the limits fall",
                "give a resting rate above 0, a maximal rate above that, and rising limits");
  }
  return {};
}

}  // namespace

std::vector<HeartRateSample> heart_rate_of(std::span<const NnInterval> nn) {
  std::vector<HeartRateSample> samples;
  for (const NnInterval& interval : nn) {
    if (!interval.corrected) samples.push_back({interval.end, 60 / interval.duration.value()});
  }
  return samples;
}

Result<HeartRateRecovery> heart_rate_recovery(std::span<const HeartRateSample> samples, Seconds end_of_effort,
                                              const RecoveryOptions& options) {
  constexpr const char* kStage = "heart rate recovery";
  if (auto ok = check_rates(samples, kStage); !ok) return tl::unexpected(ok.error());
  if (!(options.averaging.value() > 0) || !std::isfinite(end_of_effort.value())) {
    return fail(ErrorCode::invalid_argument, kStage, "the averaging time is not above 0 seconds",
                "average over some seconds");
  }
  const auto end_bpm = mean_between(samples, end_of_effort - options.averaging, end_of_effort);
  if (!end_bpm) {
    return fail(ErrorCode::nothing_measured, kStage, "there is no heart rate at the end of the effort",
                "keep the sensor on until the effort ends");
  }
  const auto drop_after = [&](double seconds) -> std::optional<double> {
    const Seconds at = end_of_effort + Seconds{seconds};
    const auto rate = mean_between(samples, at - options.averaging / 2, at + options.averaging / 2);
    if (!rate) return std::nullopt;
    return *end_bpm - *rate;
  };
  return HeartRateRecovery{*end_bpm, drop_after(60), drop_after(120)};
}

Result<ZoneTimes> time_in_zones(std::span<const HeartRateSample> samples, const ZoneOptions& options) {
  constexpr const char* kStage = "time in heart rate zones";
  if (auto ok = check_zones(options, kStage); !ok) return tl::unexpected(ok.error());
  if (auto ok = check_rates(samples, kStage); !ok) return tl::unexpected(ok.error());
  if (samples.size() < 2) {
    return fail(ErrorCode::nothing_measured, kStage, "there are fewer than two heart rates", "record longer");
  }
  ZoneTimes times;
  for (std::size_t i = 0; i + 1 < samples.size(); ++i) {
    const double reserve = options.maximal_bpm - options.resting_bpm;
    const double share = (samples[i].rate_bpm - options.resting_bpm) / reserve;
    const auto zone =
        std::upper_bound(options.limits.begin(), options.limits.end(), share) - options.limits.begin();
    const Seconds until_next = samples[i + 1].time - samples[i].time;
    const Seconds held = std::min(until_next, options.longest_hold);
    times.in_zone[static_cast<std::size_t>(zone)] += held;
    times.unmeasured += until_next - held;
  }
  return times;
}

Result<EffortComparison> compare_effort(EffortScale scale, double reported, double planned_from,
                                        double planned_to) {
  const double lowest = scale == EffortScale::borg_6_to_20 ? 6 : 0;
  const double highest = scale == EffortScale::borg_6_to_20 ? 20 : 10;
  const auto on_scale = [&](double value) { return value >= lowest && value <= highest; };
  if (!on_scale(reported) || !on_scale(planned_from) || !on_scale(planned_to) || planned_from > planned_to) {
    return fail(ErrorCode::invalid_argument, "perceived exertion",
                "a rating is not on the scale, or the planned range is empty",
                "use 6 to 20 on Borg's scale and 0 to 10 on CR10");
  }
  if (reported < planned_from) return EffortComparison{EffortLevel::below_plan, reported - planned_from};
  if (reported > planned_to) return EffortComparison{EffortLevel::above_plan, reported - planned_to};
  return EffortComparison{};
}

}  // namespace reprise::engine

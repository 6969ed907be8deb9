// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/lower_back_gait.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>

#include "engine/signal/level_frame.h"

namespace reprise::engine {
namespace {

constexpr const char* kGaitStage = "gait from the lower back";
/// Steps without a pause between them, [begin, end) of the bout's steps.
using StepRuns = std::vector<SampleRange>;

LowerBackStatistic statistic_of(std::span<const double> values) {
  LowerBackStatistic statistic;
  statistic.count = values.size();
  if (values.empty()) return statistic;
  for (const double x : values) statistic.mean += x;
  statistic.mean /= static_cast<double>(values.size());
  if (values.size() < 2) return statistic;
  double squares = 0;
  for (const double x : values) squares += (x - statistic.mean) * (x - statistic.mean);
  statistic.sd = std::sqrt(squares / static_cast<double>(values.size() - 1));
  return statistic;
}

double time_of(const LowerBackStep& step) {
  return (step.end - step.start).value();
}

std::vector<LowerBackStep> steps_between(std::span<const FootContact> contacts,
                                         std::span<const double> lengths_m, Seconds longest) {
  std::vector<LowerBackStep> steps;
  for (std::size_t i = 1; i < contacts.size(); ++i) {
    LowerBackStep step;
    step.start = contacts[i - 1].time;
    step.end = contacts[i].time;
    if (step.end - step.start > longest) continue;
    step.side = contacts[i].side;
    if (!lengths_m.empty()) step.length_m = lengths_m[i - 1];
    steps.push_back(step);
  }
  return steps;
}

StepRuns runs_of(std::span<const LowerBackStep> steps) {
  StepRuns runs;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (i == 0 || steps[i].start > steps[i - 1].end) runs.push_back({i, i});
    runs.back().end = i + 1;
  }
  return runs;
}

/// Two steps in a row, each.
std::vector<double> over_strides(std::span<const LowerBackStep> steps, const StepRuns& runs,
                                 const std::function<double(const LowerBackStep&)>& value) {
  std::vector<double> strides;
  for (const auto& run : runs) {
    for (std::size_t i = run.begin + 1; i < run.end; ++i)
      strides.push_back(value(steps[i - 1]) + value(steps[i]));
  }
  return strides;
}

std::optional<double> step_time_asymmetry(std::span<const LowerBackStep> steps, const StepRuns& runs) {
  SampleRange longest;
  for (const auto& run : runs) {
    if (run.end - run.begin > longest.end - longest.begin) longest = run;
  }
  if (longest.end - longest.begin < 4) return std::nullopt;
  double sums[2] = {0, 0};
  double counts[2] = {0, 0};
  for (std::size_t i = longest.begin; i < longest.end; ++i) {
    sums[i % 2] += time_of(steps[i]);
    counts[i % 2] += 1;
  }
  const double one = sums[0] / counts[0];
  const double other = sums[1] / counts[1];
  return std::abs(one - other) / (0.5 * (one + other));
}

/// The turn since the bout's first sample with margins.
std::vector<double> heading_of(const detail::BoutSignals& bout) {
  std::vector<double> heading = yaw_rate(bout.samples.angular_velocity_radps, bout.up);
  double sum = 0;
  for (double& h : heading) h = sum += h / bout.samples.rate.value();
  return heading;
}

void add_turns(const detail::BoutSignals& signals, LowerBackBout& bout) {
  if (!signals.samples.has_gyroscope()) return;
  const auto heading = heading_of(signals);
  const auto at = [&](Seconds time) {
    const double i = time.value() * signals.samples.rate.value() - static_cast<double>(signals.offset);
    return heading[static_cast<std::size_t>(
        std::clamp(std::lround(i), 0L, static_cast<long>(heading.size()) - 1))];
  };
  for (auto& step : bout.steps) step.turn = Radians{at(step.end) - at(step.start)};
  bout.turn = Radians{at(bout.contacts.back().time) - at(bout.contacts.front().time)};
}

void add_lengths(const StepRuns& runs, LowerBackBout& bout) {
  std::vector<double> lengths;
  double distance_m = 0;
  for (const auto& step : bout.steps) {
    if (!step.length_m) return;
    lengths.push_back(*step.length_m);
    distance_m += *step.length_m;
  }
  bout.step_length_m = statistic_of(lengths);
  const auto strides =
      over_strides(bout.steps, runs, [](const LowerBackStep& step) { return *step.length_m; });
  if (!strides.empty()) bout.stride_length_m = statistic_of(strides);
  bout.speed_mps = distance_m / bout.walking_time.value();
}

std::optional<double> mean_harmonic_ratio(std::span<const double> acceleration, TrunkAxis axis,
                                          const detail::BoutSignals& signals, const LowerBackBout& bout,
                                          const StepRuns& runs) {
  const auto at = [&](Seconds time) {
    const double i = time.value() * signals.samples.rate.value() -
                     static_cast<double>(signals.offset + signals.inside.begin);
    return static_cast<std::size_t>(std::clamp(std::lround(i), 0L, static_cast<long>(acceleration.size())));
  };
  double sum = 0;
  std::size_t count = 0;
  for (const auto& run : runs) {
    for (std::size_t i = run.begin + 1; i < run.end; ++i) {
      const std::size_t from = at(bout.steps[i - 1].start);
      const auto ratio = harmonic_ratio(acceleration.subspan(from, at(bout.steps[i].end) - from), axis);
      if (!ratio) continue;
      sum += *ratio;
      ++count;
    }
  }
  if (count == 0) return std::nullopt;
  return sum / static_cast<double>(count);
}

void add_regularity(const detail::BoutSignals& signals, const StepRuns& runs, LowerBackBout& bout) {
  const Seconds step_time{bout.step_time_s.mean};
  const Hertz rate = signals.samples.rate;
  const auto measured = [&](std::span<const double> acceleration) -> std::optional<StepRegularity> {
    const auto regularity = step_regularity(acceleration, rate, step_time);
    if (!regularity) return std::nullopt;
    return *regularity;
  };
  bout.axes = detail::walking_axes(signals, step_time);
  if (!bout.axes) return;
  const auto along = detail::along_axes(signals, *bout.axes);
  bout.vertical_regularity = measured(along.vertical_mps2);
  bout.forward_regularity = measured(along.forward_mps2);
  const auto ratio = [&](std::span<const double> acceleration, TrunkAxis axis) {
    return mean_harmonic_ratio(acceleration, axis, signals, bout, runs);
  };
  bout.vertical_harmonic_ratio = ratio(along.vertical_mps2, TrunkAxis::vertical);
  bout.forward_harmonic_ratio = ratio(along.forward_mps2, TrunkAxis::anteroposterior);
  bout.sideways_harmonic_ratio = ratio(along.right_mps2, TrunkAxis::mediolateral);
}

/// Everything of all bouts together.
void add_totals(LowerBackGait& gait) {
  std::vector<double> step_times;
  std::vector<double> stride_times;
  std::vector<double> stride_lengths;
  double distance_m = 0;
  Seconds measured{0};
  for (const auto& bout : gait.bouts) {
    if (bout.swing) ++gait.swinging_bouts;
    const StepRuns runs = runs_of(bout.steps);
    gait.walking_time += bout.walking_time;
    for (const auto& step : bout.steps) step_times.push_back(time_of(step));
    const auto times = over_strides(bout.steps, runs, time_of);
    stride_times.insert(stride_times.end(), times.begin(), times.end());
    if (!bout.speed_mps) continue;
    distance_m += *bout.speed_mps * bout.walking_time.value();
    measured += bout.walking_time;
    const auto lengths =
        over_strides(bout.steps, runs, [](const LowerBackStep& step) { return *step.length_m; });
    stride_lengths.insert(stride_lengths.end(), lengths.begin(), lengths.end());
  }
  gait.step_count = step_times.size();
  gait.step_time_s = statistic_of(step_times);
  gait.cadence_per_min = 60 / gait.step_time_s.mean;
  if (!stride_times.empty()) gait.stride_time_s = statistic_of(stride_times);
  if (!stride_lengths.empty()) gait.stride_length_m = statistic_of(stride_lengths);
  if (distance_m > 0) gait.speed_mps = distance_m / measured.value();
}

}  // namespace

Result<LowerBackBout> measure_lower_back_bout(const InertialView& samples, SampleRange range,
                                              const LowerBackGaitOptions& options) {
  const auto height = pendulum_height(options.lengths);
  if (!height) return tl::unexpected(height.error());
  const auto signals = detail::bout_signals(samples, range);
  if (!signals) return tl::unexpected(signals.error());
  auto contacts = detail::contacts_in(*signals, options.contacts);
  if (!contacts) return tl::unexpected(contacts.error());
  std::vector<double> lengths_m;
  if (*height && !signals->swing) {
    auto lengths = detail::step_lengths_m(*signals, *contacts, **height, options.lengths);
    if (!lengths) return tl::unexpected(lengths.error());
    lengths_m = std::move(*lengths);
  }
  LowerBackBout bout;
  bout.samples = range;
  bout.contacts = std::move(*contacts);
  bout.steps = steps_between(bout.contacts, lengths_m, options.bouts.max_step_time);
  if (bout.steps.empty()) {
    return fail(ErrorCode::nothing_measured, kGaitStage, "no two steps follow each other in this bout",
                "measure a longer walk");
  }
  const StepRuns runs = runs_of(bout.steps);
  std::vector<double> times;
  for (const auto& step : bout.steps) {
    times.push_back(time_of(step));
    bout.walking_time += step.end - step.start;
  }
  bout.step_time_s = statistic_of(times);
  bout.cadence_per_min = 60 / bout.step_time_s.mean;
  const auto strides = over_strides(bout.steps, runs, time_of);
  if (!strides.empty()) bout.stride_time_s = statistic_of(strides);
  bout.swing = signals->swing;
  add_turns(*signals, bout);
  if (bout.swing) return bout;
  bout.step_time_asymmetry = step_time_asymmetry(bout.steps, runs);
  add_lengths(runs, bout);
  add_regularity(*signals, runs, bout);
  return bout;
}

Result<LowerBackGait> analyze_lower_back_gait(const InertialView& samples,
                                              const LowerBackGaitOptions& options) {
  const auto found = find_walking_bouts(samples, options.bouts);
  if (!found) return tl::unexpected(found.error());
  LowerBackGait gait;
  gait.saturated_share = saturated_share(samples);
  if (gait.saturated_share > options.max_saturated_share) {
    return fail(ErrorCode::nothing_measured, kGaitStage,
                "the accelerometer is at its limit in " + std::to_string(100 * gait.saturated_share) +
                    " % of the recording; at most " + std::to_string(100 * options.max_saturated_share) +
                    " % may be",
                "choose a larger range, 4 g or more");
  }
  for (const WalkingBout& bout : *found) {
    auto measured = measure_lower_back_bout(samples, bout.samples, options);
    if (measured) {
      gait.bouts.push_back(std::move(*measured));
    } else if (measured.error().code != ErrorCode::nothing_measured) {
      return tl::unexpected(measured.error());
    }
  }
  if (gait.bouts.empty()) {
    return fail(
        ErrorCode::nothing_measured, kGaitStage, "there is no walking in the recording",
        "wear the sensor at the lower back, or the phone at the belt or in a trouser pocket, not in a "
        "hand that swings; walk at least five steps in a row");
  }
  add_totals(gait);
  return gait;
}

}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/walking_days.h"

#include <algorithm>
#include <cmath>

namespace reprise::engine {
namespace {

/// Linear interpolation between sorted values; `share` of 0 is the first, of 1 the last.
double sorted_quantile(std::span<const double> sorted, double share) {
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

template <class Stretch>
Seconds overlap(const Stretch& stretch, Seconds from, Seconds to) {
  return std::max(Seconds{0}, std::min(stretch.end, to) - std::max(stretch.start, from));
}

void add_wear(WalkingDay& day, const LongRecording& recording, const WalkingDaysOptions& options) {
  const Seconds from = options.awake ? day.start + options.awake->from : day.start;
  const Seconds to = options.awake ? std::min(day.end, day.start + options.awake->to) : day.end;
  for (const RecordedStretch& stretch : recording.measured)
    day.measured += overlap(stretch, day.start, day.end);
  for (const WearStretch& stretch : recording.wear) {
    const Seconds time = overlap(stretch, day.start, day.end);
    if (stretch.state == WearState::worn) day.worn += time;
    if (stretch.state == WearState::motionless) day.motionless += time;
    if (stretch.state == WearState::not_worn) {
      day.not_worn += time;
    } else {
      day.awake_wear += overlap(stretch, from, to);
    }
  }
  day.counts = day.awake_wear >= options.least_wear;
}

void add_bouts(WalkingDay& day, std::span<const RecordedBout> bouts) {
  std::vector<double> cadence, speed, speed_short;
  for (const RecordedBout& bout : bouts) {
    if (bout.start < day.start || bout.start >= day.end) continue;
    const std::size_t length = bout_class(bout.end - bout.start);
    ++day.bouts[length];
    day.steps += bout.steps;
    day.walking_time += bout.walking_time;
    if (length >= 2) cadence.push_back(bout.cadence_per_min);
    if (length >= 1 && bout.speed_mps) (length >= 2 ? speed : speed_short).push_back(*bout.speed_mps);
  }
  day.cadence_per_min = spread_of(std::move(cadence));
  day.speed_mps = spread_of(std::move(speed));
  day.speed_short_mps = spread_of(std::move(speed_short));
}

}  // namespace

std::size_t bout_class(Seconds duration) {
  return static_cast<std::size_t>(std::count_if(kBoutLimitsS.begin(), kBoutLimitsS.end(),
                                                [&](double limit) { return duration.value() > limit; }));
}

std::optional<BoutSpread> spread_of(std::vector<double> values) {
  if (values.empty()) return std::nullopt;
  std::sort(values.begin(), values.end());
  BoutSpread spread;
  for (const double value : values) spread.mean += value;
  spread.mean /= static_cast<double>(values.size());
  spread.median = sorted_quantile(values, 0.5);
  spread.percentile_90 = sorted_quantile(values, 0.9);
  spread.bouts = values.size();
  return spread;
}

std::vector<WalkingDay> walking_days(const LongRecording& recording, std::span<const Seconds> starts,
                                     const WalkingDaysOptions& options) {
  std::vector<WalkingDay> days;
  for (std::size_t i = 0; i + 1 < starts.size(); ++i) {
    WalkingDay day;
    day.start = starts[i];
    day.end = starts[i + 1];
    add_wear(day, recording, options);
    add_bouts(day, recording.bouts);
    days.push_back(day);
  }
  return days;
}

}  // namespace reprise::engine

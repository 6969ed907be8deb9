// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/activity_series.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/time.h"
#include "sensing/signals/even_grid.h"

namespace reprise::sensing {

Result<void> add_activity(std::vector<ActivityPoint> points, Seconds step, Seconds max_gap,
                          SignalRecording& out) {
  points.erase(std::remove_if(points.begin(), points.end(),
                              [](const ActivityPoint& p) {
                                return !p.heart_rate_per_min && !p.cadence_per_min && !p.speed_mps;
                              }),
               points.end());
  if (points.empty())
    return fail(ErrorCode::nothing_measured, "reading an activity",
                "there is no heart rate, cadence or speed", "export an activity with a heart rate");
  std::stable_sort(points.begin(), points.end(),
                   [](const ActivityPoint& a, const ActivityPoint& b) { return a.time_s < b.time_s; });
  out.recorded_at = iso_timestamp(points.front().time_s);
  std::vector<double> times;
  std::vector<SignalChannel> channels = {{"heart_rate", "/min", {}, "heart_rate", {}, {}},
                                         {"cadence", "/min", {}, "cadence", {}, {}},
                                         {"speed", "m/s", {}, "speed", {}, {}}};
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const ActivityPoint& point : points) {
    times.push_back(point.time_s - points.front().time_s);
    channels[0].values.push_back(point.heart_rate_per_min.value_or(nan));
    channels[1].values.push_back(point.cadence_per_min.value_or(nan));
    channels[2].values.push_back(point.speed_mps.value_or(nan));
  }
  channels.erase(std::remove_if(channels.begin(), channels.end(),
                                [](const SignalChannel& c) {
                                  return std::none_of(c.values.begin(), c.values.end(),
                                                      [](double v) { return std::isfinite(v); });
                                }),
                 channels.end());
  EvenGridOptions grid;
  grid.rate = rate(step);
  grid.max_gap = max_gap;
  auto groups = even_groups(std::move(times), std::move(channels), grid, out.findings);
  if (!groups) return tl::unexpected(groups.error());
  for (auto& group : *groups) out.groups.push_back(std::move(group));
  return {};
}

std::string iso_timestamp(double seconds_since_1970) {
  const double bounded = std::clamp(seconds_since_1970, -6e10, 2e11);
  return date_time_text(static_cast<std::int64_t>(std::llround(bounded * 1000)));
}

}  // namespace reprise::sensing

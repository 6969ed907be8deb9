// SPDX-License-Identifier: Apache-2.0
#include "engine/camera_gait/gait_curves.h"

#include <algorithm>
#include <cmath>

namespace reprise::engine {
std::optional<GaitCycle> cycle_of(const LegTracks& tracks, std::span<const double> track, Seconds start,
                                  Seconds end) {
  const double from = tracks.sample(start);
  const double to = tracks.sample(end);
  if (from < 0 || !(to > from) || to > static_cast<double>(track.size() - 1)) return std::nullopt;
  GaitCycle cycle{};
  for (std::size_t i = 0; i < kCyclePoints; ++i) {
    const double share = static_cast<double>(i) / (kCyclePoints - 1);
    cycle[i] = value_at(track, from + share * (to - from));
  }
  return cycle;
}

std::optional<GaitCurve> mean_cycle(std::span<const GaitCycle> cycles) {
  if (cycles.empty()) return std::nullopt;
  GaitCurve curve;
  curve.strides = cycles.size();
  const auto n = static_cast<double>(cycles.size());
  for (std::size_t i = 0; i < kCyclePoints; ++i) {
    for (const GaitCycle& cycle : cycles) curve.mean[i] += cycle[i] / n;
    if (cycles.size() < 2) continue;
    double squares = 0;
    for (const GaitCycle& cycle : cycles) squares += (cycle[i] - curve.mean[i]) * (cycle[i] - curve.mean[i]);
    curve.sd[i] = std::sqrt(squares / (n - 1));
  }
  return curve;
}

double largest_from(const GaitCycle& cycle, double share) {
  const auto from = static_cast<std::ptrdiff_t>(std::clamp(share, 0.0, 1.0) * (kCyclePoints - 1));
  return *std::max_element(cycle.begin() + from, cycle.end());
}

double range_of(const GaitCycle& cycle) {
  const auto [least, most] = std::minmax_element(cycle.begin(), cycle.end());
  return *most - *least;
}

}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#include "engine/camera_gait/gait_curves.h"

#include <algorithm>
#include <cmath>

#include "engine/signal/interpolate.h"

namespace reprise::engine {
namespace {

constexpr Seconds kLongestGap{0.2};

}  // namespace

std::optional<GaitCycle> cycle_of(std::span<const Seconds> times,
                                  std::span<const std::optional<double>> values, Seconds start, Seconds end) {
  // A sample before and after are taken along, so that the ends lie between two.
  std::vector<double> at;
  std::vector<double> known;
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (!values[i]) continue;
    const bool before = times[i] <= start;
    if (before) {
      at.clear();
      known.clear();
    }
    at.push_back(times[i].value());
    known.push_back(*values[i]);
    if (times[i] >= end) break;
  }
  if (at.size() < 2 || at.front() > start.value() || at.back() < end.value()) return std::nullopt;
  for (std::size_t i = 1; i < at.size(); ++i) {
    if (at[i] - at[i - 1] > kLongestGap.value()) return std::nullopt;
  }
  std::vector<double> wanted;
  for (std::size_t i = 0; i < kCyclePoints; ++i) {
    const double share = static_cast<double>(i) / (kCyclePoints - 1);
    wanted.push_back(std::min(end.value(), start.value() + share * (end - start).value()));
  }
  const auto sampled = interpolate(at, known, wanted, Interpolation::pchip);
  if (!sampled) return std::nullopt;
  GaitCycle cycle{};
  std::copy(sampled->begin(), sampled->end(), cycle.begin());
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

// SPDX-License-Identifier: Apache-2.0
#include "engine/function_tests/curve.h"

#include <algorithm>

namespace reprise::engine {
namespace {

template <class Better>
std::optional<CurvePoint> best_in(const Curve& curve, Seconds from, Seconds to, Better better) {
  std::optional<CurvePoint> best;
  for (std::size_t i = index_from(curve, from); i < curve.size() && curve.times[i] <= to; ++i) {
    if (curve.values[i] && (!best || better(*curve.values[i], best->value))) best = {i, *curve.values[i]};
  }
  return best;
}

// Between two measured moments on either side of the level.
Seconds between(const Curve& curve, std::size_t a, std::size_t b, double level) {
  const double from = *curve.values[a];
  const double to = *curve.values[b];
  const double share = to == from ? 0 : (level - from) / (to - from);
  return curve.times[a] + share * (curve.times[b] - curve.times[a]);
}

std::optional<Seconds> crossing(const Curve& curve, std::size_t at, double level, Seconds limit, int step) {
  if (at >= curve.size() || !curve.values[at]) return std::nullopt;
  const bool above = *curve.values[at] > level;
  std::size_t inner = at;
  for (std::size_t i = at; step < 0 ? i > 0 : i + 1 < curve.size();) {
    i = step < 0 ? i - 1 : i + 1;
    if (step < 0 ? curve.times[i] < limit : curve.times[i] > limit) return std::nullopt;
    if (!curve.values[i]) continue;
    if ((*curve.values[i] > level) != above) return between(curve, inner, i, level);
    inner = i;
  }
  return std::nullopt;
}

constexpr double kTenth = 0.1;

double level_at(const CurvePoint& point, double to, double share) {
  return point.value + share * (to - point.value);
}

}  // namespace

std::size_t index_from(const Curve& curve, Seconds time) {
  return static_cast<std::size_t>(std::lower_bound(curve.times.begin(), curve.times.end(), time) -
                                  curve.times.begin());
}

std::optional<CurvePoint> largest_in(const Curve& curve, Seconds from, Seconds to) {
  return best_in(curve, from, to, [](double a, double b) { return a > b; });
}

std::optional<CurvePoint> smallest_in(const Curve& curve, Seconds from, Seconds to) {
  return best_in(curve, from, to, [](double a, double b) { return a < b; });
}

std::optional<Seconds> last_crossing_before(const Curve& curve, std::size_t at, double level, Seconds limit) {
  return crossing(curve, at, level, limit, -1);
}

std::optional<Seconds> first_crossing_after(const Curve& curve, std::size_t at, double level, Seconds limit) {
  return crossing(curve, at, level, limit, 1);
}

std::optional<detail::MovementBounds> movement_before(const Curve& curve, const CurvePoint& point, double to,
                                                      Seconds limit) {
  const auto late = last_crossing_before(curve, point.at, level_at(point, to, kTenth), limit);
  const auto early = last_crossing_before(curve, point.at, level_at(point, to, 1 - kTenth), limit);
  if (!early || !late) return std::nullopt;
  return detail::minimum_jerk_bounds(*early, *late);
}

std::optional<detail::MovementBounds> movement_after(const Curve& curve, const CurvePoint& point, double to,
                                                     Seconds limit) {
  const auto early = first_crossing_after(curve, point.at, level_at(point, to, kTenth), limit);
  const auto late = first_crossing_after(curve, point.at, level_at(point, to, 1 - kTenth), limit);
  if (!early || !late) return std::nullopt;
  return detail::minimum_jerk_bounds(*early, *late);
}

}  // namespace reprise::engine

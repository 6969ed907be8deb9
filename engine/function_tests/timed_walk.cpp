// SPDX-License-Identifier: Apache-2.0
#include "engine/function_tests/timed_walk.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/function_tests/chair_stands.h"
#include "engine/kinematics/view.h"
#include "engine/signal/median.h"

namespace reprise::engine {
namespace {

constexpr const char* kTimedWalkStage = "Timed Up and Go by camera";
constexpr Seconds kSmoothing{0.2};     // to each side
constexpr double kRisesBy = 0.2;       // leg lengths at least, from the chair; unsourced
constexpr Seconds kShortestWalk{1.5};  // between both turns' middles; unsourced
constexpr double kQuarterTurn = kPi / 2;

std::optional<double> median_between(const Curve& curve, Seconds from, Seconds to) {
  std::vector<double> values;
  for (std::size_t i = index_from(curve, from); i < curve.size() && curve.times[i] <= to; ++i) {
    if (curve.values[i]) values.push_back(*curve.values[i]);
  }
  if (values.empty()) return std::nullopt;
  return exact_median(std::move(values));
}

std::optional<CurvePoint> point_at(const Curve& curve, Seconds time) {
  for (std::size_t i = index_from(curve, time); i < curve.size(); ++i) {
    if (curve.values[i]) return CurvePoint{i, *curve.values[i]};
  }
  return std::nullopt;
}

tl::unexpected<Error> no_timed_walk(std::string cause) {
  return fail(
      ErrorCode::nothing_measured, kTimedWalkStage, std::move(cause),
      "film the whole test without moving the camera, seated before and after it, with the chair and the "
      "mark at three meters in the picture");
}

/// The way of a curve between the levels before and after a moment in the middle of it.
std::optional<detail::MovementBounds> way_through(const Curve& curve, Seconds middle, double before,
                                                  double after, Seconds first, Seconds last) {
  const auto point = point_at(curve, middle);
  if (!point) return std::nullopt;
  constexpr double kTenthOfWay = 0.1;
  const auto early = last_crossing_before(curve, point->at, before + kTenthOfWay * (after - before), first);
  const auto late = first_crossing_after(curve, point->at, after - kTenthOfWay * (after - before), last);
  if (!early || !late) return std::nullopt;
  return detail::minimum_jerk_bounds(*early, *late);
}

/// When the curve first, or last, lies beyond the middle between two levels.
std::optional<Seconds> passes_half(const Curve& curve, double from, double to, bool first) {
  const double half = (from + to) / 2;
  std::optional<Seconds> found;
  for (std::size_t i = 0; i < curve.size(); ++i) {
    if (!curve.values[i] || (*curve.values[i] > half) != (to > from)) continue;
    found = curve.times[i];
    if (first) return found;
  }
  return found;
}

Turn turn_of(const detail::MovementBounds& bounds, double angle) {
  // A minimum-jerk movement is fastest in its middle, at 15/8 of its mean speed.
  constexpr double kPeakOfMean = 15.0 / 8;
  Turn turn;
  turn.start = bounds.start;
  turn.end = bounds.end;
  turn.angle = Radians{angle};
  turn.peak_rate_radps = std::abs(angle) * kPeakOfMean / (bounds.end - bounds.start).value();
  return turn;
}

/// The moments between which the person stands, and how high the hips are then and on the chair.
struct Upright {
  Seconds from;  ///< halfway up
  Seconds to;    ///< halfway down
  double seat = 0;
  double standing = 0;
};

Result<Upright> upright_of(const Curve& hips) {
  const Seconds first = hips.times.front();
  const Seconds last = hips.times.back();
  constexpr Seconds kSeated{0.5};
  const auto before = median_between(hips, first, first + kSeated);
  const auto after = median_between(hips, last - kSeated, last);
  const auto most = largest_in(hips, first, last);
  if (!before || !after || !most) return no_timed_walk("the hips and feet are not seen");
  Upright upright;
  upright.seat = (*before + *after) / 2;
  if (most->value - *before < kRisesBy) return no_timed_walk("it does not begin seated, or no one rises");
  if (most->value - *after < kRisesBy) return no_timed_walk("it does not end seated");
  upright.from = *passes_half(hips, *before, most->value, true);
  upright.to = *passes_half(hips, *after, most->value, false);
  // Steps lower the hips, so their place while standing is near the highest; the highest may be a slip.
  std::vector<double> heights;
  for (std::size_t i = index_from(hips, upright.from); i < hips.size() && hips.times[i] <= upright.to; ++i) {
    if (hips.values[i]) heights.push_back(*hips.values[i]);
  }
  std::sort(heights.begin(), heights.end());
  constexpr double kNearHighest = 0.9;
  upright.standing =
      heights.empty()
          ? most->value
          : heights[static_cast<std::size_t>(kNearHighest * static_cast<double>(heights.size() - 1))];
  return upright;
}

/// The way of the thighs from level on the chair, 0, to hanging, 1: its cosine lifts the hips. Unlike their
/// height it goes on to the end of rising.
Curve thigh_ways(const Curve& hips, const Upright& upright) {
  Curve ways = hips;
  for (auto& value : ways.values) {
    if (!value) continue;
    const double lifted = (*value - upright.seat) / (upright.standing - upright.seat);
    value = 1 - std::acos(std::clamp(lifted, 0.0, 1.0)) / (kPi / 2);
  }
  return ways;
}

// Shares of the way at which it is timed, and of the time at which a minimum-jerk movement passes them. Steps
// hide the end.
constexpr double kEarlyWay = 0.1, kLateWay = 0.7;
constexpr double kEarlyTime = 0.246636, kLateTime = 0.610176;

std::optional<detail::MovementBounds> rise_through(const Curve& ways, Seconds halfway, Seconds first) {
  const auto point = point_at(ways, halfway);
  if (!point) return std::nullopt;
  const auto early = last_crossing_before(ways, point->at, kEarlyWay, first);
  const auto late = *ways.values[point->at] < kLateWay
                        ? first_crossing_after(ways, point->at, kLateWay, ways.times.back())
                        : last_crossing_before(ways, point->at, kLateWay, first);
  if (!early || !late) return std::nullopt;
  const Seconds duration = (*late - *early) / (kLateTime - kEarlyTime);
  return detail::MovementBounds{*early - kEarlyTime * duration, *early + (1 - kEarlyTime) * duration};
}

std::optional<detail::MovementBounds> sit_through(const Curve& ways, Seconds halfway) {
  const auto point = point_at(ways, halfway);
  if (!point) return std::nullopt;
  const Seconds last = ways.times.back();
  const auto late = first_crossing_after(ways, point->at, kEarlyWay, last);
  const auto early = *ways.values[point->at] < kLateWay
                         ? last_crossing_before(ways, point->at, kLateWay, ways.times.front())
                         : first_crossing_after(ways, point->at, kLateWay, last);
  if (!early || !late) return std::nullopt;
  const Seconds duration = (*late - *early) / (kLateTime - kEarlyTime);
  return detail::MovementBounds{*late - (1 - kEarlyTime) * duration, *late + kEarlyTime * duration};
}

/// Both turns, between the directions in which the person faces before, between and after them.
struct BothTurns {
  Turn turn;
  Turn turn_to_sit;
};

Result<BothTurns> turns_of(const Curve& facing, const Upright& upright) {
  constexpr Seconds kAtTheEnds{0.7};
  const Seconds first = facing.times.front();
  const Seconds last = facing.times.back();
  const auto out = median_between(facing, first, std::max(upright.from, first + kAtTheEnds));
  const auto seated = median_between(facing, last - kAtTheEnds, last);
  if (!out || !seated) return no_timed_walk("the person's direction is not seen");
  std::optional<Seconds> turned;
  std::optional<Seconds> turns_back;
  for (std::size_t i = 0; i < facing.size(); ++i) {
    if (!facing.values[i] || facing.times[i] < upright.from) continue;
    if (!turned && std::abs(*facing.values[i] - *out) > kQuarterTurn) turned = facing.times[i];
    if (turned && facing.times[i] <= last && std::abs(*facing.values[i] - *seated) > kQuarterTurn)
      turns_back = facing.times[i];
  }
  if (!turned || !turns_back || *turns_back - *turned < kShortestWalk)
    return no_timed_walk("no walk with a turn of half a circle and one back to the chair was seen");
  const Seconds third = (*turns_back - *turned) / 3;
  const auto back = median_between(facing, *turned + third, *turns_back - third);
  if (!back) return no_timed_walk("the person's direction is not seen on the way back");
  const auto turn = way_through(facing, *turned, *out, *back, upright.from - kAtTheEnds, *turns_back);
  const auto to_sit = way_through(facing, *turns_back, *back, *seated, *turned, last);
  if (!turn || !to_sit) return no_timed_walk("a turn is not seen from its start to its end");
  return BothTurns{turn_of(*turn, *back - *out), turn_of(*to_sit, *seated - *back)};
}

}  // namespace

Curve facing_curve(std::span<const PoseFrame> frames) {
  Curve raw;
  double turned = 0;
  std::optional<double> before;
  for (const PoseFrame& frame : frames) {
    raw.times.push_back(frame.time);
    const auto azimuth = frame.pose ? facing_azimuth(*frame.pose) : std::nullopt;
    if (!azimuth) {
      raw.values.emplace_back();
      continue;
    }
    if (before) turned += std::remainder(azimuth->value() - *before, 2 * kPi);
    if (!before) turned = azimuth->value();
    before = azimuth->value();
    raw.values.emplace_back(turned);
  }
  Curve smooth{raw.times, std::vector<std::optional<double>>(raw.size())};
  for (std::size_t i = 0; i < raw.size(); ++i)
    smooth.values[i] = median_between(raw, raw.times[i] - kSmoothing, raw.times[i] + kSmoothing);
  return smooth;
}

Result<TimedUpAndGo> timed_up_and_go_by_camera(const TimedWalkCurves& curves) {
  const Curve& hips = curves.hip_height;
  if (hips.size() == 0 || hips.size() != curves.facing_rad.size() ||
      hips.size() != curves.trunk_inclination_rad.size())
    return no_timed_walk("there are no pictures");
  const auto upright = upright_of(hips);
  if (!upright) return tl::unexpected(upright.error());
  const auto turns = turns_of(curves.facing_rad, *upright);
  if (!turns) return tl::unexpected(turns.error());
  const Seconds first = hips.times.front();
  const Curve thighs = thigh_ways(hips, *upright);
  const auto rise = rise_through(thighs, upright->from, first);
  const auto sit = sit_through(thighs, upright->to);
  if (!rise || !sit) return no_timed_walk("rising or sitting down is not seen from its start to its end");

  TimedUpAndGo test;
  test.turn = turns->turn;
  test.turn_to_sit = turns->turn_to_sit;
  test.start = rise->start;
  if (const auto lean = lean_before(curves.trunk_inclination_rad, first, rise->start, rise->end))
    test.start = std::min(test.start, *lean);
  test.end = sit->end;
  using Phase = TimedUpAndGoPhase;
  test.phases = {{Phase::rise, test.start, rise->end},
                 {Phase::walk_out, rise->end, std::max(rise->end, test.turn.start)},
                 {Phase::turn, test.turn.start, test.turn.end},
                 {Phase::walk_back, test.turn.end, std::max(test.turn.end, test.turn_to_sit.start)},
                 {Phase::turn_to_sit, test.turn_to_sit.start, test.turn_to_sit.end},
                 {Phase::sit_down, sit->start, test.end}};
  return test;
}

}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#include "engine/function_tests/chair_stands.h"

#include <algorithm>

namespace reprise::engine {
namespace {

constexpr Seconds kAroundTop{0.7};    // within which the knees are straightest; unsourced
constexpr Seconds kAroundLegs{0.6};   // of their start, within which the trunk leans most; unsourced
constexpr Seconds kLongestLean{2.5};  // from the lean's start to its most; unsourced

class StandMeasurer {
 public:
  StandMeasurer(const ChairCurves& curves, const ChairStandOptions& options)
      : curves_(curves), options_(options) {}

  /// `not_before`: the top before it; `seated`: sitting down after that has ended; `not_after`: the next top.
  [[nodiscard]] std::optional<ChairStand> measure(Seconds top, Seconds not_before, Seconds seated,
                                                  Seconds not_after) {
    const Curve& knee = curves_.knee_flexion_rad;
    const auto straight =
        smallest_in(knee, std::max(not_before, top - kAroundTop), std::min(not_after, top + kAroundTop));
    if (!straight) return std::nullopt;
    const auto bent = largest_in(knee, not_before, knee.times[straight->at]);
    if (!bent) return std::nullopt;
    const auto rise = movement_before(knee, *straight, bent->value, not_before);
    if (!rise) return std::nullopt;
    ChairStand stand{rise->start, std::min(rise->end, not_after)};
    if (const auto lean =
            lean_before(curves_.trunk_inclination_rad, seated, rise->start, rise->end, options_))
      stand.rise_start = std::min(*lean, rise->start);
    stand.fault = fault_of(stand, rise->start, *straight, not_before);
    add_sitting(stand, *straight, not_after);
    return stand;
  }

 private:
  /// `knees`: when they begin to stretch.
  [[nodiscard]] ChairFault fault_of(const ChairStand& stand, Seconds knees, const CurvePoint& straight,
                                    Seconds not_before) {
    const Curve& hips = curves_.hip_height;
    const auto up = largest_in(hips, stand.rise_start, stand.rise_end + kAroundTop);
    const auto down = smallest_in(hips, not_before, stand.rise_end);
    if (up && down) {
      if (!chair_seen_ && rested(*down, knees, up->value - down->value)) {
        chair_seen_ = true;
        seat_ = down->value;
      }
      const double way = up->value - seat_;
      if (!chair_seen_ || up->value - down->value < options_.least_way_down * way)
        return ChairFault::not_seated;
    }
    if (straight.value > options_.most_knee_flexion.value()) return ChairFault::not_upright;
    const auto lean =
        smallest_in(curves_.trunk_inclination_rad, stand.rise_end - kAroundTop, stand.rise_end + kAroundTop);
    if (lean && lean->value > options_.most_trunk_lean.value()) return ChairFault::not_upright;
    return ChairFault::none;
  }

  /// Whether the hips stayed down for long enough before a rise: a knee bend turns at once.
  [[nodiscard]] bool rested(const CurvePoint& down, Seconds knees, double way) const {
    const Curve& hips = curves_.hip_height;
    const double still = down.value + options_.still * way;
    const auto came = last_crossing_before(hips, down.at, still, hips.times.front());
    const auto left = first_crossing_after(hips, down.at, still, hips.times.back());
    if (!came) return true;  // the recording begins seated
    return std::max(knees, left.value_or(knees)) - *came >= options_.least_rest;
  }

  void add_sitting(ChairStand& stand, const CurvePoint& straight, Seconds not_after) const {
    const Curve& knee = curves_.knee_flexion_rad;
    const auto bent = largest_in(knee, knee.times[straight.at], not_after);
    if (!bent || bent->value - straight.value < options_.most_knee_flexion.value()) return;
    auto sit = movement_after(knee, straight, bent->value, not_after);
    if (!sit) return;
    // Knees that bend farther for the next rise are no part of sitting down.
    const auto seated = largest_in(knee, knee.times[straight.at], sit->end);
    if (seated) sit = movement_after(knee, straight, seated->value, not_after);
    if (!sit) return;
    stand.sit_start = std::max(stand.rise_end, sit->start);
    stand.sit_end = std::min(not_after, sit->end);
  }

  const ChairCurves& curves_;
  const ChairStandOptions& options_;
  bool chair_seen_ = false;
  double seat_ = 0;  ///< height of the hips on the chair, once it is seen
};

}  // namespace

std::optional<Seconds> lean_before(const Curve& trunk_inclination_rad, Seconds not_before, Seconds legs,
                                   Seconds top, const ChairStandOptions& options) {
  const Curve& lean = trunk_inclination_rad;
  const auto most =
      largest_in(lean, std::max(not_before, legs - kAroundLegs), std::min(top, legs + kAroundLegs));
  if (!most) return std::nullopt;
  const Seconds peak = lean.times[most->at];
  const Seconds limit = std::max(not_before, std::min(peak, legs) - kLongestLean);
  const auto upright = smallest_in(lean, limit, peak);
  if (!upright || most->value - upright->value < options.least_lean.value()) return std::nullopt;
  // From the last moment at which it was upright: before, the person may have leaned back or forth.
  const auto bounds = movement_before(lean, *most, upright->value, lean.times[upright->at]);
  if (!bounds) return std::nullopt;
  return std::max(not_before, bounds->start);
}

Result<std::vector<ChairStand>> measure_chair_stands(const ChairCurves& curves, std::span<const Seconds> tops,
                                                     const ChairStandOptions& options) {
  for (const Curve* curve : {&curves.knee_flexion_rad, &curves.trunk_inclination_rad, &curves.hip_height}) {
    if (curve->times.size() == curve->values.size()) continue;
    return fail(ErrorCode::invalid_argument, "measuring rises",
                "a curve has another number of times and values", "give one value, or none, for each moment");
  }
  std::vector<ChairStand> stands;
  const Curve& knee = curves.knee_flexion_rad;
  if (knee.times.empty() || tops.empty()) return stands;
  StandMeasurer measurer{curves, options};
  for (std::size_t i = 0; i < tops.size(); ++i) {
    const Seconds before = i > 0 ? tops[i - 1] : knee.times.front();
    const Seconds after = i + 1 < tops.size() ? tops[i + 1] : knee.times.back();
    const Seconds seated = stands.empty() || !stands.back().sit_end ? before : *stands.back().sit_end;
    if (auto stand = measurer.measure(tops[i], before, seated, after)) stands.push_back(*stand);
  }
  return stands;
}

int stands_within(std::span<const ChairStand> stands, Seconds start, Seconds duration) {
  return static_cast<int>(std::count_if(stands.begin(), stands.end(), [&](const ChairStand& stand) {
    return stand.counts() && stand.rise_start >= start &&
           0.5 * (stand.rise_start + stand.rise_end) <= start + duration;
  }));
}

}  // namespace reprise::engine

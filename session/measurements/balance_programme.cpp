// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/balance_programme.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace reprise::session {
namespace {

constexpr const char* kBalanceStage = "summing up a session of a balance programme";
// The page looks at its clock this often at the least; a hold may end that much late. Unsourced default.
constexpr Seconds kLate{1};

tl::unexpected<Error> wrong_hold(std::string cause) {
  return fail(ErrorCode::invalid_argument, kBalanceStage, std::move(cause),
              "give the holds in the order in which they were done, with their own times");
}

bool is_amount(const std::optional<double>& value) {
  return !value || (std::isfinite(*value) && *value >= 0);
}

Result<void> check_holds(std::span<const BalanceHold> holds) {
  if (holds.empty()) {
    return fail(ErrorCode::nothing_measured, kBalanceStage, "no hold was done",
                "start the session and do at least one");
  }
  Seconds last{0};
  for (const BalanceHold& hold : holds) {
    if (hold.part.empty()) return wrong_hold("a hold names no stance");
    if (!(hold.start >= last) || !std::isfinite(hold.start.value()) ||
        !(hold.held.value_or(Seconds{0}) >= Seconds{0}))
      return wrong_hold("the holds are out of order");
    if (!(hold.planned > Seconds{0}) || !std::isfinite(hold.planned.value()) ||
        !(hold.held.value_or(Seconds{0}) <= hold.planned + kLate))
      return wrong_hold("a hold lasted longer than planned");
    if (hold.whole && !(hold.held.value_or(Seconds{0}) >= hold.planned))
      return wrong_hold("a hold to the end ended early");
    if (!is_amount(hold.acceleration_rms_mps2) || !is_amount(hold.sway_angle_rad))
      return wrong_hold("the sway of a hold is impossible");
    last = hold.start + hold.held.value_or(Seconds{0});
  }
  return {};
}

bool same_level(const BalanceHold& a, const BalanceHold& b) {
  return a.part == b.part && a.side == b.side;
}

void add_sway_of(MeasurementDocument& d, SignalMeasure measure, std::span<const BalanceHold> all,
                 const BalanceHold& level, std::optional<double> BalanceHold::*value) {
  std::vector<double> values;
  for (const BalanceHold& hold : all)
    if (same_level(hold, level) && hold.*value) values.push_back(*(hold.*value));
  if (const auto mean = repeated(values))
    add_mean(d, measure, *mean, {.side = level.side, .part = level.part});
}

void add_level(MeasurementDocument& d, std::span<const BalanceHold> all, const BalanceHold& level) {
  std::optional<double> longest_s;
  int count = 0;
  int whole = 0;
  for (const BalanceHold& hold : all) {
    if (!same_level(hold, level)) continue;
    if (hold.held) longest_s = std::max(longest_s.value_or(0), std::min(*hold.held, hold.planned).value());
    ++count;
    whole += hold.whole ? 1 : 0;
  }
  const auto add = [&](SignalMeasure measure, double value, bool primary) {
    add_value(d, measure, value, {.side = level.side, .part = level.part, .primary = primary});
  };
  if (longest_s) add(SignalMeasure::hold_time, *longest_s, true);
  add(SignalMeasure::holds, count, false);
  add(SignalMeasure::holds_whole, whole, true);
  add_sway_of(d, SignalMeasure::trunk_acceleration_rms, all, level, &BalanceHold::acceleration_rms_mps2);
  add_sway_of(d, SignalMeasure::trunk_sway_angle, all, level, &BalanceHold::sway_angle_rad);
}

}  // namespace

Result<MeasurementDocument> measure_balance_programme(const MeasurementInput& input,
                                                      std::span<const BalanceHold> holds) {
  if (auto right = check_holds(holds); !right) return tl::unexpected(right.error());
  MeasurementDocument d = begin_measurement(MeasurementKind::balance_programme,
                                            "Stances held against a clock. The end, the support and steps "
                                            "are as the person told; sway of the trunk, "
                                            "where there is any, as by one inertial sensor.",
                                            input);
  d.not_measured = {"whether the feet stood as shown", "whether the eyes were closed"};
  EventTable table{"holds", {SignalMeasure::hold_time}, {}};
  for (std::size_t i = 0; i < holds.size(); ++i) {
    const BalanceHold& hold = holds[i];
    const auto earlier = holds.first(i);
    const bool is_new = std::none_of(earlier.begin(), earlier.end(),
                                     [&](const BalanceHold& one) { return same_level(one, hold); });
    if (is_new) add_level(d, holds, hold);
    const std::optional<double> held_s = hold.held ? std::optional{hold.held->value()} : std::nullopt;
    table.rows.push_back({hold.start,
                          hold.start + hold.held.value_or(hold.planned),
                          hold.side,
                          hold.part,
                          hold.whole ? "" : "support",
                          {held_s}});
  }
  d.tables.push_back(std::move(table));
  return d;
}

}  // namespace reprise::session

// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/standing_tasks.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/balance/romberg.h"
#include "engine/balance/stance.h"

namespace reprise::session {
namespace {

using engine::QuietStance;
using enum SignalMeasure;

constexpr double kLeanMm = 1000;

constexpr std::array<const char*, engine::kLeanDirections> kDirections = {
    "anterior",  "anterior_right", "right", "posterior_right",
    "posterior", "posterior_left", "left",  "anterior_left"};

// "anterior_right" as a report says it.
std::string lean_words(std::string_view direction) {
  std::string words{direction};
  for (const auto& [code, word] : {std::pair{"anterior", "forward"}, {"posterior", "backward"}}) {
    if (const auto at = words.find(code); at != std::string::npos)
      words.replace(at, std::string_view{code}.size(), word);
  }
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

const char* end_words(engine::StanceEnd end) {
  switch (end) {
    case engine::StanceEnd::recording_ended: return "recording_ended";
    case engine::StanceEnd::unloaded: return "unloaded";
    case engine::StanceEnd::cop_jump: return "step";
    case engine::StanceEnd::other_foot_down: return "other_foot_down";
    case engine::StanceEnd::foot_lifted: return "foot_lifted";
    case engine::StanceEnd::samples_missing: return "samples_missing";
    case engine::StanceEnd::trunk_movement: return "trunk_movement";
  }
  return "";
}

std::optional<Side> side_of_foot(engine::StandingFoot foot) {
  if (foot == engine::StandingFoot::both) return std::nullopt;
  return foot == engine::StandingFoot::left ? Side::left : Side::right;
}

void add_stance_values(MeasurementDocument& d, const std::vector<QuietStance>& stances,
                       const std::string& part) {
  EventTable table{"stances", {stance_time}, {}};
  if (!d.tables.empty() && d.tables.back().events == table.events) {
    table = std::move(d.tables.back());
    d.tables.pop_back();
  }
  for (const auto& side : {std::optional<Side>{}, std::optional{Side::left}, std::optional{Side::right}}) {
    std::optional<double> longest_s;
    for (const QuietStance& s : stances) {
      if (side_of_foot(s.foot) != side) continue;
      const double time_s = (s.end - s.start).value();
      longest_s = std::max(longest_s.value_or(0), time_s);
      table.rows.push_back({s.start, s.end, side, part + "." + end_words(s.reason), "", {time_s}});
    }
    add_value(d, stance_time, longest_s, {.side = side, .part = part, .primary = true});
  }
  if (stances.empty()) d.not_measured.push_back(part + ": the person never stood so");
  d.tables.push_back(std::move(table));
}

}  // namespace

Result<void> add_limits_of_stability(MeasurementDocument& d, const StandingOnPlate& standing,
                                     const BalanceOptions& options) {
  const auto longest = engine::longest_path(standing.cop);
  if (!longest) return tl::unexpected(longest.error());
  engine::LimitsOfStabilityOptions limits;
  limits.foot_length = options.foot_length;
  const auto found = engine::limits_of_stability(longest->path, limits);
  if (!found) return tl::unexpected(found.error());
  if (found->mean_excursion) add_value(d, lean, found->mean_excursion->value(), {.primary = true});
  SignalPlot plot{"leans", "mm", "mm", false, {}, {}, {}};
  PlotLine path{"path", std::nullopt, {}, {}};
  const std::size_t step = 1 + longest->path.ap_m.size() / kPlotPoints;
  for (std::size_t i = 0; i < longest->path.ap_m.size(); i += step) {
    path.x.push_back((longest->path.ml_m[i] - found->neutral.ml_m) * kLeanMm);
    path.y.push_back((longest->path.ap_m[i] - found->neutral.ap_m) * kLeanMm);
  }
  plot.lines.push_back(std::move(path));
  for (std::size_t i = 0; i < engine::kLeanDirections; ++i) {
    const auto& one = found->leans[i];
    if (!one) {
      d.not_measured.push_back("lean " + lean_words(kDirections[i]) +
                               ": it was not tried, or is within the sway");
      continue;
    }
    add_value(d, lean, one->excursion.value(), {.part = kDirections[i]});
    add_value(d, lean_share, one->foot_length_share, {.part = kDirections[i]});
    const double angle = 2 * kPi * static_cast<double>(i) / engine::kLeanDirections;
    plot.marks.push_back({"largest_lean", one->excursion.value() * std::sin(angle) * kLeanMm,
                          one->excursion.value() * std::cos(angle) * kLeanMm, std::nullopt});
  }
  d.plots.push_back(std::move(plot));
  return {};
}

Result<void> add_stances(MeasurementDocument& d, const StandingOnPlate& standing) {
  if (standing.vertical_force_n.empty()) {
    return fail(ErrorCode::nothing_measured, "measuring standing times", "the plate gives no vertical force",
                "record the vertical force with the center of pressure");
  }
  // The center of pressure ends where the plate is left, the force goes on.
  std::vector<std::optional<engine::CopPoint>> cop = standing.cop.points;
  cop.resize(standing.vertical_force_n.size());
  const auto stances = engine::stances_on_plate(standing.cop.rate, standing.vertical_force_n, cop);
  if (!stances) return tl::unexpected(stances.error());
  add_stance_values(d, *stances, standing.part);
  return {};
}

Result<void> add_stances(MeasurementDocument& d, const StandingOnInsoles& standing) {
  engine::InsoleStanceOptions options;
  options.on_both_feet = standing.part == kTandem;
  const auto stances = engine::stances_on_insoles(standing.feet.rate, standing.feet.left.force_n,
                                                  standing.feet.right.force_n, options);
  if (!stances) return tl::unexpected(stances.error());
  add_stance_values(d, *stances, standing.part);
  return {};
}

Result<void> add_stances(MeasurementDocument& d, const StandingWithSensor& standing) {
  const auto stances = engine::stances_by_trunk(standing.trunk);
  if (!stances) return tl::unexpected(stances.error());
  add_stance_values(d, *stances, standing.part);
  return {};
}

}  // namespace reprise::session

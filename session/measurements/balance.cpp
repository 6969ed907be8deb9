// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/balance.h"

#include <cmath>
#include <numbers>

#include "engine/balance/diffusion.h"
#include "engine/balance/romberg.h"
#include "engine/balance/sway.h"
#include "engine/balance/trunk_sway.h"
#include "engine/balance/weight_bearing.h"
#include "engine/signal/median.h"
#include "session/measurements/standing_tasks.h"

namespace reprise::session {
namespace {

constexpr double kMmPerM = 1000;
constexpr double kLeastShareKept = 0.9;  // of a recording's samples; below, a warning says so

// Means over windows of ten seconds, for the spread within the recording; the value itself is the whole's.
constexpr Seconds kVelocityWindow{10};

std::optional<RepeatedValue> velocity_by_windows(const engine::CopPath& path) {
  const auto window = static_cast<std::size_t>(std::lround(kVelocityWindow.value() * path.rate.value()));
  std::vector<double> velocities;
  for (std::size_t begin = 0; begin + window < path.ap_m.size(); begin += window) {
    double length = 0;
    for (std::size_t i = begin; i < begin + window; ++i)
      length += std::hypot(path.ap_m[i + 1] - path.ap_m[i], path.ml_m[i + 1] - path.ml_m[i]);
    velocities.push_back(length / kVelocityWindow.value());
  }
  return repeated(velocities);
}

void add_direction(MeasurementDocument& d, const engine::SwayDirection& s, const ValueOf& of, bool ap) {
  using enum SignalMeasure;
  add_value(d, ap ? sway_velocity_ap : sway_velocity_ml, s.mean_velocity_mps, of);
  add_value(d, ap ? sway_rms_ap : sway_rms_ml, s.rms_m, of);
  add_value(d, ap ? sway_range_ap : sway_range_ml, s.range_m, of);
  add_value(d, ap ? sample_entropy_ap : sample_entropy_ml, s.sample_entropy, of);
}

void add_sway(MeasurementDocument& d, const engine::SwayMeasures& s, const engine::CopPath& path,
              const ValueOf& of) {
  using enum SignalMeasure;
  const ValueOf first{of.side, of.part, true};
  const auto windows = velocity_by_windows(path);
  MeasuredValue velocity{sway_velocity, of.side,      of.part, s.mean_velocity_mps,
                         std::nullopt,  std::nullopt, 0,       true};
  if (windows && windows->sd) {
    velocity.spread = windows->sd;
    velocity.count = static_cast<int>(windows->count);
    velocity.uncertainty = uncertainty_of(*windows);
  }
  d.values.push_back(std::move(velocity));
  add_value(d, sway_area, s.ellipse.area, first);
  add_value(d, sway_path, s.path_length_m, of);
  add_value(d, sway_mean_frequency, s.mean_frequency.value(), first);
  add_value(d, sway_median_frequency, s.median_frequency.value(), of);
  add_direction(d, s.ap, of, true);
  add_direction(d, s.ml, of, false);
}

void add_diffusion(MeasurementDocument& d, const engine::CopPath& path, const std::string& part) {
  const auto diffusion = engine::stabilogram_diffusion(path);
  if (!diffusion) {
    d.not_measured.push_back("diffusion: " + diffusion.error().cause);
    return;
  }
  using enum SignalMeasure;
  add_value(d, diffusion_short, diffusion->planar.short_term_m2ps, {.part = part});
  add_value(d, diffusion_long, diffusion->planar.long_term_m2ps, {.part = part});
  if (diffusion->planar.critical_time)
    add_value(d, diffusion_critical_time, diffusion->planar.critical_time->value(), {.part = part});
}

double mean_of(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

std::vector<double> in_mm(std::span<const double> values, double middle) {
  std::vector<double> mm;
  mm.reserve(values.size());
  for (const double value : values) mm.push_back((value - middle) * kMmPerM);
  return mm;
}

// Every so many samples, so that a path stays below the limit of points.
std::vector<double> thinned_path(const std::vector<double>& values) {
  const std::size_t step = 1 + values.size() / kPlotPoints;
  std::vector<double> kept;
  for (std::size_t i = 0; i < values.size(); i += step) kept.push_back(values[i]);
  return kept;
}

PlotLine ellipse_line(const engine::PredictionEllipse& ellipse) {
  constexpr int kCorners = 120;
  PlotLine line{"ellipse", std::nullopt, {}, {}};
  for (int i = 0; i <= kCorners; ++i) {
    const double t = 2 * std::numbers::pi * i / kCorners;
    const double along = ellipse.semi_major * std::cos(t);
    const double across = ellipse.semi_minor * std::sin(t);
    const double angle = ellipse.angle.value();
    const double ap = along * std::cos(angle) - across * std::sin(angle);
    const double ml = along * std::sin(angle) + across * std::cos(angle);
    line.x.push_back(ml * kMmPerM);
    line.y.push_back(ap * kMmPerM);
  }
  return line;
}

void add_sway_plots(MeasurementDocument& d, const engine::CopPath& path, const engine::SwayMeasures& s,
                    const std::string& part, std::optional<Side> side = std::nullopt) {
  const auto ap = in_mm(path.ap_m, mean_of(path.ap_m));
  const auto ml = in_mm(path.ml_m, mean_of(path.ml_m));
  SignalPlot statokinesigram{"sway_path", "mm", "mm", false, {}, {}, {}};
  statokinesigram.lines.push_back({"path", side, thinned_path(ml), thinned_path(ap)});
  statokinesigram.lines.push_back(ellipse_line(s.ellipse));
  statokinesigram.part = part;
  d.plots.push_back(std::move(statokinesigram));
  SignalPlot stabilogram{"center_of_pressure", "s", "mm", true, {}, {}, {}};
  stabilogram.lines.push_back(plot_line("anterior_posterior", side, Seconds{0}, path.rate, ap));
  stabilogram.lines.push_back(plot_line("medial_lateral", side, Seconds{0}, path.rate, ml));
  stabilogram.part = part;
  d.plots.push_back(std::move(stabilogram));
}

// Of several recordings with the same eyes it is not known which two belong together.
void add_romberg(MeasurementDocument& d, std::span<const engine::SwayMeasures> open,
                 std::span<const engine::SwayMeasures> closed) {
  if (open.empty() || closed.empty()) return;
  if (open.size() > 1 || closed.size() > 1) {
    d.not_measured.emplace_back("Romberg ratios: several recordings have open or closed eyes");
    return;
  }
  const auto ratios = engine::romberg_ratios(open.front(), closed.front());
  if (!ratios) {
    d.warnings.push_back({"no_romberg", ratios.error().cause, ratios.error().remedy});
    return;
  }
  add_value(d, SignalMeasure::romberg_velocity, ratios->velocity, {.primary = true});
  add_value(d, SignalMeasure::romberg_area, ratios->area);
}

/// A foot's own sway, where its center of pressure was recorded.
Result<void> add_foot_sway(MeasurementDocument& d, const StandingOnInsoles& standing, Side side) {
  const FootLoadSamples& foot = side == Side::left ? standing.feet.left : standing.feet.right;
  if (foot.cop.empty()) return {};
  const auto longest = engine::longest_path({standing.feet.rate, foot.cop});
  if (!longest) return tl::unexpected(longest.error());
  const auto sway = engine::sway(longest->path);
  if (!sway) return tl::unexpected(sway.error());
  add_sway(d, *sway, longest->path, {.side = side, .part = standing.part});
  add_sway_plots(d, longest->path, *sway, standing.part, side);
  return {};
}

void add_share(MeasurementDocument& d, const engine::WeightBearing& load, const StandingOnInsoles& standing) {
  // By windows, for the spread: a share wanders slowly while standing.
  const auto window = static_cast<std::size_t>(std::lround(standing.feet.rate.value()));
  std::vector<double> left;
  for (std::size_t begin = 0; begin + window <= load.left_share.size(); begin += window) {
    std::vector<double> shares;
    for (std::size_t i = begin; i < begin + window; ++i) {
      if (load.left_share[i]) shares.push_back(*load.left_share[i]);
    }
    if (2 * shares.size() > window) left.push_back(mean_of(shares));
  }
  auto value = repeated(left);
  if (!value) return;
  value->mean = load.left.mean_share.value_or(value->mean);
  add_mean(d, SignalMeasure::weight_share, *value,
           {.side = Side::left, .part = standing.part, .primary = true});
  value->mean = 1 - value->mean;
  add_mean(d, SignalMeasure::weight_share, *value,
           {.side = Side::right, .part = standing.part, .primary = true});
  SignalPlot plot{"weight_shares", "s", "%", true, {}, {}, {}};
  PlotLine line{"weight_shares", Side::left, {}, {}, true};
  const std::size_t step = 1 + load.left_share.size() / (kPlotPoints / 2);
  constexpr double kPercent = 100;
  for (std::size_t i = 0; i < load.left_share.size(); i += step) {
    if (!load.left_share[i]) continue;
    line.x.push_back(static_cast<double>(i) / standing.feet.rate.value());
    line.y.push_back(kPercent * *load.left_share[i]);
  }
  plot.lines.push_back(std::move(line));
  plot.part = standing.part;
  d.plots.push_back(std::move(plot));
}

// The body's weight where it only decides which samples are loaded: what both feet bear for most of the time.
double usual_weight_n(const FeetLoad& feet) {
  std::vector<double> sums;
  for (std::size_t i = 0; i < feet.left.force_n.size(); ++i) {
    const double sum = feet.left.force_n[i].value_or(0) + feet.right.force_n[i].value_or(0);
    if (sum >= engine::kUnloadedN) sums.push_back(sum);
  }
  return sums.empty() ? 0 : engine::median(sums);
}

Result<void> no_limits_of_stability(const std::string& part, const char* what) {
  if (part != kLimitsOfStability) return {};
  return fail(ErrorCode::invalid_argument, "measuring balance",
              std::string{"limits of stability want one center of pressure, and "} + what,
              "record them on one force plate");
}

Result<void> no_recording(std::size_t count) {
  if (count > 0) return {};
  return fail(ErrorCode::nothing_measured, "measuring balance", "there is no recording of standing",
              "give one with a center of pressure, forces and moments of a plate, or a sensor at the trunk");
}

}  // namespace

Result<MeasurementDocument> measure_sway(const MeasurementInput& input,
                                         std::span<const StandingOnPlate> recordings,
                                         const BalanceOptions& options) {
  if (auto any = no_recording(recordings.size()); !any) return tl::unexpected(any.error());
  MeasurementDocument d = begin_measurement(
      MeasurementKind::balance, "Sway of the center of pressure on a force plate, no filter.", input);
  d.not_measured = {"the center of mass", "muscle activity", "how the feet stood"};
  std::vector<engine::SwayMeasures> open, closed;
  for (const StandingOnPlate& standing : recordings) {
    if (is_standing_task(standing.part)) {
      const auto added = standing.part == kLimitsOfStability ? add_limits_of_stability(d, standing, options)
                                                             : add_stances(d, standing);
      if (!added) return tl::unexpected(added.error());
      continue;
    }
    const auto longest = engine::longest_path(standing.cop);
    if (!longest) return tl::unexpected(longest.error());
    const auto sway = engine::sway(longest->path);
    if (!sway) return tl::unexpected(sway.error());
    if (longest->kept < kLeastShareKept) {
      d.warnings.push_back(
          {"part_of_recording",
           "Only the longest unbroken part of the recording is measured: elsewhere the plate "
           "was not loaded, or samples are missing.",
           "Stand on the plate before the recording begins, and until it ends."});
    }
    add_sway(d, *sway, longest->path, {.part = standing.part});
    add_diffusion(d, longest->path, standing.part);
    add_sway_plots(d, longest->path, *sway, standing.part);
    if (standing.part == "eyes_open") open.push_back(*sway);
    if (standing.part == "eyes_closed") closed.push_back(*sway);
  }
  add_romberg(d, open, closed);
  return d;
}

Result<MeasurementDocument> measure_insole_balance(const MeasurementInput& input,
                                                   std::span<const StandingOnInsoles> recordings) {
  if (auto any = no_recording(recordings.size()); !any) return tl::unexpected(any.error());
  MeasurementDocument d =
      begin_measurement(MeasurementKind::balance,
                        "Load and sway under each foot by itself, on insoles or plates, no filter.", input);
  d.not_measured = {"the center of pressure of both feet together: how the feet stood is not known",
                    "the center of mass", "weight that a rail or a helper bears"};
  for (StandingOnInsoles standing : recordings) {
    standing.feet.align();
    if (auto other = no_limits_of_stability(standing.part, "these are two feet by themselves"); !other)
      return tl::unexpected(other.error());
    if (is_standing_task(standing.part)) {
      if (auto added = add_stances(d, standing); !added) return tl::unexpected(added.error());
      continue;
    }
    engine::WeightBearingOptions bearing;
    bearing.body_weight_n = usual_weight_n(standing.feet);
    const auto load = engine::weight_bearing(standing.feet.rate, standing.feet.left.view(),
                                             standing.feet.right.view(), bearing);
    if (!load) return tl::unexpected(load.error());
    add_share(d, *load, standing);
    for (const Side side : {Side::left, Side::right}) {
      if (auto added = add_foot_sway(d, standing, side); !added) return tl::unexpected(added.error());
    }
  }
  return d;
}

Result<MeasurementDocument> measure_trunk_sway(const MeasurementInput& input,
                                               std::span<const StandingWithSensor> recordings) {
  if (auto any = no_recording(recordings.size()); !any) return tl::unexpected(any.error());
  MeasurementDocument d = begin_measurement(
      MeasurementKind::balance,
      "Sway of the trunk by one inertial sensor, low-pass 3.5 Hz, in the horizontal plane.", input);
  d.not_measured = {"the center of pressure", "front-back and side-side apart", "how the feet stood"};
  using enum SignalMeasure;
  for (const StandingWithSensor& standing : recordings) {
    if (auto other = no_limits_of_stability(standing.part, "this is a sensor at the trunk"); !other)
      return tl::unexpected(other.error());
    if (is_standing_task(standing.part)) {
      if (auto added = add_stances(d, standing); !added) return tl::unexpected(added.error());
      d.not_measured.push_back(standing.part + ": which foot stood, and a foot that came down softly");
      continue;
    }
    const auto sway = engine::trunk_sway(standing.trunk);
    if (!sway) return tl::unexpected(sway.error());
    add_value(d, trunk_acceleration_rms, sway->rms_mps2, {.part = standing.part, .primary = true});
    add_value(d, trunk_sway_angle, sway->rms_sway_angle.value(), {.part = standing.part, .primary = true});
    add_value(d, trunk_jerk, sway->rms_jerk_mps3, {.part = standing.part});
    add_value(d, sway_mean_frequency, sway->mean_frequency.value(), {.part = standing.part, .primary = true});
    add_value(d, stance_time, sway->duration.value(), {.part = standing.part});
  }
  return d;
}

}  // namespace reprise::session

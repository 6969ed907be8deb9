// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/balance.h"

#include <cmath>
#include <numbers>

#include "engine/balance/diffusion.h"
#include "engine/balance/romberg.h"
#include "engine/balance/sway.h"
#include "engine/balance/trunk_sway.h"

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

void add_direction(MeasurementDocument& d, const engine::SwayDirection& s, const std::string& part, bool ap) {
  using enum SignalMeasure;
  add_value(d, ap ? sway_velocity_ap : sway_velocity_ml, s.mean_velocity_mps, {.part = part});
  add_value(d, ap ? sway_rms_ap : sway_rms_ml, s.rms_m, {.part = part});
  add_value(d, ap ? sway_range_ap : sway_range_ml, s.range_m, {.part = part});
  add_value(d, ap ? sample_entropy_ap : sample_entropy_ml, s.sample_entropy, {.part = part});
}

void add_sway(MeasurementDocument& d, const engine::SwayMeasures& s, const engine::CopPath& path,
              const std::string& part) {
  using enum SignalMeasure;
  const auto windows = velocity_by_windows(path);
  MeasuredValue velocity{sway_velocity, std::nullopt, part, s.mean_velocity_mps,
                         std::nullopt,  std::nullopt, 0,    true};
  if (windows && windows->sd) {
    velocity.spread = windows->sd;
    velocity.count = static_cast<int>(windows->count);
    velocity.uncertainty = uncertainty_of(*windows);
  }
  d.values.push_back(std::move(velocity));
  add_value(d, sway_area, s.ellipse.area, {.part = part, .primary = true});
  add_value(d, sway_path, s.path_length_m, {.part = part});
  add_value(d, sway_mean_frequency, s.mean_frequency.value(), {.part = part, .primary = true});
  add_value(d, sway_median_frequency, s.median_frequency.value(), {.part = part});
  add_direction(d, s.ap, part, true);
  add_direction(d, s.ml, part, false);
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
                    const std::string& part) {
  const auto ap = in_mm(path.ap_m, mean_of(path.ap_m));
  const auto ml = in_mm(path.ml_m, mean_of(path.ml_m));
  SignalPlot statokinesigram{"sway_path", "mm", "mm", false, {}, {}, {}};
  statokinesigram.lines.push_back({"path", std::nullopt, thinned_path(ml), thinned_path(ap)});
  statokinesigram.lines.push_back(ellipse_line(s.ellipse));
  statokinesigram.part = part;
  d.plots.push_back(std::move(statokinesigram));
  SignalPlot stabilogram{"center_of_pressure", "s", "mm", true, {}, {}, {}};
  stabilogram.lines.push_back(plot_line("anterior_posterior", std::nullopt, Seconds{0}, path.rate, ap));
  stabilogram.lines.push_back(plot_line("medial_lateral", std::nullopt, Seconds{0}, path.rate, ml));
  stabilogram.part = part;
  d.plots.push_back(std::move(stabilogram));
}

void add_romberg(MeasurementDocument& d, const std::optional<engine::SwayMeasures>& open,
                 const std::optional<engine::SwayMeasures>& closed) {
  if (!open || !closed) return;
  const auto ratios = engine::romberg_ratios(*open, *closed);
  if (!ratios) {
    d.warnings.push_back({"no_romberg", ratios.error().cause, ratios.error().remedy});
    return;
  }
  add_value(d, SignalMeasure::romberg_velocity, ratios->velocity, {.primary = true});
  add_value(d, SignalMeasure::romberg_area, ratios->area);
}

Result<void> no_recording(std::size_t count) {
  if (count > 0) return {};
  return fail(ErrorCode::nothing_measured, "measuring balance", "there is no recording of standing",
              "give one with a center of pressure, forces and moments of a plate, or a sensor at the trunk");
}

}  // namespace

Result<MeasurementDocument> measure_sway(const MeasurementInput& input,
                                         std::span<const StandingOnPlate> recordings) {
  if (auto any = no_recording(recordings.size()); !any) return tl::unexpected(any.error());
  MeasurementDocument d =
      begin_measurement(MeasurementKind::balance,
                        "Sway of the center of pressure on a force plate or insoles, no filter.", input);
  d.not_measured = {"the center of mass", "muscle activity", "how the feet stood"};
  std::optional<engine::SwayMeasures> open;
  std::optional<engine::SwayMeasures> closed;
  for (const StandingOnPlate& standing : recordings) {
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
    add_sway(d, *sway, longest->path, standing.part);
    add_diffusion(d, longest->path, standing.part);
    add_sway_plots(d, longest->path, *sway, standing.part);
    if (standing.part == "eyes_open") open = *sway;
    if (standing.part == "eyes_closed") closed = *sway;
  }
  add_romberg(d, open, closed);
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

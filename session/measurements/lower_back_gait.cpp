// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "session/measurements/gait.h"

namespace reprise::session {
namespace {

using engine::LowerBackBout;
using engine::LowerBackStatistic;
using enum SignalMeasure;

constexpr double kStepsPerSecond = 1.0 / 60;
// How far the method itself errs, as a standard deviation of a mean: docs/accuracy.md, "Gait at the lower
// back".
constexpr double kBackLengthErrorShare = 0.06;

std::optional<RepeatedValue> repeated_of(const std::optional<LowerBackStatistic>& s, double error_share = 0) {
  if (!s || s->count == 0) return std::nullopt;
  RepeatedValue value{s->mean, std::nullopt, s->count, std::nullopt};
  if (s->count > 1) value.sd = s->sd;
  if (error_share > 0) value.method_sd = error_share * s->mean;
  return value;
}

void add_statistic(MeasurementDocument& d, SignalMeasure measure, const std::optional<LowerBackStatistic>& s,
                   ValueOf of, double error_share = 0) {
  if (const auto value = repeated_of(s, error_share)) add_mean(d, measure, *value, std::move(of));
}

// Of the longest bout: symmetry and regularity want many steps in a row.
void add_longest_bout(MeasurementDocument& d, const LowerBackBout& bout) {
  if (bout.step_time_asymmetry) add_value(d, step_time_asymmetry, *bout.step_time_asymmetry);
  if (!bout.vertical_regularity) return;
  add_value(d, step_regularity, bout.vertical_regularity->step);
  add_value(d, stride_regularity, bout.vertical_regularity->stride);
}

double distance_of(const LowerBackBout& bout) {
  double distance = 0;
  for (const engine::LowerBackStep& step : bout.steps) distance += step.length_m.value_or(0);
  return distance;
}

EventTable bouts_of(const engine::LowerBackGait& gait, Hertz rate) {
  EventTable table{
      "bouts",
      {walking_time, steps, cadence, walking_distance, walking_speed, stride_length, turning_angle},
      {}};
  for (const LowerBackBout& b : gait.bouts) {
    const auto distance = b.speed_mps ? std::optional{distance_of(b)} : std::nullopt;
    const auto length = b.stride_length_m ? std::optional{b.stride_length_m->mean} : std::nullopt;
    const auto turn = b.turn ? std::optional{b.turn->value()} : std::nullopt;
    table.rows.push_back({period(rate) * static_cast<double>(b.samples.begin),
                          period(rate) * static_cast<double>(b.samples.end),
                          std::nullopt,
                          "",
                          "",
                          {b.walking_time.value(), static_cast<double>(b.steps.size()),
                           b.cadence_per_min * kStepsPerSecond, distance, b.speed_mps, length, turn}});
  }
  return table;
}

void add_bout_plots(MeasurementDocument& d, const engine::LowerBackGait& gait,
                    const engine::InertialSamples& back) {
  std::vector<double> magnitude;
  magnitude.reserve(back.acceleration_mps2.size());
  for (const auto& a : back.acceleration_mps2) magnitude.push_back(a.norm());
  SignalPlot plot{"acceleration_magnitude", "s", "m/s²", true, {}, {}, {}};
  plot.lines.push_back(plot_line("acceleration_magnitude", std::nullopt, Seconds{0}, back.rate, magnitude));
  constexpr std::size_t kMostMarks = 600;
  std::size_t contacts = 0;
  for (const LowerBackBout& bout : gait.bouts) {
    plot.spans.push_back({"walking", (period(back.rate) * static_cast<double>(bout.samples.begin)).value(),
                          (period(back.rate) * static_cast<double>(bout.samples.end)).value()});
    contacts += bout.contacts.size();
  }
  for (const LowerBackBout& bout : gait.bouts) {
    if (contacts > kMostMarks) break;
    for (const engine::FootContact& contact : bout.contacts) {
      const auto sample = static_cast<std::size_t>(contact.time.value() * back.rate.value());
      if (sample < magnitude.size())
        plot.marks.push_back({"initial_contact", contact.time.value(), magnitude[sample], std::nullopt});
    }
  }
  d.plots.push_back(std::move(plot));
}

void add_whole(MeasurementDocument& d, const engine::LowerBackGait& gait) {
  RepeatedValue rate{gait.cadence_per_min * kStepsPerSecond, std::nullopt, gait.step_count, std::nullopt};
  if (gait.step_time_s.count > 1) rate.sd = rate.mean * gait.step_time_s.variation();
  if (gait.speed_mps) {
    add_value(d, walking_speed, *gait.speed_mps, {.primary = true},
              kBackLengthErrorShare * 1.645 * *gait.speed_mps);
  }
  add_mean(d, cadence, rate, {.primary = true});
  add_statistic(d, stride_length, gait.stride_length_m, {.primary = true}, kBackLengthErrorShare);
  add_statistic(d, step_time, gait.step_time_s, {});
  add_statistic(d, stride_time, gait.stride_time_s, {});
  if (gait.stride_time_s && gait.stride_time_s->count > 1)
    add_value(d, stride_time_variability, gait.stride_time_s->variation());
  add_value(d, steps, static_cast<double>(gait.step_count), {.primary = true});
  add_value(d, walking_time, gait.walking_time.value(), {.primary = true});
  add_value(d, walking_bouts, static_cast<double>(gait.bouts.size()));
  double distance = 0;
  for (const LowerBackBout& bout : gait.bouts) distance += distance_of(bout);
  if (gait.speed_mps) add_value(d, walking_distance, distance);
}

}  // namespace

Result<MeasurementDocument> measure_lower_back_gait(const MeasurementInput& input,
                                                    const engine::InertialSamples& back,
                                                    const engine::StepLengthOptions& lengths) {
  engine::LowerBackGaitOptions options;
  options.lengths = lengths;
  const auto gait = engine::analyze_lower_back_gait(back, options);
  if (!gait) return tl::unexpected(gait.error());
  MeasurementDocument d = begin_measurement(
      MeasurementKind::gait,
      gait->speed_mps ? "One inertial sensor at the lower back; lengths by an inverted pendulum."
      : gait->swinging_bouts > 0
          ? "One inertial sensor that swings with a leg or an arm; no lengths are measured."
          : "One inertial sensor at the lower back; without a height no lengths are measured.",
      input);
  d.not_measured = {"stance and swing", "foot clearance", "step width"};
  if (gait->swinging_bouts > 0) {
    const bool all = gait->swinging_bouts == gait->bouts.size();
    d.warnings.push_back({"swinging",
                          std::string{all ? "The sensor swings" : "In some bouts the sensor swings"} +
                              " with a leg or an arm: only steps, times and turns are measured there.",
                          "For lengths, speed and symmetry wear it at the lower back."});
    if (all) d.not_measured.emplace_back("step length, speed and symmetry: the sensor swings with a limb");
  } else if (!gait->speed_mps) {
    d.not_measured.emplace_back("step length and speed: give the body's height");
  }
  if (gait->saturated_share > 0) {
    d.warnings.push_back({"saturated", "The accelerometer ran into the end of its range.",
                          "Choose a larger range; lengths come out too short."});
  }
  add_whole(d, *gait);
  const auto longest = std::max_element(
      gait->bouts.begin(), gait->bouts.end(),
      [](const LowerBackBout& a, const LowerBackBout& b) { return a.steps.size() < b.steps.size(); });
  add_longest_bout(d, *longest);
  d.tables.push_back(bouts_of(*gait, back.rate));
  add_bout_plots(d, *gait, back);
  return d;
}

}  // namespace reprise::session

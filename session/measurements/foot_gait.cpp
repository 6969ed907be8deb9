// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/gait/foot_gait.h"
#include "session/measurements/gait.h"

namespace reprise::session {
namespace {

using engine::FootGait;
using engine::FootStride;
using engine::FootWalk;
using engine::StrideStatistics;
using enum SignalMeasure;

// How far the method itself errs in a mean, as a standard deviation: docs/accuracy.md, "Gait with sensors on
// the feet".
constexpr double kLengthErrorShare = 0.01;  // of the stride length; speed alike
constexpr double kContactErrorS = 0.01;     // of each contact, alike in all strides
constexpr double kDegreesPerRadian = 180 / kPi;

std::optional<RepeatedValue> repeated_of(const std::optional<StrideStatistics>& s,
                                         std::optional<double> method_sd) {
  if (!s) return std::nullopt;
  return RepeatedValue{s->mean, s->sd, s->count, method_sd};
}

void add_statistics(MeasurementDocument& d, SignalMeasure measure, const std::optional<StrideStatistics>& s,
                    ValueOf of, std::optional<double> method_sd = std::nullopt) {
  if (const auto value = repeated_of(s, method_sd)) add_mean(d, measure, *value, std::move(of));
}

void add_variability(MeasurementDocument& d, SignalMeasure measure, const std::optional<StrideStatistics>& s,
                     Side side) {
  // Fewer strides say little about variability. Unsourced default.
  constexpr std::size_t kLeastStrides = 10;
  if (s && s->cv && s->count >= kLeastStrides) add_value(d, measure, *s->cv, {.side = side});
}

void add_foot(MeasurementDocument& d, const FootWalk& walk, Side side) {
  const engine::FootAverages& a = walk.averages;
  const auto share_error = [&]() -> std::optional<double> {
    if (!a.stride_time_s) return std::nullopt;
    return kContactErrorS / a.stride_time_s->mean;
  }();
  const auto length_error = [](const std::optional<StrideStatistics>& s) -> std::optional<double> {
    if (!s) return std::nullopt;
    return kLengthErrorShare * s->mean;
  };
  add_statistics(d, stride_length, a.stride_length_m, {.side = side, .primary = true},
                 length_error(a.stride_length_m));
  add_statistics(d, walking_speed, a.speed_mps, {.side = side}, length_error(a.speed_mps));
  add_statistics(d, stride_time, a.stride_time_s, {.side = side, .primary = true});
  add_statistics(d, stance_share, a.stance_share, {.side = side, .primary = true}, share_error);
  add_statistics(d, swing_share, a.swing_share, {.side = side}, share_error);
  add_statistics(d, foot_sensor_height, a.max_sensor_height_m, {.side = side});
  add_statistics(d, contact_angle, a.foot_angle_at_initial_contact_rad, {.side = side});
  add_variability(d, stride_time_variability, a.stride_time_s, side);
  add_variability(d, stride_length_variability, a.stride_length_m, side);
  add_value(d, strides, static_cast<double>(a.stride_count), {.side = side});
}

// Of the steady strides of both feet together.
void add_both(MeasurementDocument& d, const FootGait& gait) {
  std::vector<double> speeds;
  std::vector<double> cadences;
  for (const auto* walk : {&gait.left, &gait.right}) {
    if (!*walk) continue;
    for (const FootStride& stride : (*walk)->strides) {
      if (!stride.is_steady() || !stride.stride_time_s) continue;
      if (stride.speed_mps) speeds.push_back(*stride.speed_mps);
      cadences.push_back(2 / *stride.stride_time_s);
    }
  }
  if (auto speed = repeated(speeds)) {
    speed->method_sd = kLengthErrorShare * speed->mean;
    add_mean(d, walking_speed, *speed, {.primary = true});
  }
  if (const auto steps = repeated(cadences)) add_mean(d, cadence, *steps, {.primary = true});
}

void add_two_feet(MeasurementDocument& d, const engine::TwoFeetAverages& both) {
  const auto stride_s = find_value(d, stride_time, Side::left);
  const std::optional<double> error =
      stride_s != nullptr ? std::optional{2 * kContactErrorS / stride_s->value} : std::nullopt;
  add_statistics(d, double_support_share, both.double_support_share, {.primary = true}, error);
  add_statistics(d, step_time, both.left_step_time_s, {.side = Side::left}, kContactErrorS);
  add_statistics(d, step_time, both.right_step_time_s, {.side = Side::right}, kContactErrorS);
  const auto asymmetry = [&](SignalMeasure measure, const std::optional<double>& value) {
    if (value) add_value(d, measure, std::abs(*value));
  };
  asymmetry(stride_length_asymmetry, both.stride_length_asymmetry);
  asymmetry(step_time_asymmetry, both.step_time_asymmetry);
  asymmetry(stance_asymmetry, both.stance_time_asymmetry);
}

std::string note_of(const FootStride& stride) {
  if (stride.doubtful) return "doubtful";
  if (stride.turns) return "turn";
  if (stride.events.starts) return "start";
  return stride.events.stops ? "stop" : "";
}

EventTable strides_of(const FootGait& gait, Hertz left_rate, Hertz right_rate) {
  EventTable table{"strides",
                   {stride_length, stride_time, walking_speed, stance_share, swing_share, foot_sensor_height,
                    contact_angle, turning_angle},
                   {}};
  const auto add = [&](const FootWalk& walk, Side side, Hertz rate) {
    for (const FootStride& s : walk.strides) {
      const auto share = [&](const std::optional<double>& part_s) -> std::optional<double> {
        if (!part_s || !s.stride_time_s) return std::nullopt;
        return *part_s / *s.stride_time_s;
      };
      table.rows.push_back(
          {period(rate) * static_cast<double>(s.events.begin),
           period(rate) * static_cast<double>(s.events.end),
           side,
           "",
           note_of(s),
           {s.stride_length_m, s.stride_time_s, s.speed_mps, share(s.stance_time_s), share(s.swing_time_s),
            s.max_sensor_height_m, s.foot_angle_at_initial_contact.value(), s.turn.value()}});
    }
  };
  if (gait.left) add(*gait.left, Side::left, left_rate);
  if (gait.right) add(*gait.right, Side::right, right_rate);
  std::stable_sort(table.rows.begin(), table.rows.end(),
                   [](const MeasuredEvent& a, const MeasuredEvent& b) { return a.start < b.start; });
  return table;
}

void add_velocity_plot(MeasurementDocument& d, const FootWalk& walk, const engine::InertialSamples& samples,
                       Side side) {
  const auto foot = engine::in_foot_axes(samples, walk.alignment);
  std::vector<double> pitch;
  pitch.reserve(foot.angular_velocity_radps.size());
  for (const auto& w : foot.angular_velocity_radps) pitch.push_back(w.v.z() * kDegreesPerRadian);
  SignalPlot plot{"foot_angular_velocity", "s", "°/s", true, {}, {}, {}};
  plot.lines.push_back(plot_line("foot_angular_velocity", side, Seconds{0}, foot.rate, pitch));
  const auto mark = [&](const char* name, Seconds time) {
    const auto sample = static_cast<std::size_t>(std::max(0.0, time.value() * foot.rate.value()));
    if (sample < pitch.size()) plot.marks.push_back({name, time.value(), pitch[sample], side});
  };
  for (const FootStride& stride : walk.strides) {
    mark("terminal_contact", stride.events.terminal_contact);
    mark("initial_contact", stride.events.initial_contact);
    const std::string note = note_of(stride);
    if (note.empty()) continue;
    plot.spans.push_back({note, (period(foot.rate) * static_cast<double>(stride.events.begin)).value(),
                          (period(foot.rate) * static_cast<double>(stride.events.end)).value()});
  }
  d.plots.push_back(std::move(plot));
}

void add_length_plot(MeasurementDocument& d, const EventTable& table) {
  SignalPlot plot{"stride_lengths", "s", "m", true, {}, {}, {}};
  for (const Side side : {Side::left, Side::right}) {
    PlotLine line{"stride_lengths", side, {}, {}, true};
    for (const MeasuredEvent& row : table.rows) {
      if (row.side != side || !row.values[0]) continue;
      line.x.push_back(row.end.value());
      line.y.push_back(*row.values[0]);
      if (!row.note.empty()) plot.marks.push_back({row.note, row.end.value(), *row.values[0], side});
    }
    if (!line.x.empty()) plot.lines.push_back(std::move(line));
  }
  d.plots.push_back(std::move(plot));
}

void warn_of_foot(MeasurementDocument& d, const FootWalk& walk, Side side) {
  const std::string which = side == Side::left ? "left" : "right";
  if (walk.gyroscope_saturated_at_radps || walk.accelerometer_saturated_at_mps2) {
    d.warnings.push_back({"saturated", "The sensor of the " + which + " foot ran into the end of its range.",
                          "Choose a larger range; lengths and angles come out too small."});
  }
  if (!walk.gyroscope_bias_known) {
    d.warnings.push_back({"no_rest", "The sensor of the " + which + " foot was never at rest.",
                          "Stand still for a few seconds before and after walking: the gyroscope's bias is "
                          "found there."});
  }
}

}  // namespace

Result<MeasurementDocument> measure_foot_gait(const MeasurementInput& input,
                                              const std::optional<engine::InertialSamples>& left,
                                              const std::optional<engine::InertialSamples>& right) {
  const auto view = [](const std::optional<engine::InertialSamples>& samples) {
    return samples ? std::optional<engine::InertialView>{*samples} : std::nullopt;
  };
  const auto gait = engine::analyze_foot_gait(view(left), view(right));
  if (!gait) return tl::unexpected(gait.error());
  MeasurementDocument d = begin_measurement(
      MeasurementKind::gait,
      gait->left && gait->right
          ? "Inertial sensors on both feet; steady strides, without starts, stops and turns."
          : "An inertial sensor on one foot; steady strides, without starts, stops and turns.",
      input);
  d.not_measured = {"step width", "toe clearance, which needs the sensor's place on the shoe", "joint angles",
                    "forces"};
  add_both(d, *gait);
  if (gait->left) add_foot(d, *gait->left, Side::left);
  if (gait->right) add_foot(d, *gait->right, Side::right);
  if (gait->two_feet) add_two_feet(d, *gait->two_feet);
  d.tables.push_back(strides_of(*gait, left ? left->rate : Hertz{1}, right ? right->rate : Hertz{1}));
  for (const Side side : {Side::left, Side::right}) {
    const auto& walk = side == Side::left ? gait->left : gait->right;
    if (!walk) continue;
    warn_of_foot(d, *walk, side);
    add_velocity_plot(d, *walk, side == Side::left ? *left : *right, side);
  }
  add_length_plot(d, d.tables.front());
  return d;
}

}  // namespace reprise::session

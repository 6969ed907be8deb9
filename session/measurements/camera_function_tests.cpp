// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/camera_function_tests.h"

#include <algorithm>

namespace reprise::session {
namespace {

using engine::Measure;

/// At most kPlotPoints of them, evenly left out; gaps break the line.
PlotLine line_of(const engine::Curve& curve, std::string name, double factor) {
  PlotLine line{std::move(name), std::nullopt, {}, {}, true};
  const std::size_t step = 1 + curve.size() / kPlotPoints;
  for (std::size_t i = 0; i < curve.size(); i += step) {
    if (!curve.values[i]) continue;
    line.x.push_back(curve.times[i].value());
    line.y.push_back(*curve.values[i] * factor);
  }
  return line;
}

Result<MeasurementDocument> measure_by_camera(const CameraTest& camera, const FunctionTestOptions& options) {
  switch (options.test) {
    case FunctionTest::sit_to_stand_5:
    case FunctionTest::sit_to_stand_30: return chair_by_camera(camera, options);
    case FunctionTest::single_leg_stance:
    case FunctionTest::tandem_stance: return stance_by_camera(camera, options);
    case FunctionTest::squat:
    case FunctionTest::single_leg_squat:
    case FunctionTest::step_down:
    case FunctionTest::push_up: return bends_by_camera(camera, options);
    case FunctionTest::functional_reach: return reach_by_camera(camera, options);
    case FunctionTest::jump: return jump_by_camera(camera, options);
    case FunctionTest::timed_up_and_go: return timed_walk_by_camera(camera, options);
    default: break;
  }
  return fail(ErrorCode::unsupported, "measuring a test of function",
              std::string{to_string(options.test)} + " is not measured by a camera",
              "measure it with a sensor: reprise gait FILE --test " + std::string{to_string(options.test)});
}

}  // namespace

engine::Curve curve_of(const SessionDocument& session, Measure measure, std::optional<Side> side) {
  engine::Curve curve{session.exercise.times,
                      std::vector<std::optional<double>>(session.exercise.times.size())};
  std::vector<double> weights(curve.size());
  for (const MeasureSeries& series : session.exercise.series) {
    if (series.measure != measure || (side && series.side && series.side != side)) continue;
    for (std::size_t i = 0; i < std::min(curve.size(), series.values.size()); ++i) {
      const double weight = series.mean_confidence;
      if (!series.values[i] || weight <= 0) continue;
      const double sum = curve.values[i].value_or(0) * weights[i] + *series.values[i] * weight;
      weights[i] += weight;
      curve.values[i] = sum / weights[i];
    }
  }
  return curve;
}

bool is_unseen(const engine::Curve& curve, Seconds from, Seconds to) {
  // Smoothing fills a quarter of a second on each side of a gap: what stays empty was half a second longer.
  constexpr Seconds kLongestEmpty{0.1};
  constexpr Seconds kLongestStep{0.5};  // between pictures
  Seconds last = from;
  constexpr Seconds kNone{1e9};
  Seconds empty = kNone;  ///< since when
  const auto is_gap = [&](Seconds time) {
    return time - last > kLongestStep || time - empty > kLongestEmpty;
  };
  for (std::size_t i = engine::index_from(curve, from); i < curve.size() && curve.times[i] <= to; ++i) {
    if (!curve.values[i]) {
      empty = std::min(empty, curve.times[i]);
      continue;
    }
    if (is_gap(curve.times[i])) return true;
    last = curve.times[i];
    empty = kNone;
  }
  return is_gap(to);
}

void add_curve_plot(MeasurementDocument& d, std::string name, std::string unit, double factor,
                    std::span<const std::pair<std::string, const engine::Curve*>> curves) {
  SignalPlot plot{std::move(name), "s", std::move(unit), true, {}, {}, {}};
  for (const auto& [line_name, curve] : curves) {
    PlotLine line = line_of(*curve, line_name, factor);
    if (!line.x.empty()) plot.lines.push_back(std::move(line));
  }
  if (!plot.lines.empty()) d.plots.push_back(std::move(plot));
}

void add_angle_plot(MeasurementDocument& d, const SessionDocument& session,
                    std::initializer_list<Measure> measures) {
  std::vector<engine::Curve> curves;
  curves.reserve(measures.size());
  std::vector<std::pair<std::string, const engine::Curve*>> named;
  for (const Measure measure : measures) {
    curves.push_back(curve_of(session, measure));
    named.emplace_back(engine::info(measure).name, &curves.back());
  }
  add_curve_plot(d, "body_angles", "°", 180 / kPi, named);
}

const MeasuredRange* range_of(const RecordedRepetition& repetition, Measure measure) {
  const auto found = std::find_if(repetition.ranges.begin(), repetition.ranges.end(),
                                  [&](const MeasuredRange& range) { return range.measure == measure; });
  return found == repetition.ranges.end() ? nullptr : &*found;
}

bool seen_from_side(const std::optional<engine::View>& view) {
  return view == engine::View::side || view == engine::View::oblique;
}

bool seen_from_front(const std::optional<engine::View>& view) {
  return view == engine::View::front || view == engine::View::back;
}

tl::unexpected<Error> nothing_seen(const CameraTest& camera, FunctionTest test, const std::string& cause,
                                   const std::string& remedy) {
  std::string seen;
  for (const Warning& warning : camera.session.warnings) {
    // Those that say why a movement did not count.
    if (warning.code == "other_movements" || warning.code == "fell_short" || warning.code == "too_quick" ||
        warning.code == "no_person" || warning.code == "other_view")
      seen += "; " + warning.text;
  }
  return fail(ErrorCode::nothing_measured, "measuring " + std::string{to_string(test)} + " by camera",
              cause + seen, remedy);
}

void add_reference(MeasurementDocument& d, SignalMeasure measure, const FunctionTestOptions& options) {
  const auto reference = reference_of(options.test, options.person);
  for (MeasuredValue& value : d.values) {
    if (value.measure == measure && value.part.empty()) value.reference = reference;
  }
}

std::vector<Measure> camera_measures(FunctionTest test) {
  switch (test) {
    case FunctionTest::sit_to_stand_5:
    case FunctionTest::sit_to_stand_30:
      return {Measure::knee_flexion, Measure::trunk_inclination, Measure::hip_height};
    case FunctionTest::single_leg_stance: return {Measure::foot_lift};
    case FunctionTest::tandem_stance: return {Measure::step_length};
    default: return {};
  }
}

Result<MeasurementDocument> measure_function_test(const CameraTest& camera,
                                                  const FunctionTestOptions& options) {
  auto measured = measure_by_camera(camera, options);
  if (measured) name_parts(*measured, options.test);
  return measured;
}

}  // namespace reprise::session

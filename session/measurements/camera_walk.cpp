// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <numbers>

#include "engine/function_tests/timed_walk.h"
#include "session/measurements/camera_function_tests.h"
#include "session/measurements/walk_phases.h"

namespace reprise::session {
namespace {

using engine::Measure;
using enum SignalMeasure;

// Standard deviation of the bounds of phases; below 0.1 s on simulated people: docs/accuracy.md, "Tests of
// function by camera". No recording of a person with true times was at hand.
constexpr double kWalkPhaseErrorS = 0.06;

engine::TimedWalkCurves walk_curves_of(const Recorded& recorded) {
  engine::TimedWalkCurves curves;
  curves.facing_rad = engine::facing_curve(recorded.frames);
  curves.hip_height = hip_height_curve(recorded);
  const auto add = [](engine::Curve& curve, Seconds time, const std::optional<engine::Sample>& sample) {
    curve.times.push_back(time);
    curve.values.push_back(sample ? std::optional{sample->value} : std::nullopt);
  };
  for (std::size_t i = 0; i < recorded.frames.size(); ++i) {
    const Seconds time = recorded.frames[i].time;
    add(curves.trunk_inclination_rad, time, recorded.measures[i].at(Measure::trunk_inclination, Side::left));
  }
  return curves;
}

}  // namespace

Result<MeasurementDocument> timed_walk_by_camera(const CameraTest& camera,
                                                 const FunctionTestOptions& options) {
  const Source& source = camera.session.source;
  const Recorded recorded = record(camera.frames, {}, usual_pinhole(source), !camera.session.models.empty());
  const engine::TimedWalkCurves curves = walk_curves_of(recorded);
  const auto test = engine::timed_up_and_go_by_camera(curves);
  if (!test) return tl::unexpected(test.error());
  if (options.start && *options.start > test->start) {
    return fail(ErrorCode::invalid_argument, "measuring timed_up_and_go by camera",
                "the start lies after the first movement", "give --start-s, when \"Go\" was said");
  }
  MeasurementDocument d = begin_measurement(MeasurementKind::timed_up_and_go,
                                            options.start ? MeasurementMethod::timed_up_and_go_camera_go
                                                          : MeasurementMethod::timed_up_and_go_camera,
                                            camera.input);
  add_fit_warnings(recorded, d.warnings);
  d.not_measured = {"hands on the armrests", "whether the walk is three meters long"};
  if (!options.start) d.not_measured.emplace_back("the time from \"Go\" to the first movement");
  const Seconds start = options.start.value_or(test->start);
  add_value(d, test_time, (test->end - start).value(), {.primary = true},
            1.645 * kWalkPhaseErrorS * std::numbers::sqrt2);
  const std::array<std::pair<std::string, const engine::Curve*>, 2> plotted = {
      std::pair{"trunk_inclination", &curves.trunk_inclination_rad}, {"facing", &curves.facing_rad}};
  add_curve_plot(d, "body_angles", "°", 180 / kPi, plotted);
  add_walk_phases(d, *test, 1.645 * kWalkPhaseErrorS);
  // The cut-off is of a watch that starts at "Go".
  if (options.start) add_reference(d, test_time, options);
  return d;
}

}  // namespace reprise::session

// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>
#include <numbers>

#include "engine/function_tests/timed_walk.h"
#include "session/measurements/camera_function_tests.h"
#include "session/recorded_pass.h"

namespace reprise::session {
namespace {

using engine::Measure;
using engine::TimedUpAndGoPhase;
using enum SignalMeasure;

// Standard deviation of the bounds of phases; below 0.1 s on simulated people: docs/accuracy.md, "Tests of
// function by camera". No recording of a person with true times was at hand.
constexpr double kWalkPhaseErrorS = 0.06;

engine::TimedWalkCurves walk_curves_of(const Recorded& recorded) {
  engine::TimedWalkCurves curves;
  curves.facing_rad = engine::facing_curve(recorded.frames);
  const auto add = [](engine::Curve& curve, Seconds time, const std::optional<engine::Sample>& sample) {
    curve.times.push_back(time);
    curve.values.push_back(sample ? std::optional{sample->value} : std::nullopt);
  };
  for (std::size_t i = 0; i < recorded.frames.size(); ++i) {
    const Seconds time = recorded.frames[i].time;
    add(curves.hip_height, time, recorded.measures[i].at(Measure::hip_height, Side::left));
    add(curves.trunk_inclination_rad, time, recorded.measures[i].at(Measure::trunk_inclination, Side::left));
  }
  return curves;
}

/// The measure of a phase's time; turning and sitting down overlap in many people, and are one time.
SignalMeasure measure_of(TimedUpAndGoPhase phase) {
  switch (phase) {
    case TimedUpAndGoPhase::rise: return rise_time;
    case TimedUpAndGoPhase::walk_out: return walk_time;
    case TimedUpAndGoPhase::turn: return turn_time;
    case TimedUpAndGoPhase::walk_back: return return_time;
    case TimedUpAndGoPhase::turn_to_sit:
    case TimedUpAndGoPhase::sit_down: break;
  }
  return sit_time;
}

}  // namespace

Result<MeasurementDocument> timed_walk_by_camera(const CameraTest& camera,
                                                 const FunctionTestOptions& options) {
  const Source& source = camera.session.source;
  const Recorded recorded = record(camera.frames, {}, usual_pinhole(source), !camera.session.models.empty());
  const engine::TimedWalkCurves curves = walk_curves_of(recorded);
  const auto test = engine::timed_up_and_go_by_camera(curves);
  if (!test) return tl::unexpected(test.error());
  MeasurementDocument d = begin_measurement(
      MeasurementKind::timed_up_and_go,
      "Timed Up and Go by one camera, from the first movement until the hips are on the chair again.",
      camera.input);
  add_fit_warnings(recorded, d.warnings);
  d.not_measured = {"the time from \"Go\" to the first movement", "hands on the armrests",
                    "whether the walk is three meters long"};
  const double error_s = 1.645 * kWalkPhaseErrorS * std::numbers::sqrt2;
  add_value(d, test_time, test->total().value(), {.primary = true}, error_s);
  const std::array<std::pair<std::string, const engine::Curve*>, 2> plotted = {
      std::pair{"trunk_inclination", &curves.trunk_inclination_rad}, {"facing", &curves.facing_rad}};
  add_curve_plot(d, "body_angles", "°", 180 / kPi, plotted);
  EventTable table{"phases", {test_time}, {}};
  const Seconds sitting_from = test->turn_to_sit.start;
  for (const engine::PhaseInterval& phase : test->phases) {
    const std::string name{engine::to_string(phase.phase)};
    table.rows.push_back(
        {phase.start, phase.end, std::nullopt, name, "", {(phase.end - phase.start).value()}});
    shade(d, name, phase.start, phase.end);
    if (phase.phase == TimedUpAndGoPhase::turn_to_sit) continue;
    const bool sits = phase.phase == TimedUpAndGoPhase::sit_down;
    const Seconds from = sits ? std::min(sitting_from, phase.start) : phase.start;
    add_value(d, measure_of(phase.phase), (phase.end - from).value(), {}, error_s);
  }
  add_value(d, turning_angle, std::abs(test->turn.angle.value()));
  d.tables.push_back(std::move(table));
  add_reference(d, test_time, options);
  return d;
}

}  // namespace reprise::session

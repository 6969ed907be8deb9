// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/function_tests.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "engine/gait/sit_to_stand.h"
#include "engine/gait/timed_up_and_go.h"
#include "engine/gait/walking_tests.h"
#include "session/measurements/balance.h"
#include "session/measurements/walk_phases.h"

namespace reprise::session {
namespace {

using engine::InertialSamples;
using engine::PosturalTransition;
using engine::TransitionKind;
using enum SignalMeasure;

/// In the order of FunctionTest.
struct FunctionTestInfo {
  std::string_view name;
  std::string_view exercise;
  bool by_sensor;
  bool by_camera;
};
constexpr std::array<FunctionTestInfo, kFunctionTestCount> kFunctionTests = {{
    {"timed_up_and_go", "", true, true},
    {"sit_to_stand_5", "sit_to_stand", true, true},
    {"sit_to_stand_30", "sit_to_stand", true, true},
    {"walk_10_m", "", true, false},
    {"walk_6_min", "", true, false},
    {"standing_still", "", true, false},
    {"single_leg_stance", "single_leg_stance", false, true},
    {"tandem_stance", "tandem_stance", false, true},
    {"functional_reach", "forward_reach", false, true},
    {"squat", "squat", false, true},
    {"single_leg_squat", "single_leg_squat", false, true},
    {"step_down", "step_down", false, true},
    {"push_up", "push_up", false, true},
    {"jump", "", false, true},
}};
// Of phases, on simulated sensors; of rises alike: docs/accuracy.md, "Tests with one sensor". No recording
// with true times was at hand.
constexpr double kPhaseErrorS = 0.1;

void add_sensor_plots(MeasurementDocument& d, const InertialSamples& samples) {
  std::vector<double> magnitude;
  magnitude.reserve(samples.acceleration_mps2.size());
  for (const auto& a : samples.acceleration_mps2) magnitude.push_back(a.norm());
  SignalPlot plot{"acceleration_magnitude", "s", "m/s²", true, {}, {}, {}};
  plot.lines.push_back(
      plot_line("acceleration_magnitude", std::nullopt, Seconds{0}, samples.rate, magnitude));
  d.plots.push_back(std::move(plot));
}

Result<MeasurementDocument> timed_up_and_go(const MeasurementInput& input, const InertialSamples& samples) {
  const auto test = engine::measure_timed_up_and_go(samples);
  if (!test) return tl::unexpected(test.error());
  MeasurementDocument d = begin_measurement(
      MeasurementKind::timed_up_and_go,
      "Timed Up and Go with one sensor at the lower back, from the first bend of the trunk.", input);
  d.not_measured = {"the time from \"Go\" to the first movement", "hands on the armrests"};
  add_value(d, test_time, test->total().value(), {.primary = true}, kPhaseErrorS * std::numbers::sqrt2);
  add_sensor_plots(d, samples);
  add_walk_phases(d, *test, kPhaseErrorS);
  return d;
}

void add_transitions(MeasurementDocument& d, const std::vector<PosturalTransition>& transitions) {
  EventTable table{"repetitions", {repetition_time}, {}};
  for (const PosturalTransition& t : transitions) {
    const bool rises = t.kind == TransitionKind::sit_to_stand;
    table.rows.push_back({t.start,
                          t.end,
                          std::nullopt,
                          rises ? "rise" : "sit",
                          t.certain ? "" : "uncertain",
                          {t.duration().value()}});
    shade(d, rises ? "rise" : "sit", t.start, t.end);
  }
  d.tables.push_back(std::move(table));
}

void add_rises(MeasurementDocument& d, const engine::RiseTimes& rise, std::size_t count) {
  RepeatedValue value{rise.mean.value(), std::nullopt, count, kPhaseErrorS};
  if (count > 1) value.sd = rise.sd.value();
  add_mean(d, rise_time, value);
}

Result<MeasurementDocument> sit_to_stand(const MeasurementInput& input, const InertialSamples& samples,
                                         bool five_times) {
  const auto transitions = engine::find_postural_transitions(samples);
  if (!transitions) return tl::unexpected(transitions.error());
  MeasurementDocument d = begin_measurement(
      MeasurementKind::sit_to_stand,
      five_times ? "Five times sit-to-stand with one sensor at the lower back, from the first rise."
                 : "Sit-to-stand in 30 seconds with one sensor at the lower back, from the first rise.",
      input);
  d.not_measured = {"hands on the armrests", "the time from \"Go\" to the first movement"};
  add_sensor_plots(d, samples);
  bool certain = false;
  if (five_times) {
    const auto test = engine::five_times_sit_to_stand(*transitions);
    if (!test) return tl::unexpected(test.error());
    certain = test->certain;
    constexpr double kFive = 5;
    add_value(d, test_time, test->time_to_fifth_stand.value(), {.primary = true},
              kPhaseErrorS * std::numbers::sqrt2);
    add_value(d, repetitions, kFive, {.primary = true});
    add_rises(d, test->rise, static_cast<std::size_t>(kFive));
  } else {
    const auto test = engine::thirty_second_chair_stand(*transitions);
    if (!test) return tl::unexpected(test.error());
    certain = test->certain;
    add_value(d, repetitions, test->stands, {.primary = true});
    if (test->rise) add_rises(d, *test->rise, static_cast<std::size_t>(test->stands));
  }
  if (!certain) {
    d.warnings.push_back({"uncertain",
                          "Some rises lie far from a moment of rest, so that they are less certain.",
                          "Sit still for two seconds before the first and after the last rise."});
  }
  add_transitions(d, *transitions);
  return d;
}

Result<MeasurementDocument> walk_course(const MeasurementInput& input, const InertialSamples& samples,
                                        const FunctionTestOptions& options) {
  constexpr Meters kTenMeters{10};
  engine::LowerBackGaitOptions gait;
  gait.lengths.body_height = options.body_height;
  const Meters course = options.course.value_or(kTenMeters);
  const auto walk = engine::course_walk(samples, course, gait);
  if (!walk) return tl::unexpected(walk.error());
  MeasurementDocument d = begin_measurement(
      MeasurementKind::walk_test,
      "Walk over a marked course with one sensor at the lower back, starting and stopping included.", input);
  d.not_measured = {"the marks of the course: the recording must hold this walk and no other"};
  // First and last contact each err; the course is as marked.
  const double speed_error = walk->speed_mps * kPhaseErrorS / walk->time().value();
  add_value(d, walking_speed, walk->speed_mps, {.primary = true}, 1.645 * speed_error);
  add_value(d, test_time, walk->time().value(), {.primary = true}, 1.645 * kPhaseErrorS);
  add_value(d, steps, static_cast<double>(walk->steps), {.primary = true});
  add_value(d, step_length, walk->mean_step_length_m);
  add_value(d, cadence, walk->bout.cadence_per_min / 60);
  if (walk->bout.step_time_asymmetry) add_value(d, step_time_asymmetry, *walk->bout.step_time_asymmetry);
  add_value(d, walking_distance, course.value());
  add_sensor_plots(d, samples);
  shade(d, "walking", walk->start, walk->end);
  return d;
}

Result<MeasurementDocument> walk_minutes(const MeasurementInput& input, const InertialSamples& samples,
                                         const FunctionTestOptions& options) {
  engine::SixMinuteWalkOptions walk_options;
  if (options.course) walk_options.course = *options.course;
  walk_options.gait.lengths.body_height = options.body_height;
  const auto walk = engine::six_minute_walk(samples, walk_options);
  if (!walk) return tl::unexpected(walk.error());
  MeasurementDocument d = begin_measurement(
      MeasurementKind::walk_test,
      "Six-minute walk with one sensor at the lower back: lengths of the course by its turns.", input);
  d.not_measured = {"oxygen, heart rate and breathlessness, unless they are entered beside"};
  add_value(d, walking_distance, walk->distance_m, {.primary = true});
  add_value(d, test_time, (walk->end - walk->start).value(), {.primary = true});
  add_value(d, turns, static_cast<double>(walk->turns), {.primary = true});
  add_value(d, steps, static_cast<double>(walk->steps));
  add_value(d, walking_time, walk->walking_time.value());
  if (const auto by_minute = repeated(walk->steps_in_minute)) {
    RepeatedValue rate{by_minute->mean / 60, std::nullopt, by_minute->count, std::nullopt};
    if (by_minute->sd) rate.sd = *by_minute->sd / 60;
    add_mean(d, cadence, rate);
  }
  add_sensor_plots(d, samples);
  shade(d, "walking", walk->start, walk->end);
  double longest = 0;
  for (const engine::SampleRange& rest : walk->rests) {
    const Seconds from = period(samples.rate) * static_cast<double>(rest.begin);
    const Seconds to = period(samples.rate) * static_cast<double>(rest.end);
    shade(d, "rest", from, to);
    longest = std::max(longest, (to - from).value());
  }
  if (longest > 0) add_value(d, longest_rest, longest);
  const Seconds least = 0.98 * walk_options.duration;
  if (walk->end - walk->start < least) {
    d.warnings.push_back({"too_short", "The recording ended before the six minutes were over.",
                          "Walk until the end is announced; the distance is that of the time walked."});
  }
  return d;
}

}  // namespace

std::string_view to_string(FunctionTest test) {
  return kFunctionTests[static_cast<std::size_t>(test)].name;
}

std::optional<FunctionTest> function_test_from_name(std::string_view name) {
  const auto* const found = std::find_if(kFunctionTests.begin(), kFunctionTests.end(),
                                         [&](const FunctionTestInfo& test) { return test.name == name; });
  if (found == kFunctionTests.end()) return std::nullopt;
  return static_cast<FunctionTest>(found - kFunctionTests.begin());
}

void name_parts(MeasurementDocument& document, FunctionTest test) {
  if (document.kind != MeasurementKind::function_test && document.kind != MeasurementKind::sit_to_stand)
    return;
  for (MeasuredValue& value : document.values) {
    if (value.part.empty()) value.part = to_string(test);
  }
}

bool is_measured_by(FunctionTest test, FunctionMethod method) {
  const FunctionTestInfo& facts = kFunctionTests[static_cast<std::size_t>(test)];
  return method == FunctionMethod::sensor ? facts.by_sensor : facts.by_camera;
}

std::string_view exercise_of(FunctionTest test) {
  return kFunctionTests[static_cast<std::size_t>(test)].exercise;
}

Result<MeasurementDocument> measure_function_test(const MeasurementInput& input,
                                                  const InertialSamples& samples,
                                                  const FunctionTestOptions& options) {
  if (!is_measured_by(options.test, FunctionMethod::sensor)) {
    return fail(ErrorCode::unsupported, "measuring a test of function",
                std::string{to_string(options.test)} + " is not measured by a sensor at the lower back",
                "film it: reprise assess " + std::string{to_string(options.test)});
  }
  switch (options.test) {
    case FunctionTest::timed_up_and_go: return timed_up_and_go(input, samples);
    case FunctionTest::sit_to_stand_5:
    case FunctionTest::sit_to_stand_30: {
      auto measured = sit_to_stand(input, samples, options.test == FunctionTest::sit_to_stand_5);
      if (measured) name_parts(*measured, options.test);
      return measured;
    }
    case FunctionTest::walk_10_m: return walk_course(input, samples, options);
    case FunctionTest::walk_6_min: return walk_minutes(input, samples, options);
    default: break;  // standing still
  }
  const StandingWithSensor standing{"", samples};
  return measure_trunk_sway(input, {&standing, 1});
}

}  // namespace reprise::session

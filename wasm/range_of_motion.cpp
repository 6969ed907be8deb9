// SPDX-License-Identifier: Apache-2.0
#include "wasm/range_of_motion.h"

#include <array>
#include <vector>

#include "json/reader.h"
#include "json/write.h"
#include "session/measurements/range_of_motion.h"
#include "wasm/measured_result.h"

namespace reprise::wasm {
namespace {

using json::Json;
using session::RangeTrial;
using session::RangeTrials;

constexpr std::size_t kMostRangeTests = 100;
constexpr std::size_t kMostTrials = 100;
constexpr int kOldestYears = 130;
constexpr std::array<std::string_view, 2> kRangeSides = {"left", "right"};
constexpr std::array<std::string_view, 3> kMethodWords = {"camera", "inclinometer", "goniometer"};
constexpr std::array<std::string_view, 2> kSexWords = {"female", "male"};

Json degrees_json(const std::optional<double>& angle_rad) {
  return angle_rad ? Json(to_degrees(Radians{*angle_rad}).value()) : Json(nullptr);
}

Json trial_json(const RangeTrial& trial) {
  Json out = {{"side", trial.side ? Json(std::string{engine::name(*trial.side)}) : Json(nullptr)},
              {"angle_deg", to_degrees(trial.angle).value()},
              {"uncertainty_deg", degrees_json(trial.uncertainty)},
              {"start_s", trial.start.value()},
              {"extreme_s", trial.extreme.value()},
              {"end_s", trial.end.value()},
              {"view_error_deg", trial.view_error ? degrees_json(trial.view_error->value()) : Json(nullptr)},
              {"note", json::or_null(trial.note)},
              {"compensations", Json::array()}};
  for (const std::string& one : trial.compensations) out["compensations"].push_back(one);
  return out;
}

std::optional<Side> side_in(json::Reader& item) {
  const auto side = item.choice_or_null("side", kRangeSides);
  return side ? std::optional{static_cast<Side>(*side)} : std::nullopt;
}

RangeTrial read_trial(json::Reader& item) {
  RangeTrial trial;
  trial.side = side_in(item);
  trial.angle = Radians{Degrees{item.number("angle_deg")}};
  if (const auto half_width = item.number_or_null("uncertainty_deg"))
    trial.uncertainty = Radians{Degrees{*half_width}}.value();
  trial.start = Seconds{item.number_or_null("start_s").value_or(0)};
  trial.extreme = Seconds{item.number_or_null("extreme_s").value_or(0)};
  trial.end = Seconds{item.number_or_null("end_s").value_or(0)};
  if (const auto turned = item.number_or_null("view_error_deg")) trial.view_error = Radians{Degrees{*turned}};
  trial.note = item.text_or_null("note");
  return trial;
}

/// A test of the request; its definition comes along as its file.
Result<RangeTrials> read_range_test(json::Reader& item) {
  auto test = range_test_in(item.text("file"), item.text("text"), item.text("id"));
  if (!test) return tl::unexpected(test.error());
  RangeTrials result;
  result.test = std::move(*test);
  result.method = static_cast<exercises::RangeMethod>(item.choice("method", kMethodWords).value_or(0));
  result.passive = item.truth("passive");
  for (json::Reader& trial : item.items("trials", kMostTrials)) {
    result.trials.push_back(read_trial(trial));
    if (result.trials.back().side.has_value() != result.test.sided)
      trial.refuse("side", result.test.sided ? "left or right" : "null: the test has no side");
  }
  if (result.method == exercises::RangeMethod::camera) return result;
  std::vector<Degrees> readings;
  for (const RangeTrial& trial : result.trials) readings.push_back(to_degrees(trial.angle));
  const auto side = result.trials.empty() ? std::nullopt : result.trials.front().side;
  return session::read_off_trials(result.test, result.method, side, result.passive, readings);
}

}  // namespace

Result<exercises::RangeTest> range_test_in(const std::string& file_name, const std::string& text,
                                           std::string_view id) {
  const exercises::CatalogFile file{file_name, text};
  const auto tests = exercises::parse_range_tests({&file, 1});
  if (!tests) return tl::unexpected(tests.error());
  const auto found = exercises::find_range_test(*tests, id);
  if (!found) return tl::unexpected(found.error());
  return **found;
}

Result<exercises::CatalogExercise> as_range_test(exercises::CatalogExercise exercise,
                                                 const exercises::RangeTest& test) {
  if (!test.camera || test.camera->exercise != exercise.definition.id) {
    return fail(ErrorCode::invalid_argument, "preparing a test of range of motion",
                test.id + " is not filmed with the exercise " + exercise.definition.id,
                "take the exercise that the test names");
  }
  exercise.definition = exercises::range_definition(test, exercise);
  exercise.definition.views = {test.camera->view};  // for the set-up check
  return exercise;
}

Result<std::string> filmed_trials_text(const LiveSet& set, const exercises::RangeTest& test,
                                       const FilmedRangeOptions& options, const SetFacts& facts) {
  session::FilmedRange filmed;
  filmed.source = facts.source;
  if (set.is_simulated()) filmed.source.kind = session::SourceKind::simulated;
  filmed.models = facts.models;
  filmed.frames.reacquired = facts.reacquired;
  filmed.frames.most_people = facts.most_people;
  filmed.scene.upright_exercise = session::is_upright(set.exercise());
  filmed.side = options.side;
  filmed.passive = options.passive;
  std::vector<session::Warning> warnings;
  const auto found = session::filmed_trials(test, &set.exercise(), filmed, set.frames(), warnings);
  if (!found) return tl::unexpected(found.error());
  Json out = {{"trials", Json::array()}, {"warnings", warnings_json(warnings)}};
  for (const RangeTrial& trial : found->trials) out["trials"].push_back(trial_json(trial));
  return json::write(out);
}

Result<std::string> range_of_motion_text(std::string_view tests) {
  json::Document page{tests, "summing up a range of motion"};
  json::Reader input = page.root();
  std::vector<RangeTrials> done;
  bool filmed = false;
  for (json::Reader& item : input.items("tests", kMostRangeTests)) {
    auto test = read_range_test(item);
    if (!test) return tl::unexpected(test.error());
    filmed = filmed || test->method == exercises::RangeMethod::camera;
    done.push_back(std::move(*test));
  }
  session::MeasurementInput measured;
  measured.source.recorded_at = input.text("startedAt");
  measured.source.duration = Seconds{input.number("duration_s")};
  measured.source.kind = input.truth("simulated") ? session::SignalSourceKind::simulated
                         : filmed                 ? session::SignalSourceKind::camera
                                                  : session::SignalSourceKind::entered;
  constexpr Hertz kUsualRate{30};
  if (filmed) measured.sensors = {{"camera", "33 points", kUsualRate, measured.source.duration}};
  for (json::Reader& item : input.items("warnings", kMostTrials))
    measured.warnings.push_back({item.text("code"), item.text("text"), item.text_or_null("remedy")});
  session::RangePerson person;
  person.age = input.whole_or_null("age", 0, kOldestYears);
  if (const auto sex = input.choice_or_null("sex", kSexWords))
    person.sex = *sex == 0 ? exercises::NormSex::female : exercises::NormSex::male;
  if (auto problem = page.problem()) return tl::unexpected(std::move(*problem));
  const auto document = session::measure_range_of_motion(measured, done, person);
  if (!document) return tl::unexpected(document.error());
  return measured_result_text(*document);
}

}  // namespace reprise::wasm

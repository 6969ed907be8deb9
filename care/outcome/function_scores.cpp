// SPDX-License-Identifier: Apache-2.0
#include "care/outcome/function_scores.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "care/plan/observation_fields.h"
#include "fhir/fields/answer_index.h"
#include "fhir/model/date_time.h"
#include "json/write.h"
#include "session/measurements/function_tests.h"
#include "session/measurements/measurement_document.h"

namespace reprise::care {
namespace {

using fhir::Json;
using session::FunctionTest;
using session::SignalMeasure;

/// The value by which a test is compared, and how the record names it.
struct MainValue {
  FunctionTest test;
  std::string_view kind;
  bool has_part;  ///< its Observations name the test as their part
  SignalMeasure measure;
  int decimals;  ///< as a patient reads it
};

constexpr std::array kMainValues = {
    MainValue{FunctionTest::timed_up_and_go, "timed_up_and_go", false, SignalMeasure::test_time, 1},
    MainValue{FunctionTest::sit_to_stand_5, "sit_to_stand", true, SignalMeasure::test_time, 1},
    MainValue{FunctionTest::sit_to_stand_30, "sit_to_stand", true, SignalMeasure::repetitions, 0},
    MainValue{FunctionTest::walk_10_m, "walk_test", false, SignalMeasure::walking_speed, 2},
    MainValue{FunctionTest::walk_6_min, "walk_test", false, SignalMeasure::walking_distance, 0},
    MainValue{FunctionTest::single_leg_stance, "function_test", true, SignalMeasure::stance_time, 1},
    MainValue{FunctionTest::tandem_stance, "function_test", true, SignalMeasure::stance_time, 1},
    MainValue{FunctionTest::functional_reach, "function_test", true, SignalMeasure::reach_distance, 0},
};

const MainValue& main_value_of(FunctionTest test) {
  return *std::find_if(kMainValues.begin(), kMainValues.end(),
                       [&](const MainValue& one) { return one.test == test; });
}

double rounded(double value, int decimals) {
  const double scale = std::pow(10.0, decimals);
  return std::round(value * scale) / scale;
}

std::string kind_of(const Json& observation) {
  for (const Json& category : json::list_of(observation, "category")) {
    if (const auto kind = code_in(&category, fhir::kMeasurement); !kind.empty()) return std::string{kind};
  }
  return {};
}

/// By its code; of older values by their words.
std::string method_of(const Json& observation) {
  const Json* method = json::field(observation, "method");
  if (method == nullptr) return {};
  const std::string_view code = code_in(method, fhir::kMethod);
  return std::string{code.empty() ? json::text_of(*method, "text") : code};
}

std::optional<double> quantity_in(const Json* element, std::string_view unit) {
  const Json* quantity = element == nullptr ? nullptr : json::field(*element, "valueQuantity");
  if (quantity == nullptr || json::field(*quantity, "comparator") != nullptr) return std::nullopt;
  if (!unit.empty() && json::text_of(*quantity, "code") != unit) return std::nullopt;
  return json::number_of(*quantity, "value");
}

/// Without its value; empty if it has no time.
std::optional<ScorePoint> dated(const Json& observation) {
  std::string_view at = json::text_of(observation, "effectiveDateTime");
  const Json* period = json::field(observation, "effectivePeriod");
  if (at.empty() && period != nullptr) at = json::text_of(*period, "start");
  const auto when = fhir::interval_of(at);
  if (!when || !when->start_ms) return std::nullopt;
  return ScorePoint{*when->start_ms, std::string{at}, 0, std::nullopt};
}

/// Sessions of walk tests: which of them are of ten meters, and which lasted six minutes.
struct WalkSessions {
  std::set<std::string> of_a_course;
  std::set<std::string> whole_minutes;
};

WalkSessions walk_sessions(std::span<const Json* const> observations) {
  constexpr double kLeastSeconds = 0.98 * 360;  // as session/measurements/function_tests.cpp warns
  WalkSessions sessions;
  for (const Json* observation : observations) {
    if (!counts(*observation) || kind_of(*observation) != "walk_test") continue;
    const auto measure = code_in(json::field(*observation, "code"), fhir::kSignalMeasure);
    const std::string session = session_in(*observation);
    if (measure == session::info(SignalMeasure::walking_speed).name) sessions.of_a_course.insert(session);
    const auto seconds = quantity_in(observation, "s");
    if (measure == session::info(SignalMeasure::test_time).name && seconds && *seconds >= kLeastSeconds)
      sessions.whole_minutes.insert(session);
  }
  return sessions;
}

const MainValue* main_value_in(const Json& observation, const WalkSessions& walks) {
  const std::string kind = kind_of(observation);
  const auto measure =
      session::signal_measure_from_name(code_in(json::field(observation, "code"), fhir::kSignalMeasure));
  const std::string_view part = part_in(observation);
  const auto* const found = std::find_if(kMainValues.begin(), kMainValues.end(), [&](const MainValue& one) {
    const std::string_view named = one.has_part ? session::to_string(one.test) : std::string_view{};
    return one.kind == kind && one.measure == measure && part == named;
  });
  if (found == kMainValues.end()) return nullptr;
  if (found->test == FunctionTest::walk_6_min) {
    const std::string session = session_in(observation);
    if (session.empty() || walks.of_a_course.contains(session) || !walks.whole_minutes.contains(session))
      return nullptr;
  }
  return found;
}

void sort_by_time(std::vector<ScorePoint>& points) {
  std::stable_sort(points.begin(), points.end(),
                   [](const ScorePoint& a, const ScorePoint& b) { return a.time_ms < b.time_ms; });
}

/// The way of measuring of the latest result stays.
FunctionScore score_of(FunctionTest test, const std::string& side,
                       std::map<std::string, std::vector<ScorePoint>> by_method) {
  auto latest = by_method.begin();
  for (auto one = by_method.begin(); one != by_method.end(); ++one) {
    sort_by_time(one->second);
    if (one->second.back().time_ms > latest->second.back().time_ms) latest = one;
  }
  FunctionScore score{
      test, main_value_of(test).measure, side, std::move(latest->second), by_method.size() > 1, std::nullopt};
  if (score.points.size() > 1)
    score.change = score_change(test, score.measure, score.points.front(), score.points.back());
  return score;
}

std::vector<FunctionScore> test_scores(std::span<const Json* const> observations) {
  const WalkSessions walks = walk_sessions(observations);
  std::map<std::pair<FunctionTest, std::string>, std::map<std::string, std::vector<ScorePoint>>> found;
  for (const Json* observation : observations) {
    const MainValue* of = counts(*observation) ? main_value_in(*observation, walks) : nullptr;
    if (of == nullptr) continue;
    const std::string_view unit = session::info(of->measure).ucum;
    const auto value = quantity_in(observation, unit);
    auto point = dated(*observation);
    if (!value || !point) continue;
    point->value = rounded(*value, of->decimals);
    if (const auto half = quantity_in(component_in(*observation, "uncertainty"), unit))
      point->uncertainty = std::abs(*half);
    const std::string side = side_in(json::field(*observation, "bodySite"));
    found[{of->test, side}][method_of(*observation)].push_back(*std::move(point));
  }
  std::vector<FunctionScore> scores;
  for (auto& [of, by_method] : found) scores.push_back(score_of(of.first, of.second, std::move(by_method)));
  return scores;
}

bool is_survey(const Json& observation) {
  const Json& categories = json::list_of(observation, "category");
  return std::any_of(categories.begin(), categories.end(), [](const Json& one) {
    return fhir::has_coding(&one, fhir::kObservationCategory, "survey");
  });
}

/// Our own code of a score, or LOINC's of an answer that is none of our questions; empty: neither.
std::string score_code(const Json& observation) {
  const Json* code = json::field(observation, "code");
  const std::string_view own = code_in(code, fhir::kObservation);
  if (own.starts_with("score:")) return std::string{own};
  const std::string_view loinc = code_in(code, fhir::kLoinc);
  constexpr std::string_view kPain = "72514-3";
  return own.empty() && loinc != kPain && is_survey(observation) ? std::string{loinc} : std::string{};
}

std::string name_of(const Json& observation, const std::string& code) {
  const Json& codeable = *json::field(observation, "code");
  if (const auto text = json::text_of(codeable, "text"); !text.empty()) return fhir::clean_text(text);
  for (const Json& coding : json::list_of(codeable, "coding")) {
    if (const auto display = json::text_of(coding, "display"); !display.empty())
      return fhir::clean_text(display);
  }
  return code;
}

std::vector<QuestionnaireScore> questionnaire_scores(std::span<const Json* const> observations) {
  constexpr int kDecimals = 1;  // as the chart shows scores
  std::map<std::string, QuestionnaireScore> found;
  for (const Json* observation : observations) {
    if (!counts(*observation)) continue;
    const std::string code = score_code(*observation);
    auto value = quantity_in(observation, {});
    if (!value) value = json::number_of(*observation, "valueInteger");
    auto point = dated(*observation);
    if (code.empty() || !value || !point) continue;
    point->value = rounded(*value, kDecimals);
    QuestionnaireScore& score = found[code];
    if (score.name.empty()) score = {code, name_of(*observation, code), {}};
    score.points.push_back(*std::move(point));
  }
  std::vector<QuestionnaireScore> scores;
  for (auto& [code, score] : found) {
    sort_by_time(score.points);
    scores.push_back(std::move(score));
  }
  return scores;
}

Json points_json(const std::vector<ScorePoint>& points) {
  Json all = Json::array();
  for (const ScorePoint& point : points) all.push_back({{"at", point.at}, {"value", point.value}});
  return all;
}

constexpr std::array<std::string_view, 4> kVerdicts = {"better", "worse", "same", "unknown"};

Json change_json(const std::optional<ScoreChange>& change) {
  if (!change) return {};
  return {{"verdict", kVerdicts.at(static_cast<std::size_t>(change->verdict))},
          {"by", change->by},
          {"least", json::or_null(change->least)},
          {"source", json::or_null(change->source)}};
}

}  // namespace

ScoreChange score_change(FunctionTest test, SignalMeasure measure, const ScorePoint& first,
                         const ScorePoint& latest) {
  const session::SignalMeasureInfo& facts = session::info(measure);
  const int decimals = main_value_of(test).decimals;
  ScoreChange change;
  change.by = rounded(latest.value - first.value, decimals);
  const auto detectable = session::detectable_change_of(test, first.value / facts.factor);
  if (!detectable) return change;
  double least = detectable->value * facts.factor;
  if (first.uncertainty && latest.uncertainty)
    least = std::max(least, std::hypot(*first.uncertainty, *latest.uncertainty));
  // Up, so that a difference as large as the number on the page is never called a change.
  constexpr int kFiner = 1;
  const double scale = std::pow(10.0, decimals + (decimals == 0 ? kFiner : 0));
  change.least = std::ceil(least * scale - 1e-6) / scale;
  change.source = detectable->source;
  const bool up = change.by > 0;
  if (std::abs(change.by) <= *change.least)
    change.verdict = ScoreVerdict::same;
  else if (facts.better != session::SignalBetter::neither)
    change.verdict =
        up == (facts.better == session::SignalBetter::higher) ? ScoreVerdict::better : ScoreVerdict::worse;
  return change;
}

FunctionScores function_scores(std::span<const Json* const> observations) {
  return {test_scores(observations), questionnaire_scores(observations)};
}

Result<std::string> function_scores_text(std::span<const std::string> answers) {
  const auto record = fhir::AnswerIndex::of(answers);
  if (!record) return tl::unexpected(record.error());
  const std::vector<const Json*> observations = record->all("Observation");
  const FunctionScores scores = function_scores(observations);
  Json tests = Json::array();
  for (const FunctionScore& score : scores.tests) {
    tests.push_back({{"test", session::to_string(score.test)},
                     {"side", json::or_null(score.side)},
                     {"unit", session::info(score.measure).unit},
                     {"digits", main_value_of(score.test).decimals},
                     {"points", points_json(score.points)},
                     {"otherwise", score.otherwise},
                     {"change", change_json(score.change)}});
  }
  Json questionnaires = Json::array();
  for (const QuestionnaireScore& score : scores.questionnaires)
    questionnaires.push_back(
        {{"code", score.code}, {"name", score.name}, {"points", points_json(score.points)}});
  return json::write({{"tests", std::move(tests)}, {"questionnaires", std::move(questionnaires)}});
}

}  // namespace reprise::care

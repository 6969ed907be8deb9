// SPDX-License-Identifier: Apache-2.0
#include "wasm/work_load_result.h"

#include <algorithm>
#include <array>
#include <optional>

#include "json/reader.h"
#include "json/write.h"
#include "session/assessments/work_load_json.h"
#include "session/measurements/work_measurement.h"
#include "wasm/measured_result.h"

namespace reprise::wasm {
namespace {

constexpr const char* kAnswerKinds[] = {"yes_no", "choice", "kilograms"};
constexpr std::array<std::string_view, 3> kCouplingWords = {"good", "fair", "poor"};
constexpr double kCmPerMeter = 100;
constexpr double kMostCm = 300;
constexpr double kMostDeg = 180;
constexpr double kMostPerMinute = 60;
constexpr double kMostHours = 24;

Json questions_of(const session::WorkLoadDocument& document) {
  const auto open = engine::unanswered(document.method, document.answers);
  Json questions = Json::array();
  for (std::size_t i = 0; i < engine::kWorkQuestionCount; ++i) {
    const engine::WorkQuestion question = engine::work_question_at(i);
    if (!engine::asks(document.method, question)) continue;
    const engine::WorkQuestionInfo& info = engine::info(question);
    Json choices = Json::array();
    for (const std::string_view choice : info.choices) choices.push_back(choice);
    questions.push_back({{"name", info.name},
                         {"kind", kAnswerKinds[static_cast<std::size_t>(info.kind)]},
                         {"choices", std::move(choices)},
                         {"ofArm", engine::is_of_arm(question)},
                         {"open", std::find(open.begin(), open.end(), question) != open.end()}});
  }
  return questions;
}

/// The scores of each action level, from the lowest on.
Json levels_of(engine::WorkMethod method) {
  Json levels = Json::array();
  const engine::ScoreRange all = engine::method_scores(method);
  for (int score = all.least; score <= all.most; ++score) {
    const int level = engine::action_level(method, score);
    if (levels.empty() || levels.back()["level"] != level)
      levels.push_back({{"level", level}, {"least", score}, {"most", score}});
    levels.back()["most"] = score;
  }
  return levels;
}

double within(json::Reader& input, std::string_view field, double most) {
  const double number = input.number(field);
  if (!(number >= 0 && number <= most))
    input.refuse(field, "a number from 0 to " + std::to_string(static_cast<int>(most)));
  return number;
}

std::optional<double> within_or_null(json::Reader& input, std::string_view field, double most) {
  const auto number = input.number_or_null(field);
  if (number && !(*number >= 0 && *number <= most))
    input.refuse(field, "a number from 0 to " + std::to_string(static_cast<int>(most)) + ", or null");
  return number;
}

std::optional<Radians> angle_in(json::Reader& input, std::string_view field) {
  const auto degrees = within_or_null(input, field, kMostDeg);
  return degrees ? std::optional<Radians>{Degrees{*degrees}} : std::nullopt;
}

Meters length_in(json::Reader& input, std::string_view field) {
  return Meters{within(input, field, kMostCm) / kCmPerMeter};
}

session::EnteredLift lift_in(json::Reader& input) {
  session::EnteredLift lift;
  engine::LiftingTask& task = lift.task;
  task.load_kg = within(input, "weight_kg", engine::kMostLoadKg);
  task.origin = {length_in(input, "horizontal_cm"), length_in(input, "vertical_cm"),
                 angle_in(input, "asymmetry_deg")};
  task.destination.vertical = length_in(input, "to_vertical_cm");
  if (const auto horizontal_cm = within_or_null(input, "to_horizontal_cm", kMostCm)) {
    task.control_at_destination = true;
    task.destination.horizontal = Meters{*horizontal_cm / kCmPerMeter};
  }
  task.destination.asymmetry = angle_in(input, "to_asymmetry_deg");
  task.lifts_per_minute = within(input, "lifts_per_minute", kMostPerMinute);
  task.hours = within(input, "hours", kMostHours);
  if (const auto coupling = input.choice_or_null("coupling", kCouplingWords))
    task.coupling = static_cast<engine::LiftCoupling>(*coupling);
  lift.recorded_at = input.text("startedAt");
  lift.simulated = input.truth("simulated");
  return lift;
}

Json range_json(const engine::NumberRange& range) {
  return {{"least", range.least}, {"most", range.most}};
}

Json multipliers_json(const engine::LiftMultipliers& m) {
  return {{"horizontal", range_json({m.horizontal, m.horizontal})},
          {"vertical", range_json({m.vertical, m.vertical})},
          {"distance", range_json({m.distance, m.distance})},
          {"asymmetry", range_json(m.asymmetry)},
          {"frequency", range_json({m.frequency, m.frequency})},
          {"coupling", range_json(m.coupling)},
          {"limit_kg", range_json(m.limit_kg)}};
}

}  // namespace

Result<std::string> work_load_result_text(const session::WorkLoadDocument& document) {
  auto result = measured_result(session::work_load_measurement(document));
  if (!result) return tl::unexpected(result.error());
  auto load = session::to_work_load_json(document);
  if (!load) return tl::unexpected(load.error());
  (*result)["load"] = std::move(*load);
  (*result)["questions"] = questions_of(document);
  (*result)["levels"] = levels_of(document.method);
  return json::write(*result);
}

Result<std::string> lift_text(std::string_view request) {
  json::Document page{request, "computing the recommended weight limit"};
  json::Reader input = page.root();
  const session::EnteredLift lift = lift_in(input);
  if (auto problem = page.problem()) return tl::unexpected(std::move(*problem));
  const auto document = session::lifting_measurement(lift);
  if (!document) return tl::unexpected(document.error());
  const auto computed = engine::lifting_limit(lift.task);
  if (!computed) return tl::unexpected(computed.error());
  auto result = measured_result(*document);
  if (!result) return tl::unexpected(result.error());
  (*result)["loadConstant_kg"] = engine::kLiftLoadConstantKg;
  (*result)["origin"] = multipliers_json(computed->origin);
  (*result)["destination"] = computed->destination ? multipliers_json(*computed->destination) : Json{};
  (*result)["limit_kg"] = range_json(computed->limit_kg);
  (*result)["index"] = computed->index ? range_json(*computed->index) : Json{};
  return json::write(*result);
}

}  // namespace reprise::wasm

// SPDX-License-Identifier: Apache-2.0
#include "session/assessments/work_answers_json.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/nearest_names.h"
#include "json/strict_json.h"

namespace reprise::session {
namespace {

constexpr const char* kReadingAnswers = "reading the answers";

const std::vector<std::string>& question_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < engine::kWorkQuestionCount; ++i)
      all.emplace_back(engine::info(engine::work_question_at(i)).name);
    return all;
  }();
  return names;
}

std::optional<engine::AnswerValue> value_of(const nlohmann::json& json) {
  if (json.is_boolean()) return json.get<bool>();
  if (json.is_number()) return json.get<double>();
  if (json.is_string()) return std::string_view{json.get_ref<const std::string&>()};
  return std::nullopt;
}

Result<void> take_answer(const std::string& name, const nlohmann::json& json, engine::WorkAnswers& answers) {
  const auto& names = question_names();
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) {
    const std::string near = did_you_mean(name, names);
    return fail(ErrorCode::invalid_argument, kReadingAnswers,
                "no question is named " + json::shown(nlohmann::json(name)),
                near.empty()
                    ? "`reprise assess rula --help` and `reprise assess reba --help` list the names, "
                      "written with - instead of _"
                    : near);
  }
  if (json.is_null()) return {};
  const auto question = engine::work_question_at(static_cast<std::size_t>(found - names.begin()));
  const auto value = value_of(json);
  if (!value) {
    return fail(ErrorCode::invalid_argument, kReadingAnswers, name + " is a list or a group",
                "give one value: true, false, a number, a text or null");
  }
  return engine::set_answer(answers, question, *value);
}

}  // namespace

Result<engine::WorkAnswers> parse_work_answers(std::string_view text) {
  std::vector<json::Problem> problems;
  const auto json = json::parse_strict(text, "the answers", problems);
  if (!problems.empty()) {
    const json::Problem& first = problems.front();
    return fail(ErrorCode::corrupt, kReadingAnswers, "found " + first.found + "; " + first.limit,
                first.remedy);
  }
  if (!json.is_object()) {
    return fail(ErrorCode::corrupt, kReadingAnswers, "the answers are no JSON object",
                R"(write it as {"load_kg": 12, "stance": "standing"})");
  }
  engine::WorkAnswers answers;
  for (const auto& [name, value] : json.items()) {
    if (auto taken = take_answer(name, value, answers); !taken) return tl::unexpected(taken.error());
  }
  return answers;
}

}  // namespace reprise::session

// SPDX-License-Identifier: Apache-2.0
#include "session/assessments/work_answers_text.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace reprise::session {
namespace {

std::string option_text(engine::WorkQuestion question, const engine::AnswerValue& value) {
  std::string option{engine::info(question).name};
  std::replace(option.begin(), option.end(), '_', '-');
  const std::string name = "--" + option + ' ';
  if (const bool* yes = std::get_if<bool>(&value)) return name + (*yes ? "yes" : "no");
  if (const double* number = std::get_if<double>(&value)) return name + typed_number(*number);
  return name + std::string{std::get<std::string_view>(value)};
}

}  // namespace

std::string typed_number(double number) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.10g", number);
  return text.data();
}

std::string work_options_text(engine::WorkMethod method, std::optional<Side> side,
                              const engine::WorkAnswers& answers) {
  std::string text;
  if (side) text = *side == Side::left ? "--side left" : "--side right";
  for (std::size_t i = 0; i < engine::kWorkQuestionCount; ++i) {
    const engine::WorkQuestion question = engine::work_question_at(i);
    if (!engine::asks(method, question)) continue;
    const auto value = engine::answer(answers, question);
    if (value) text += (text.empty() ? "" : " ") + option_text(question, *value);
  }
  return text;
}

}  // namespace reprise::session

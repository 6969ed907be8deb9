// SPDX-License-Identifier: Apache-2.0
#include "engine/ergonomics/work_answers.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace reprise::engine {
namespace {

using Text = std::string_view;

constexpr std::array<Text, kWorkMethodCount> kMethodNames = {"rula", "reba", "owas"};
constexpr std::array<Text, 4> kStances = {"standing", "sitting", "kneeling", "walking"};
constexpr std::array<Text, 3> kManners = {"intermittent", "static_or_repeated", "shock"};
constexpr std::array<Text, 4> kCouplings = {"good", "fair", "poor", "unacceptable"};

constexpr unsigned kRula = 1;
constexpr unsigned kReba = 2;
constexpr unsigned kOwas = 4;

struct QuestionRow {
  WorkQuestionInfo info;
  unsigned methods;
  Text question;
  std::optional<bool> WorkAnswers::*yes_no = nullptr;
  Text reba_question = {};  ///< where REBA asks something else
};

constexpr std::array<QuestionRow, kWorkQuestionCount> kQuestions = {{
    {{"stance", AnswerKind::choice, kStances},
     kRula | kReba | kOwas,
     "Does the person stand, sit, kneel or walk?"},
    {{"trunk_supported", AnswerKind::yes_no, {}},
     kRula,
     "Is the trunk well supported while the person sits?",
     &WorkAnswers::trunk_supported},
    {{"legs_balanced", AnswerKind::yes_no, {}},
     kRula | kReba | kOwas,
     "Is the weight evenly on both supported legs and feet?",
     &WorkAnswers::legs_balanced},
    {{"shoulder_raised", AnswerKind::yes_no, {}},
     kRula | kReba,
     "Is the shoulder raised?",
     &WorkAnswers::shoulder_raised},
    {{"arm_rotated", AnswerKind::yes_no, {}}, kReba, "Is the upper arm rotated?", &WorkAnswers::arm_rotated},
    {{"arm_supported", AnswerKind::yes_no, {}},
     kRula | kReba,
     "Is the arm supported, or does the person lean?",
     &WorkAnswers::arm_supported,
     "Is the arm supported, does the person lean, or does gravity assist the arm?"},
    {{"across_midline", AnswerKind::yes_no, {}},
     kRula,
     "Does the forearm work across the midline or out to the side?",
     &WorkAnswers::across_midline},
    {{"wrist_deviated", AnswerKind::yes_no, {}},
     kRula | kReba,
     "Is the wrist bent to the thumb's or little finger's side?",
     &WorkAnswers::wrist_deviated},
    {{"wrist_twisted", AnswerKind::yes_no, {}},
     kRula | kReba,
     "Is the forearm turned to near the end of its range?",
     &WorkAnswers::wrist_twisted,
     "Is the wrist twisted?"},
    {{"load_kg", AnswerKind::kilograms, {}},
     kRula | kReba | kOwas,
     "How heavy is the load, or how large the force, in kg?"},
    {{"load_manner", AnswerKind::choice, kManners},
     kRula | kReba,
     "Is the load intermittent, static or repeated, or a shock?"},
    {{"held_static", AnswerKind::yes_no, {}},
     kRula | kReba,
     "Is a part of the body held still for longer than a minute?",
     &WorkAnswers::held_static},
    {{"repeated", AnswerKind::yes_no, {}},
     kRula | kReba,
     "Is a movement repeated four times a minute or more?",
     &WorkAnswers::repeated,
     "Are small movements, other than walking, repeated more than four times a minute?"},
    {{"rapid_change", AnswerKind::yes_no, {}},
     kReba,
     "Does the posture change rapidly and widely, or is the footing unstable?",
     &WorkAnswers::rapid_change},
    {{"coupling", AnswerKind::choice, kCouplings}, kReba, "How well do the hands hold the load?"},
}};

constexpr std::array kOfArm = {WorkQuestion::shoulder_raised, WorkQuestion::arm_rotated,
                               WorkQuestion::arm_supported,   WorkQuestion::across_midline,
                               WorkQuestion::wrist_deviated,  WorkQuestion::wrist_twisted};

const QuestionRow& row(WorkQuestion question) {
  return kQuestions[static_cast<std::size_t>(question)];
}

bool decided_by(WorkStance stance, WorkMethod method, WorkQuestion question) {
  if (question == WorkQuestion::trunk_supported) return stance != WorkStance::sitting;
  if (question != WorkQuestion::legs_balanced) return false;
  if (method == WorkMethod::owas) return stance != WorkStance::standing;
  // REBA gives the same for sitting and walking as for both legs.
  return method == WorkMethod::reba && (stance == WorkStance::sitting || stance == WorkStance::walking);
}

template <class Choice>
std::optional<AnswerValue> chosen(const std::optional<Choice>& choice, WorkQuestion question) {
  if (!choice) return std::nullopt;
  return AnswerValue{row(question).info.choices[static_cast<std::size_t>(*choice)]};
}

tl::unexpected<Error> refused(WorkQuestion question, const std::string& wanted) {
  return fail(ErrorCode::invalid_argument, "reading the answers",
              std::string{row(question).info.name} + " must be " + wanted,
              "correct the answer, or leave it out: the score is then a range");
}

}  // namespace

std::string_view name(WorkMethod method) {
  return kMethodNames[static_cast<std::size_t>(method)];
}

const WorkQuestionInfo& info(WorkQuestion question) {
  return row(question).info;
}

std::string_view question_text(WorkMethod method, WorkQuestion question) {
  const QuestionRow& asked = row(question);
  return method == WorkMethod::reba && !asked.reba_question.empty() ? asked.reba_question : asked.question;
}

bool is_of_arm(WorkQuestion question) {
  return std::find(kOfArm.begin(), kOfArm.end(), question) != kOfArm.end();
}

WorkAnswers without_arm(WorkAnswers answers) {
  for (const WorkQuestion question : kOfArm) (answers.*row(question).yes_no).reset();
  return answers;
}

bool asks(WorkMethod method, WorkQuestion question) {
  return (row(question).methods >> static_cast<unsigned>(method) & 1U) != 0;
}

bool counts(WorkMethod method, WorkQuestion question, const std::optional<WorkStance>& stance) {
  return asks(method, question) && !(stance && decided_by(*stance, method, question));
}

std::vector<WorkQuestion> unanswered(WorkMethod method, const WorkAnswers& answers) {
  std::vector<WorkQuestion> questions;
  for (std::size_t i = 0; i < kWorkQuestionCount; ++i) {
    const WorkQuestion question = work_question_at(i);
    if (counts(method, question, answers.stance) && !answer(answers, question)) questions.push_back(question);
  }
  return questions;
}

Result<void> set_answer(WorkAnswers& answers, WorkQuestion question, const AnswerValue& value) {
  const QuestionRow& asked = row(question);
  if (asked.info.kind == AnswerKind::yes_no) {
    const bool* yes = std::get_if<bool>(&value);
    if (yes == nullptr) return refused(question, "true or false");
    answers.*asked.yes_no = *yes;
    return {};
  }
  if (asked.info.kind == AnswerKind::kilograms) {
    const double* kilograms = std::get_if<double>(&value);
    if (kilograms == nullptr || !(*kilograms >= 0 && *kilograms <= kMostLoadKg))
      return refused(question, "a number from 0 to 500");
    answers.load_kg = *kilograms;
    return {};
  }
  const Text* text = std::get_if<Text>(&value);
  const auto& choices = asked.info.choices;
  const auto found = text == nullptr ? choices.end() : std::find(choices.begin(), choices.end(), *text);
  if (found == choices.end()) {
    std::string wanted;
    for (std::size_t i = 0; i < choices.size(); ++i)
      wanted += (i == 0 ? "" : i + 1 == choices.size() ? " or " : ", ") + std::string{choices[i]};
    return refused(question, wanted);
  }
  const auto index = static_cast<std::uint8_t>(found - choices.begin());
  if (question == WorkQuestion::stance) answers.stance = static_cast<WorkStance>(index);
  if (question == WorkQuestion::load_manner) answers.load_manner = static_cast<LoadManner>(index);
  if (question == WorkQuestion::coupling) answers.coupling = static_cast<Coupling>(index);
  return {};
}

std::optional<AnswerValue> answer(const WorkAnswers& answers, WorkQuestion question) {
  const QuestionRow& asked = row(question);
  if (asked.yes_no != nullptr) {
    const std::optional<bool>& yes = answers.*asked.yes_no;
    return yes ? std::optional<AnswerValue>{*yes} : std::nullopt;
  }
  if (question == WorkQuestion::stance) return chosen(answers.stance, question);
  if (question == WorkQuestion::load_manner) return chosen(answers.load_manner, question);
  if (question == WorkQuestion::coupling) return chosen(answers.coupling, question);
  return answers.load_kg ? std::optional<AnswerValue>{*answers.load_kg} : std::nullopt;
}

}  // namespace reprise::engine

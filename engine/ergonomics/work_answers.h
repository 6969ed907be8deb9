// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"

namespace reprise::engine {

enum class WorkMethod : std::uint8_t { rula, reba, owas };
inline constexpr std::size_t kWorkMethodCount = 3;
[[nodiscard]] std::string_view name(WorkMethod method);

enum class WorkStance : std::uint8_t { standing, sitting, kneeling, walking };
/// How a load is held or a force exerted.
enum class LoadManner : std::uint8_t { intermittent, static_or_repeated, shock };
/// How well the hands hold the load, as REBA has it.
enum class Coupling : std::uint8_t { good, fair, poor, unacceptable };

/// What a camera cannot see of the work, or not surely. Empty: not answered, and the score is a range.
struct WorkAnswers {
  std::optional<WorkStance> stance;
  std::optional<bool> trunk_supported;
  std::optional<bool> legs_balanced;
  std::optional<bool> shoulder_raised;
  std::optional<bool> arm_rotated;
  std::optional<bool> arm_supported;
  std::optional<bool> across_midline;
  std::optional<bool> wrist_deviated;
  std::optional<bool> wrist_twisted;
  std::optional<double> load_kg;
  std::optional<LoadManner> load_manner;
  std::optional<bool> held_static;
  std::optional<bool> repeated;
  std::optional<bool> rapid_change;
  std::optional<Coupling> coupling;
};

enum class WorkQuestion : std::uint8_t {
  stance,
  trunk_supported,
  legs_balanced,
  shoulder_raised,
  arm_rotated,
  arm_supported,
  across_midline,
  wrist_deviated,
  wrist_twisted,
  load_kg,
  load_manner,
  held_static,
  repeated,
  rapid_change,
  coupling,
};
inline constexpr std::size_t kWorkQuestionCount = 15;

enum class AnswerKind : std::uint8_t { yes_no, choice, kilograms };

struct WorkQuestionInfo {
  std::string_view name;  ///< as in files, e.g. "load_kg"
  AnswerKind kind;
  std::span<const std::string_view> choices;  ///< of a choice
};
[[nodiscard]] const WorkQuestionInfo& info(WorkQuestion question);
[[nodiscard]] constexpr WorkQuestion work_question_at(std::size_t index) {
  return static_cast<WorkQuestion>(index);
}
/// As a person is asked, English. The methods ask some things differently.
[[nodiscard]] std::string_view question_text(WorkMethod method, WorkQuestion question);
/// Whether the answer is that of one arm.
[[nodiscard]] bool is_of_arm(WorkQuestion question);
/// The same with every question about an arm open.
[[nodiscard]] WorkAnswers without_arm(WorkAnswers answers);
/// Whether the method depends on the answer.
[[nodiscard]] bool asks(WorkMethod method, WorkQuestion question);
/// Whether it does so for a person of this stance, too: trunk support counts for those who sit.
[[nodiscard]] bool counts(WorkMethod method, WorkQuestion question, const std::optional<WorkStance>& stance);
/// The questions of the method that are open and can change the score, in the order of the enumeration. Those
/// that the stance decides are left out.
[[nodiscard]] std::vector<WorkQuestion> unanswered(WorkMethod method, const WorkAnswers& answers);

/// More than a person lifts. Unsourced default, to catch slips of the pen.
inline constexpr double kMostLoadKg = 500;

using AnswerValue = std::variant<bool, double, std::string_view>;
/// Answers one question. Error: invalid_argument (another type, an unknown choice, a load outside 0 to
/// kMostLoadKg).
[[nodiscard]] Result<void> set_answer(WorkAnswers& answers, WorkQuestion question, const AnswerValue& value);
/// The answer as a file has it: true or false, kilograms, the name of the choice. Empty: not answered.
[[nodiscard]] std::optional<AnswerValue> answer(const WorkAnswers& answers, WorkQuestion question);

}  // namespace reprise::engine

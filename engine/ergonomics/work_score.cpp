// SPDX-License-Identifier: Apache-2.0
#include "engine/ergonomics/work_score.h"

#include <array>
#include <utility>

#include "engine/ergonomics/part_builder.h"

namespace reprise::engine {
namespace {

constexpr std::array<WorkPartInfo, kWorkPartCount> kWorkParts = {{
    {"upper_arm", "Upper arm"},
    {"lower_arm", "Lower arm"},
    {"wrist", "Wrist"},
    {"wrist_twist", "Wrist twist"},
    {"neck", "Neck"},
    {"trunk", "Trunk"},
    {"legs", "Legs"},
    {"table_a", "Table A"},
    {"table_b", "Table B"},
    {"muscle_use", "Muscle use"},
    {"force", "Load or force"},
    {"coupling", "Coupling"},
    {"activity", "Activity"},
    {"back", "Back"},
    {"arms", "Arms"},
}};

}  // namespace

const WorkPartInfo& info(WorkPart part) {
  return kWorkParts[static_cast<std::size_t>(part)];
}

int action_level(WorkMethod method, int score) {
  switch (method) {
    case WorkMethod::rula: return (score + 1) / 2;
    case WorkMethod::reba: return score <= 1 ? 0 : score <= 3 ? 1 : score <= 7 ? 2 : score <= 10 ? 3 : 4;
    case WorkMethod::owas: break;
  }
  return score;
}

ScoreRange action_levels(WorkMethod method) {
  return {method == WorkMethod::reba ? 0 : 1, 4};
}

ScoreRange method_scores(WorkMethod method) {
  static constexpr std::array<int, kWorkMethodCount> kHighest = {7, 15, 4};
  return {1, kHighest[static_cast<std::size_t>(method)]};
}

WorkScore score_work(WorkMethod method, const WorkPosture& posture, std::optional<Side> side,
                     const WorkAnswers& answers) {
  if (method == WorkMethod::owas) return owas(posture, answers);
  const WorkAnswers known = side ? answers : without_arm(answers);
  const auto of_side = [&](Side s) {
    return method == WorkMethod::rula ? rula(posture, s, known) : reba(posture, s, known);
  };
  if (side) return of_side(*side);
  WorkScore worse = of_side(Side::left);
  WorkScore other_side = of_side(Side::right);
  const PossibleScores higher = higher_of(worse.scores, other_side.scores);
  const auto rank = [](const WorkScore& score) {
    return std::pair{score.scores.most(), score.scores.least()};
  };
  if (rank(other_side) > rank(worse)) worse = std::move(other_side);
  worse.scores = higher;
  worse.level = {action_level(method, higher.least()), action_level(method, higher.most())};
  return worse;
}

}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "engine/ergonomics/owas_tables.h"
#include "engine/ergonomics/part_builder.h"

namespace reprise::engine {
namespace {

constexpr double kOwasBentDeg = 20;  // bent, twisted or bent sideways from here on
constexpr double kShoulderLevelDeg =
    90;  // of the upper arm in the room: the elbow is at the shoulder's height

PartScore owas_back(const WorkPosture& posture) {
  PartBuilder part{WorkPart::back};
  part.rests_on("trunk flexion", posture.trunk_flexion);
  part.rests_on("trunk twisted", posture.trunk_rotation);
  part.rests_on("trunk bent sideways", posture.trunk_lateral_flexion);
  const PossibleScores bent = points_beyond(posture.trunk_flexion, kOwasBentDeg);
  const PossibleScores twisted = higher_of(points_beyond(posture.trunk_rotation, kOwasBentDeg),
                                           points_beyond(posture.trunk_lateral_flexion, kOwasBentDeg));
  PossibleScores codes;  // 1 straight, 2 bent, 3 twisted, 4 both
  bent.each([&](int b) { twisted.each([&](int t) { codes.add(1 + b + 2 * t); }); });
  return part.add(codes).take();
}

PartScore owas_arms(const WorkPosture& posture) {
  PartBuilder part{WorkPart::arms};
  part.add(PossibleScores{1});
  for (const Side side : {Side::left, Side::right}) {
    const auto& raised = posture.arm(side).raised;
    part.measured(side == Side::left ? "left arm raised" : "right arm raised", raised,
                  points_above(raised, kShoulderLevelDeg));
  }
  return part.take();
}

// 2 straight or 4 bent on both legs, 3 or 5 on one. On one leg either may be the loaded one, whose knee
// counts.
PossibleScores owas_standing(const WorkPosture& posture, const WorkAnswers& answers) {
  const PossibleScores left = points_above(posture.knee_flexion[0], kBentKneeDeg);
  const PossibleScores right = points_above(posture.knee_flexion[1], kBentKneeDeg);
  PossibleScores codes;
  points_if(answers.legs_balanced, 0, 1).each([&](int on_one_leg) {
    const PossibleScores bent = on_one_leg == 1 ? left | right : higher_of(left, right);
    bent.each([&](int b) { codes.add(2 + on_one_leg + 2 * b); });
  });
  return codes;
}

PartScore owas_legs(const WorkPosture& posture, const WorkAnswers& answers) {
  PossibleScores codes;
  if (may_be(answers, WorkStance::sitting)) codes.add(1);
  if (may_be(answers, WorkStance::standing)) codes = codes | owas_standing(posture, answers);
  if (may_be(answers, WorkStance::kneeling)) codes.add(6);
  if (may_be(answers, WorkStance::walking)) codes.add(7);
  return legs_part(posture).add(codes).take();
}

PartScore owas_load(const WorkAnswers& answers) {
  PartBuilder part{WorkPart::force};
  PossibleScores codes;
  for (const double load_kg : {0.0, 15.0, 30.0}) {  // one of each class, where it is not known
    const double load = answers.load_kg.value_or(load_kg);
    codes.add(load <= 10 ? 1 : load <= 20 ? 2 : 3);
  }
  return part.answered(WorkQuestion::load_kg, codes).take();
}

}  // namespace

WorkScore owas(const WorkPosture& posture, const WorkAnswers& answers) {
  WorkScore score;
  score.parts = {owas_back(posture), owas_arms(posture), owas_legs(posture, answers), owas_load(answers)};
  score.parts[0].scores.each([&](int back) {
    score.parts[1].scores.each([&](int arms) {
      const auto& categories =
          kOwasCategories[static_cast<std::size_t>(back - 1)][static_cast<std::size_t>(arms - 1)];
      score.parts[2].scores.each([&](int legs) {
        score.parts[3].scores.each([&](int load) {
          score.scores.add(categories[static_cast<std::size_t>(3 * (legs - 1) + load - 1)]);
        });
      });
    });
  });
  score.level = score.scores.range();
  return score;
}

}  // namespace reprise::engine

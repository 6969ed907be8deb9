// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "engine/ergonomics/part_builder.h"
#include "engine/ergonomics/rula_tables.h"

namespace reprise::engine {
namespace {

constexpr std::array kRulaWrist = {AngleBand{-kNoLimitDeg, -15, 3}, AngleBand{-15, -kNeutralDeg, 2},
                                   AngleBand{-kNeutralDeg, kNeutralDeg, 1}, AngleBand{kNeutralDeg, 15, 2},
                                   AngleBand{15, kNoLimitDeg, 3}};
constexpr std::array kRulaNeck = {AngleBand{-kNoLimitDeg, -kNeutralDeg, 4}, AngleBand{-kNeutralDeg, 10, 1},
                                  AngleBand{10, 20, 2}, AngleBand{20, kNoLimitDeg, 3}};
// What the method does not say, leaning back, scores as leaning forward by as little.
constexpr std::array kRulaTrunk = {AngleBand{-kNoLimitDeg, -kNeutralDeg, 2},
                                   AngleBand{-kNeutralDeg, kNeutralDeg, 1}, AngleBand{kNeutralDeg, 20, 2},
                                   AngleBand{20, 60, 3}, AngleBand{60, kNoLimitDeg, 4}};

PartScore rula_lower_arm(const WorkArm& arm, const WorkAnswers& answers) {
  PartBuilder part{WorkPart::lower_arm};
  part.measured("elbow flexion", arm.elbow_flexion, elbow_points(arm));
  part.answered(WorkQuestion::across_midline, points_if(answers.across_midline));
  return part.take();
}

PartScore rula_wrist(const WorkArm& arm, const WorkAnswers& answers) {
  PartBuilder part{WorkPart::wrist};
  part.measured("wrist flexion", arm.wrist_flexion, points_in(arm.wrist_flexion, kRulaWrist));
  part.answered(WorkQuestion::wrist_deviated, points_if(answers.wrist_deviated));
  return part.take();
}

PartScore rula_neck(const WorkPosture& posture) {
  PartBuilder part{WorkPart::neck};
  part.measured("neck flexion", posture.neck_flexion, points_in(posture.neck_flexion, kRulaNeck));
  part.measured("neck twisted", posture.neck_rotation,
                points_beyond(posture.neck_rotation, kTwistedOrBentDeg));
  part.measured("neck bent sideways", posture.neck_lateral_flexion,
                points_beyond(posture.neck_lateral_flexion, kTwistedOrBentDeg));
  return part.take();
}

// Upright is 1 for those who stand, and of those who sit for the supported.
PossibleScores rula_trunk_points(const WorkPosture& posture, const WorkAnswers& answers) {
  PossibleScores points;
  if (answers.stance != WorkStance::sitting) points = points_in(posture.trunk_flexion, kRulaTrunk);
  if (answers.stance && *answers.stance != WorkStance::sitting) return points;
  for (const bool supported : {true, false}) {
    if (answers.trunk_supported.value_or(supported) != supported) continue;
    const std::array sitting = {AngleBand{-kNoLimitDeg, kNeutralDeg, supported ? 1 : 2},
                                AngleBand{kNeutralDeg, 20, 2}, AngleBand{20, 60, 3},
                                AngleBand{60, kNoLimitDeg, 4}};
    points = points | points_in(posture.trunk_flexion, sitting);
  }
  return points;
}

PartScore rula_trunk(const WorkPosture& posture, const WorkAnswers& answers) {
  PartBuilder part{WorkPart::trunk};
  part.measured("trunk flexion", posture.trunk_flexion, rula_trunk_points(posture, answers));
  part.rests_on(WorkQuestion::stance).rests_on(WorkQuestion::trunk_supported);
  part.measured("trunk twisted", posture.trunk_rotation,
                points_beyond(posture.trunk_rotation, kTwistedOrBentDeg));
  part.measured("trunk bent sideways", posture.trunk_lateral_flexion,
                points_beyond(posture.trunk_lateral_flexion, kTwistedOrBentDeg));
  return part.take();
}

PartScore rula_muscle_use(const WorkAnswers& answers) {
  PartBuilder part{WorkPart::muscle_use};
  part.rests_on(WorkQuestion::held_static).rests_on(WorkQuestion::repeated);
  part.add(higher_of(points_if(answers.held_static), points_if(answers.repeated)));
  return part.take();
}

// Below 2 kg the method speaks of intermittent loads only; a static one scores nothing here, since muscle
// use counts it.
int rula_force_points(double load_kg, LoadManner manner) {
  if (manner == LoadManner::shock) return 3;
  const int by_weight = load_kg < 2 ? 0 : load_kg <= 10 ? 1 : 2;
  return by_weight > 0 && manner == LoadManner::static_or_repeated ? by_weight + 1 : by_weight;
}

PartScore rula_force(const WorkAnswers& answers) {
  constexpr std::array kOfEachClass = {0.0, 5.0, 20.0};  // kg, where the load is not known
  PartBuilder part{WorkPart::force};
  part.rests_on(WorkQuestion::load_kg).rests_on(WorkQuestion::load_manner);
  PossibleScores points;
  for (const double load_kg : kOfEachClass) {
    for (const LoadManner manner :
         {LoadManner::intermittent, LoadManner::static_or_repeated, LoadManner::shock}) {
      points.add(rula_force_points(answers.load_kg.value_or(load_kg), answers.load_manner.value_or(manner)));
    }
  }
  part.add(points);
  return part.take();
}

PossibleScores rula_table_a(const std::vector<PartScore>& parts) {
  PossibleScores out;
  parts[0].scores.each([&](int upper_arm) {
    parts[1].scores.each([&](int lower_arm) {
      parts[2].scores.each([&](int wrist) {
        parts[3].scores.each([&](int twist) {
          const auto& rows = kRulaTableA[static_cast<std::size_t>(upper_arm - 1)];
          out.add(rows[static_cast<std::size_t>(lower_arm - 1)]
                      [static_cast<std::size_t>(2 * (wrist - 1) + twist - 1)]);
        });
      });
    });
  });
  return out;
}

PossibleScores rula_table_b(const PartScore& neck, const PartScore& trunk, const PartScore& legs) {
  PossibleScores out;
  neck.scores.each([&](int n) {
    trunk.scores.each([&](int t) {
      legs.scores.each([&](int l) {
        out.add(kRulaTableB[static_cast<std::size_t>(n - 1)][static_cast<std::size_t>(2 * (t - 1) + l - 1)]);
      });
    });
  });
  return out;
}

}  // namespace

WorkScore rula(const WorkPosture& posture, Side side, const WorkAnswers& answers) {
  const WorkArm& arm = posture.arm(side);
  WorkScore score;
  score.side = side;
  score.parts = {upper_arm_part(WorkMethod::rula, arm, answers), rula_lower_arm(arm, answers),
                 rula_wrist(arm, answers)};
  PartBuilder twist{WorkPart::wrist_twist};
  score.parts.push_back(
      twist.answered(WorkQuestion::wrist_twisted, points_if(answers.wrist_twisted, 2, 1)).take());
  const PossibleScores table_a = rula_table_a(score.parts);
  score.parts.push_back({WorkPart::table_a, table_a, {}, {}});

  const PartScore neck = rula_neck(posture);
  const PartScore trunk = rula_trunk(posture, answers);
  PartBuilder legs_builder{WorkPart::legs};
  const PartScore legs =
      legs_builder.answered(WorkQuestion::legs_balanced, points_if(answers.legs_balanced, 1, 2)).take();
  const PossibleScores table_b = rula_table_b(neck, trunk, legs);
  for (const PartScore& part : {neck, trunk, legs}) score.parts.push_back(part);
  score.parts.push_back({WorkPart::table_b, table_b, {}, {}});

  const PartScore muscle_use = rula_muscle_use(answers);
  const PartScore force = rula_force(answers);
  // Muscle use and force are asked once and count for both groups.
  (muscle_use.scores + force.scores).each([&](int more) {
    table_a.each([&](int a) {
      table_b.each([&](int b) {
        score.scores.add(kRulaTableC[static_cast<std::size_t>(std::min(a + more, 8) - 1)]
                                    [static_cast<std::size_t>(std::min(b + more, 7) - 1)]);
      });
    });
  });
  score.parts.push_back(muscle_use);
  score.parts.push_back(force);
  score.level = {action_level(WorkMethod::rula, score.scores.least()),
                 action_level(WorkMethod::rula, score.scores.most())};
  return score;
}

}  // namespace reprise::engine

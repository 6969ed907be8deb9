// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "engine/ergonomics/part_builder.h"
#include "engine/ergonomics/reba_tables.h"

namespace reprise::engine {
namespace {

constexpr std::array kRebaNeck = {AngleBand{-kNoLimitDeg, -kNeutralDeg, 2}, AngleBand{-kNeutralDeg, 20, 1},
                                  AngleBand{20, kNoLimitDeg, 2}};
constexpr std::array kRebaTrunk = {AngleBand{-kNoLimitDeg, -20, 3},
                                   AngleBand{-20, -kNeutralDeg, 2},
                                   AngleBand{-kNeutralDeg, kNeutralDeg, 1},
                                   AngleBand{kNeutralDeg, 20, 2},
                                   AngleBand{20, 60, 3},
                                   AngleBand{60, kNoLimitDeg, 4}};
constexpr std::array kRebaKnee = {AngleBand{-kNoLimitDeg, 30, 0}, AngleBand{30, 60, 1},
                                  AngleBand{60, kNoLimitDeg, 2}};
constexpr std::array kRebaWrist = {AngleBand{-kNoLimitDeg, -15, 2}, AngleBand{-15, 15, 1},
                                   AngleBand{15, kNoLimitDeg, 2}};

// One point where either holds.
void twisted_or_bent(PartBuilder& part, std::string_view twisted, const std::optional<AngleRange>& rotation,
                     std::string_view bent, const std::optional<AngleRange>& lateral_flexion) {
  part.rests_on(twisted, rotation).rests_on(bent, lateral_flexion);
  part.add(higher_of(points_beyond(rotation, kTwistedOrBentDeg),
                     points_beyond(lateral_flexion, kTwistedOrBentDeg)));
}

PartScore reba_neck(const WorkPosture& posture) {
  PartBuilder part{WorkPart::neck};
  part.measured("neck flexion", posture.neck_flexion, points_in(posture.neck_flexion, kRebaNeck));
  twisted_or_bent(part, "neck twisted", posture.neck_rotation, "neck bent sideways",
                  posture.neck_lateral_flexion);
  return part.take();
}

PartScore reba_trunk(const WorkPosture& posture) {
  PartBuilder part{WorkPart::trunk};
  part.measured("trunk flexion", posture.trunk_flexion, points_in(posture.trunk_flexion, kRebaTrunk));
  twisted_or_bent(part, "trunk twisted", posture.trunk_rotation, "trunk bent sideways",
                  posture.trunk_lateral_flexion);
  return part.take();
}

PartScore reba_legs(const WorkPosture& posture, const WorkAnswers& answers) {
  const PossibleScores knees =
      higher_of(points_in(posture.knee_flexion[0], kRebaKnee), points_in(posture.knee_flexion[1], kRebaKnee));
  PossibleScores points;
  if (may_be(answers, WorkStance::sitting)) points.add(1);  // sitting, its knees do not count
  if (may_be(answers, WorkStance::walking)) points = points | (PossibleScores{1} + knees);
  if (may_be(answers, WorkStance::standing) || may_be(answers, WorkStance::kneeling))
    points = points | (points_if(answers.legs_balanced, 1, 2) + knees);
  return legs_part(posture).add(points).take();
}

PartScore reba_load(const WorkAnswers& answers) {
  PartBuilder part{WorkPart::force};
  PossibleScores by_weight;
  for (const double load_kg : {0.0, 7.0, 20.0}) {  // one of each class, where it is not known
    const double load = answers.load_kg.value_or(load_kg);
    by_weight.add(load < 5 ? 0 : load <= 10 ? 1 : 2);
  }
  std::optional<bool> shock;
  if (answers.load_manner) shock = *answers.load_manner == LoadManner::shock;
  part.answered(WorkQuestion::load_kg, by_weight);
  return part.answered(WorkQuestion::load_manner, points_if(shock)).take();
}

PartScore reba_wrist(const WorkArm& arm, const WorkAnswers& answers) {
  PartBuilder part{WorkPart::wrist};
  part.measured("wrist flexion", arm.wrist_flexion, points_in(arm.wrist_flexion, kRebaWrist));
  part.rests_on(WorkQuestion::wrist_deviated).rests_on(WorkQuestion::wrist_twisted);
  return part.add(higher_of(points_if(answers.wrist_deviated), points_if(answers.wrist_twisted))).take();
}

PartScore reba_coupling(const WorkAnswers& answers) {
  PartBuilder part{WorkPart::coupling};
  PossibleScores points;
  for (const Coupling coupling : {Coupling::good, Coupling::fair, Coupling::poor, Coupling::unacceptable})
    points.add(static_cast<int>(answers.coupling.value_or(coupling)));
  return part.answered(WorkQuestion::coupling, points).take();
}

PartScore reba_activity(const WorkAnswers& answers) {
  PartBuilder part{WorkPart::activity};
  part.answered(WorkQuestion::held_static, points_if(answers.held_static));
  part.answered(WorkQuestion::repeated, points_if(answers.repeated));
  return part.answered(WorkQuestion::rapid_change, points_if(answers.rapid_change)).take();
}

template <class Table>
PossibleScores reba_posture(const Table& table, const PartScore& a, const PartScore& b, const PartScore& c) {
  PossibleScores out;
  a.scores.each([&](int x) {
    b.scores.each([&](int y) {
      c.scores.each([&](int z) {
        out.add(table[static_cast<std::size_t>(x - 1)][static_cast<std::size_t>(y - 1)]
                     [static_cast<std::size_t>(z - 1)]);
      });
    });
  });
  return out;
}

}  // namespace

WorkScore reba(const WorkPosture& posture, Side side, const WorkAnswers& answers) {
  const WorkArm& arm = posture.arm(side);
  const PartScore neck = reba_neck(posture);
  const PartScore trunk = reba_trunk(posture);
  const PartScore legs = reba_legs(posture, answers);
  const PartScore load = reba_load(answers);
  const PartScore upper_arm = upper_arm_part(WorkMethod::reba, arm, answers);
  PartBuilder lower_arm_builder{WorkPart::lower_arm};
  const PartScore lower_arm =
      lower_arm_builder.measured("elbow flexion", arm.elbow_flexion, elbow_points(arm)).take();
  const PartScore wrist = reba_wrist(arm, answers);
  const PartScore coupling = reba_coupling(answers);
  const PartScore activity = reba_activity(answers);
  const PossibleScores table_a = reba_posture(kRebaTableA, trunk, neck, legs);
  const PossibleScores table_b = reba_posture(kRebaTableB, upper_arm, lower_arm, wrist);

  WorkScore score;
  score.side = side;
  score.parts = {neck,      trunk,     legs,  {WorkPart::table_a, table_a, {}, {}}, load,
                 upper_arm, lower_arm, wrist, {WorkPart::table_b, table_b, {}, {}}, coupling,
                 activity};
  PossibleScores table_c;
  (table_a + load.scores).each([&](int a) {
    (table_b + coupling.scores).each([&](int b) {
      table_c.add(kRebaTableC[static_cast<std::size_t>(a - 1)][static_cast<std::size_t>(b - 1)]);
    });
  });
  score.scores = table_c + activity.scores;
  score.level = {action_level(WorkMethod::reba, score.scores.least()),
                 action_level(WorkMethod::reba, score.scores.most())};
  return score;
}

}  // namespace reprise::engine

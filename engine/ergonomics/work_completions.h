// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests only.

#include <cmath>
#include <random>

#include "engine/ergonomics/work_score.h"

namespace reprise::engine::test {

inline AngleRange degrees(double least, double most) {
  return {Radians{Degrees{least}}.value(), Radians{Degrees{most}}.value()};
}
inline AngleRange degrees(double exactly) {
  return degrees(exactly, exactly);
}

/// Angles of a posture, degrees; of the arm on both sides.
struct PostureAngles {
  double neck = 0;
  double neck_side = 0;
  double neck_turn = 0;
  double trunk = 0;
  double trunk_side = 0;
  double trunk_turn = 0;
  double upper_arm = 0;  ///< flexion positive
  double abduction = 0;
  double elbow = 80;
  double wrist = 0;
  double knees = 0;
  double raised = 0;
};

inline WorkPosture posture_of(const PostureAngles& a) {
  WorkPosture p;
  p.neck_flexion = degrees(a.neck);
  p.neck_lateral_flexion = degrees(a.neck_side);
  p.neck_rotation = degrees(a.neck_turn);
  p.trunk_flexion = degrees(a.trunk);
  p.trunk_lateral_flexion = degrees(a.trunk_side);
  p.trunk_rotation = degrees(a.trunk_turn);
  for (WorkArm& arm : p.arms) {
    arm.elevation = degrees(std::abs(a.upper_arm));
    // An arm raised beyond level is as near the frontal plane as one below it.
    arm.ahead = degrees(std::abs(a.upper_arm) > 90 ? 180 - std::abs(a.upper_arm) : a.upper_arm);
    arm.abduction = degrees(a.abduction);
    arm.raised = degrees(a.raised);
    arm.elbow_flexion = degrees(a.elbow);
    arm.wrist_flexion = degrees(a.wrist);
  }
  p.knee_flexion = {degrees(a.knees), degrees(a.knees)};
  return p;
}

/// Values that between them reach every score that a question can give.
inline std::vector<AnswerValue> candidates(WorkQuestion question) {
  switch (info(question).kind) {
    case AnswerKind::yes_no: return {true, false};
    case AnswerKind::kilograms: return {0.0, 3.0, 7.0, 15.0, 30.0};
    case AnswerKind::choice: break;
  }
  return {info(question).choices.begin(), info(question).choices.end()};
}

/// Calls `act(answers)` with every completion of the missing answers.
template <class Act>
void each_completion(WorkMethod method, const WorkAnswers& answers, Act&& act) {
  const auto missing = unanswered(method, answers);
  if (missing.empty()) {
    act(answers);
    return;
  }
  for (const AnswerValue& value : candidates(missing.front())) {
    WorkAnswers more = answers;
    if (!set_answer(more, missing.front(), value)) continue;
    each_completion(method, more, act);
  }
}

/// All answered: someone who stands evenly, with free relaxed arms and no load.
inline WorkAnswers easy_answers() {
  WorkAnswers a;
  a.stance = WorkStance::standing;
  a.legs_balanced = true;
  a.load_kg = 0;
  a.load_manner = LoadManner::intermittent;
  a.coupling = Coupling::good;
  for (const auto flag :
       {&WorkAnswers::trunk_supported, &WorkAnswers::shoulder_raised, &WorkAnswers::arm_rotated,
        &WorkAnswers::arm_supported, &WorkAnswers::across_midline, &WorkAnswers::wrist_deviated,
        &WorkAnswers::wrist_twisted, &WorkAnswers::held_static, &WorkAnswers::repeated,
        &WorkAnswers::rapid_change})
    a.*flag = false;
  return a;
}

/// A range around every angle of `posture` at random, some angles not seen at all.
inline WorkPosture blurred(WorkPosture posture, std::mt19937& random) {
  std::uniform_real_distribution<double> width_deg(0, 30);
  const auto blur = [&](std::optional<AngleRange>& angle) {
    const AngleRange by = degrees(-width_deg(random), width_deg(random));
    if (random() % 8 == 0) {
      angle.reset();
    } else {
      angle = AngleRange{angle->least_rad + by.least_rad, angle->most_rad + by.most_rad};
    }
  };
  for (auto* angle : {&posture.neck_flexion, &posture.neck_lateral_flexion, &posture.neck_rotation,
                      &posture.trunk_flexion, &posture.trunk_lateral_flexion, &posture.trunk_rotation,
                      &posture.knee_flexion[0], &posture.knee_flexion[1]})
    blur(*angle);
  for (WorkArm& arm : posture.arms) {
    for (auto* angle :
         {&arm.elevation, &arm.ahead, &arm.abduction, &arm.raised, &arm.elbow_flexion, &arm.wrist_flexion})
      blur(*angle);
  }
  return posture;
}

inline PostureAngles random_angles(std::mt19937& random) {
  const auto between = [&](double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random);
  };
  return {between(-20, 40), between(-25, 25), between(-25, 25),  between(-30, 100),
          between(-30, 30), between(-30, 30), between(-60, 150), between(-30, 60),
          between(0, 140),  between(-40, 40), between(0, 100),   between(0, 160)};
}

}  // namespace reprise::engine::test

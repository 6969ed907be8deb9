// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

#include "engine/ergonomics/reba_tables.h"
#include "engine/ergonomics/work_completions.h"

namespace reprise::engine {
namespace {

using test::easy_answers;
using test::posture_of;

WorkScore reba_of(const test::PostureAngles& angles, const WorkAnswers& answers = easy_answers()) {
  return reba(posture_of(angles), Side::right, answers);
}

int reba_part(const WorkScore& score, WorkPart part) {
  for (const PartScore& p : score.parts) {
    if (p.part == part && p.scores.least() == p.scores.most()) return p.scores.least();
  }
  ADD_FAILURE() << info(part).name;
  return 0;
}

// A second reading of the tables from another copy (docs/sources.md, WL7), in its layout: table A by neck,
// then trunk.
constexpr int kRebaReadA[3][5][4] = {{{1, 2, 3, 4}, {2, 3, 4, 5}, {2, 4, 5, 6}, {3, 5, 6, 7}, {4, 6, 7, 8}},
                                     {{1, 2, 3, 4}, {3, 4, 5, 6}, {4, 5, 6, 7}, {5, 6, 7, 8}, {6, 7, 8, 9}},
                                     {{3, 3, 5, 6}, {4, 5, 6, 7}, {5, 6, 7, 8}, {6, 7, 8, 9}, {7, 8, 9, 9}}};
// As a worksheet has it (WL6): a row for each upper arm, the wrists of both lower arms.
constexpr int kRebaReadB[6][6] = {{1, 2, 2, 1, 2, 3}, {1, 2, 3, 2, 3, 4}, {3, 4, 5, 4, 5, 5},
                                  {4, 5, 5, 5, 6, 7}, {6, 7, 8, 7, 8, 8}, {7, 8, 8, 8, 9, 9}};
constexpr int kRebaReadCColumns[12][12] = {
    {1, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12},     {1, 2, 3, 4, 4, 6, 7, 8, 9, 10, 11, 12},
    {1, 2, 3, 4, 4, 6, 7, 8, 9, 10, 11, 12},     {2, 3, 3, 4, 5, 7, 8, 9, 10, 11, 11, 12},
    {3, 4, 4, 5, 6, 8, 9, 10, 10, 11, 12, 12},   {3, 4, 5, 6, 7, 8, 9, 10, 10, 11, 12, 12},
    {4, 5, 6, 7, 8, 9, 9, 10, 11, 11, 12, 12},   {5, 6, 7, 8, 8, 9, 10, 10, 11, 12, 12, 12},
    {6, 6, 7, 8, 9, 10, 10, 10, 11, 12, 12, 12}, {7, 7, 8, 9, 9, 10, 11, 11, 12, 12, 12, 12},
    {7, 7, 8, 9, 9, 10, 11, 11, 12, 12, 12, 12}, {7, 8, 8, 9, 9, 10, 11, 11, 12, 12, 12, 12}};

TEST(RebaTables, AgreeWithASecondReadingInEveryCell) {
  for (std::size_t t = 0; t < 5; ++t) {
    for (std::size_t n = 0; n < 3; ++n) {
      for (std::size_t l = 0; l < 4; ++l) EXPECT_EQ(kRebaTableA[t][n][l], kRebaReadA[n][t][l]) << t << n << l;
    }
  }
  for (std::size_t u = 0; u < 6; ++u) {
    for (std::size_t l = 0; l < 2; ++l) {
      for (std::size_t w = 0; w < 3; ++w)
        EXPECT_EQ(kRebaTableB[u][l][w], kRebaReadB[u][3 * l + w]) << u << l << w;
    }
  }
  for (std::size_t a = 0; a < 12; ++a) {
    for (std::size_t b = 0; b < 12; ++b)
      EXPECT_EQ(kRebaTableC[a][b], kRebaReadCColumns[b][a]) << a << ' ' << b;
  }
}

TEST(Reba, UprightIsTheLeastScore) {
  const WorkScore score = reba_of({});
  EXPECT_EQ(score.scores, PossibleScores{1});
  EXPECT_EQ(score.level, (ScoreRange{0, 0}));
}

TEST(Reba, PartsFollowTheAngles) {
  const auto part = [](WorkPart p, const test::PostureAngles& a) { return reba_part(reba_of(a), p); };
  for (const auto& [deg, score] :
       {std::pair{0.0, 1}, {10.0, 2}, {-10.0, 2}, {40.0, 3}, {-30.0, 3}, {70.0, 4}})
    EXPECT_EQ(part(WorkPart::trunk, {.trunk = deg}), score) << deg;
  EXPECT_EQ(part(WorkPart::trunk, {.trunk = 70, .trunk_side = 20, .trunk_turn = 20}), 5);
  for (const auto& [deg, score] : {std::pair{10.0, 1}, {30.0, 2}, {-10.0, 2}})
    EXPECT_EQ(part(WorkPart::neck, {.neck = deg}), score) << deg;
  for (const auto& [deg, score] : {std::pair{10.0, 1}, {45.0, 2}, {80.0, 3}})
    EXPECT_EQ(part(WorkPart::legs, {.knees = deg}), score) << deg;
  WorkAnswers sitting = easy_answers();
  sitting.stance = WorkStance::sitting;
  EXPECT_EQ(reba_part(reba_of({.knees = 90}, sitting), WorkPart::legs), 1);
}

TEST(Reba, SittingAndWalkingCountAsBothLegs) {
  WorkAnswers answers = easy_answers();
  answers.legs_balanced.reset();
  for (const WorkStance stance : {WorkStance::sitting, WorkStance::walking}) {
    answers.stance = stance;
    EXPECT_EQ(reba_part(reba_of({}, answers), WorkPart::legs), 1);
  }
  answers.stance = WorkStance::walking;
  EXPECT_EQ(reba_part(reba_of({.knees = 45}, answers), WorkPart::legs), 2);
}

TEST(Reba, ARotatedArmCountsAsAnAbductedOne) {
  const auto upper_arm = [](double abduction_deg, std::optional<bool> rotated) {
    WorkAnswers answers = easy_answers();
    answers.arm_rotated = rotated;
    for (const PartScore& part : reba_of({.abduction = abduction_deg}, answers).parts) {
      if (part.part == WorkPart::upper_arm) return part.scores;
    }
    return PossibleScores{};
  };
  EXPECT_EQ(upper_arm(0, false), PossibleScores{1});
  EXPECT_EQ(upper_arm(0, true), PossibleScores{2});
  EXPECT_EQ(upper_arm(0, {}), PossibleScores{1} | PossibleScores{2});
  EXPECT_EQ(upper_arm(40, {}), PossibleScores{2}) << "one point for either";
}

// A published worked example (docs/sources.md, WL7): neck 2, trunk 2, legs 2, upper arm 1, lower arm 2;
// with the wrist 3 its tables give A 4, B 3 and C 4, with the wrist 2 A 4, B 2 and C 4.
TEST(Reba, AgreesWithAWorkedExample) {
  WorkAnswers answers = easy_answers();
  answers.legs_balanced = false;
  answers.wrist_deviated = true;
  const WorkScore left = reba_of({.neck = 30, .trunk = 10, .elbow = 40, .wrist = 20}, answers);
  EXPECT_EQ(reba_part(left, WorkPart::legs), 2);
  EXPECT_EQ(reba_part(left, WorkPart::wrist), 3);
  EXPECT_EQ(reba_part(left, WorkPart::table_a), 4);
  EXPECT_EQ(reba_part(left, WorkPart::table_b), 3);
  EXPECT_EQ(left.scores, PossibleScores{4});
  answers.wrist_deviated = false;
  const WorkScore right = reba_of({.neck = 30, .trunk = 10, .elbow = 40, .wrist = 20}, answers);
  EXPECT_EQ(reba_part(right, WorkPart::table_b), 2);
  EXPECT_EQ(right.scores, PossibleScores{4});
}

TEST(Reba, LoadCouplingAndActivityAddUp) {
  WorkAnswers answers = easy_answers();
  answers.load_kg = 12;
  answers.load_manner = LoadManner::shock;
  answers.coupling = Coupling::unacceptable;
  answers.held_static = answers.repeated = answers.rapid_change = true;
  const WorkScore score = reba_of({}, answers);
  EXPECT_EQ(reba_part(score, WorkPart::force), 3);
  EXPECT_EQ(reba_part(score, WorkPart::coupling), 3);
  EXPECT_EQ(reba_part(score, WorkPart::activity), 3);
  EXPECT_EQ(score.scores, PossibleScores{4 + 3}) << "table C of 1 + 3 and 1 + 3, and the activity";
}

TEST(Reba, TheRangeIsThatOfEveryCompletionOfTheAnswers) {
  std::mt19937 random(3);
  for (int i = 0; i < 3; ++i) {
    const WorkPosture posture = posture_of(test::random_angles(random));
    PossibleScores reached;
    test::each_completion(WorkMethod::reba, {}, [&](const WorkAnswers& answers) {
      reached = reached | reba(posture, Side::left, answers).scores;
    });
    EXPECT_EQ(reba(posture, Side::left, {}).scores, reached);
  }
}

// Whatever the angles really are within their intervals, and whatever the answers, which may differ between
// the arms: the score is in the range.
TEST(WorkScores, HoldTheScoreOfEveryPostureWithinTheIntervals) {
  std::mt19937 random(11);
  for (int i = 0; i < 3000; ++i) {
    const test::PostureAngles angles = test::random_angles(random);
    const WorkPosture exact = posture_of(angles);
    const WorkPosture seen = test::blurred(exact, random);
    WorkAnswers all = easy_answers();
    all.stance = static_cast<WorkStance>(random() % 4);
    all.load_kg = static_cast<double>(random() % 40);
    all.trunk_supported = random() % 2 == 0;
    std::array<WorkAnswers, 2> of_side = {all, all};
    for (WorkAnswers& answers : of_side) {
      for (const auto flag : {&WorkAnswers::shoulder_raised, &WorkAnswers::arm_rotated,
                              &WorkAnswers::arm_supported, &WorkAnswers::wrist_twisted})
        answers.*flag = random() % 2 == 0;
    }
    WorkAnswers some = of_side[0];
    if (random() % 2 == 0) some.stance.reset();
    if (random() % 2 == 0) some.load_kg.reset();
    if (random() % 2 == 0) some.trunk_supported.reset();
    for (const WorkMethod method : {WorkMethod::rula, WorkMethod::reba, WorkMethod::owas}) {
      int truth = 0;
      for (const Side side : {Side::left, Side::right}) {
        const auto score = score_work(method, exact, side, of_side[static_cast<std::size_t>(side)]);
        ASSERT_EQ(score.scores.least(), score.scores.most());
        truth = std::max(truth, score.scores.most());
      }
      const WorkScore range = score_work(method, seen, {}, some);
      EXPECT_TRUE(range.scores.holds(truth)) << name(method) << ' ' << i;
      EXPECT_TRUE(range.level.holds(action_level(method, truth)));
    }
  }
}

TEST(WorkScores, OfBothArmsTheWorseCounts) {
  WorkPosture posture = posture_of({});
  posture.arms[1].elevation = test::degrees(120);
  for (const WorkMethod method : {WorkMethod::rula, WorkMethod::reba}) {
    const WorkScore worse = score_work(method, posture, {}, easy_answers());
    const WorkScore right = score_work(method, posture, Side::right, easy_answers());
    EXPECT_EQ(worse.side, Side::right);
    EXPECT_TRUE(worse.scores.holds(right.scores.most()));
    EXPECT_GE(worse.scores.least(), score_work(method, posture, Side::left, easy_answers()).scores.most());
  }
}

// One answer cannot be that of two arms.
TEST(WorkScores, AnAnswerAboutAnArmHoldsOnlyForTheNamedOne) {
  WorkAnswers open = easy_answers();
  open = without_arm(open);
  for (const WorkMethod method : {WorkMethod::rula, WorkMethod::reba}) {
    const WorkPosture posture = posture_of({.upper_arm = 100});
    EXPECT_EQ(score_work(method, posture, {}, easy_answers()).scores,
              score_work(method, posture, {}, open).scores);
    EXPECT_LT(score_work(method, posture, Side::left, easy_answers()).scores.most(),
              score_work(method, posture, {}, easy_answers()).scores.most());
  }
}

TEST(WorkScores, OnALimitTheLowerPointsHold) {
  const auto points = [](WorkMethod method, const test::PostureAngles& a, WorkPart wanted) {
    for (const PartScore& part : score_work(method, posture_of(a), Side::left, easy_answers()).parts) {
      if (part.part == wanted) return part.scores;
    }
    return PossibleScores{};
  };
  EXPECT_EQ(points(WorkMethod::reba, {.trunk = -20}, WorkPart::trunk), PossibleScores{2});
  EXPECT_EQ(points(WorkMethod::reba, {.trunk = -20.001}, WorkPart::trunk), PossibleScores{3});
  EXPECT_EQ(points(WorkMethod::reba, {.trunk = 20}, WorkPart::trunk), PossibleScores{2});
  EXPECT_EQ(points(WorkMethod::rula, {.trunk_side = -10}, WorkPart::trunk), PossibleScores{1});
  EXPECT_EQ(points(WorkMethod::rula, {.trunk_side = 10}, WorkPart::trunk), PossibleScores{1});
  EXPECT_EQ(points(WorkMethod::rula, {.trunk_side = -10.001}, WorkPart::trunk), PossibleScores{2});
  for (const double elbow_deg : {60.0, 100.0})
    EXPECT_EQ(points(WorkMethod::rula, {.elbow = elbow_deg}, WorkPart::lower_arm), PossibleScores{1});
  EXPECT_EQ(points(WorkMethod::rula, {.elbow = 59.999}, WorkPart::lower_arm), PossibleScores{2});
  EXPECT_EQ(points(WorkMethod::rula, {.wrist = -15}, WorkPart::wrist), PossibleScores{2});
}

TEST(WorkScores, AnIntervalThatIsNoneCountsAsNotSeen) {
  constexpr double kEndless = std::numeric_limits<double>::infinity();
  const double none = std::nan("");
  for (const AngleRange& broken :
       {AngleRange{none, none}, AngleRange{-kEndless, kEndless}, AngleRange{0, none}, AngleRange{1, -1}}) {
    WorkPosture posture = posture_of({});
    WorkPosture hidden = posture;
    posture.trunk_flexion = posture.neck_rotation = posture.knee_flexion[0] = broken;
    hidden.trunk_flexion = hidden.neck_rotation = hidden.knee_flexion[0] = std::nullopt;
    posture.arms[0].elevation = posture.arms[0].ahead = posture.arms[0].elbow_flexion = broken;
    hidden.arms[0].elevation = hidden.arms[0].ahead = hidden.arms[0].elbow_flexion = std::nullopt;
    for (const WorkMethod method : {WorkMethod::rula, WorkMethod::reba, WorkMethod::owas}) {
      EXPECT_EQ(score_work(method, posture, Side::left, easy_answers()).scores,
                score_work(method, hidden, Side::left, easy_answers()).scores);
    }
  }
  EXPECT_EQ(PossibleScores{}.range(), (ScoreRange{0, 0})) << "and an empty set ends";
}

// An arm beside or above the trunk that lies a little behind the frontal plane is raised, not extended.
TEST(WorkScores, OnlyAnArmBehindTheTrunkIsExtended) {
  const auto raised = [](double elevation_deg, double ahead_deg, double aside_deg, double within_deg = 0) {
    WorkPosture posture = posture_of({});
    const auto around = [&](double deg) { return test::degrees(deg - within_deg, deg + within_deg); };
    posture.arms[0].elevation = around(elevation_deg);
    posture.arms[0].ahead = around(ahead_deg);
    posture.arms[0].abduction = around(aside_deg);
    return rula(posture, Side::left, easy_answers()).parts[0].measured[0].points;
  };
  EXPECT_EQ(raised(172, -1, 0), PossibleScores{4}) << "overhead";
  EXPECT_EQ(raised(80, -5, 79), PossibleScores{3}) << "to the side";
  EXPECT_EQ(raised(40, -40, 0), PossibleScores{2}) << "behind";
  EXPECT_EQ(raised(15, -15, 0), PossibleScores{1});
  EXPECT_EQ(raised(60, -60, 0), PossibleScores{2});
  EXPECT_EQ(raised(60, -37, 38, 5), PossibleScores{2} | PossibleScores{3}) << "behind and aside alike";
}

// Of one arm or the trunk alone: farther from neutral never scores less.
TEST(WorkScores, RiseWithTheAngle) {
  for (const WorkMethod method : {WorkMethod::rula, WorkMethod::reba}) {
    int before_trunk = 0;
    int before_arm = 0;
    for (double deg = 0; deg <= 180; deg += 1) {
      const auto score = [&](const test::PostureAngles& a) {
        return score_work(method, posture_of(a), Side::left, easy_answers()).scores.most();
      };
      const int trunk = score({.trunk = deg});
      const int arm = score({.upper_arm = deg});
      EXPECT_GE(trunk, before_trunk) << deg;
      EXPECT_GE(arm, before_arm) << deg;
      before_trunk = trunk;
      before_arm = arm;
    }
    EXPECT_GT(before_trunk, 1);
    EXPECT_GT(before_arm, 1);
  }
}

}  // namespace
}  // namespace reprise::engine

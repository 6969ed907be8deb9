// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "engine/ergonomics/rula_tables.h"
#include "engine/ergonomics/work_completions.h"

namespace reprise::engine {
namespace {

using test::easy_answers;
using test::posture_of;

WorkScore rula_of(const test::PostureAngles& angles, const WorkAnswers& answers = easy_answers()) {
  return rula(posture_of(angles), Side::right, answers);
}

PossibleScores rula_part(const WorkScore& score, WorkPart part) {
  for (const PartScore& p : score.parts) {
    if (p.part == part) return p.scores;
  }
  ADD_FAILURE() << info(part).name;
  return {};
}

// A second reading of the tables, from other copies (docs/sources.md, WL3), in their layout: table A by pairs
// of wrist twist, table B by pairs of legs, table C by columns.
constexpr int kRulaReadA[6][3][4][2] = {
    {{{1, 2}, {2, 2}, {2, 3}, {3, 3}}, {{2, 2}, {2, 2}, {3, 3}, {3, 3}}, {{2, 3}, {3, 3}, {3, 3}, {4, 4}}},
    {{{2, 3}, {3, 3}, {3, 4}, {4, 4}}, {{3, 3}, {3, 3}, {3, 4}, {4, 4}}, {{3, 4}, {4, 4}, {4, 4}, {5, 5}}},
    {{{3, 3}, {4, 4}, {4, 4}, {5, 5}}, {{3, 4}, {4, 4}, {4, 4}, {5, 5}}, {{4, 4}, {4, 4}, {4, 5}, {5, 5}}},
    {{{4, 4}, {4, 4}, {4, 5}, {5, 5}}, {{4, 4}, {4, 4}, {4, 5}, {5, 5}}, {{4, 4}, {4, 5}, {5, 5}, {6, 6}}},
    {{{5, 5}, {5, 5}, {5, 6}, {6, 7}}, {{5, 6}, {6, 6}, {6, 7}, {7, 7}}, {{6, 6}, {6, 7}, {7, 7}, {7, 8}}},
    {{{7, 7}, {7, 7}, {7, 8}, {8, 9}}, {{8, 8}, {8, 8}, {8, 9}, {9, 9}}, {{9, 9}, {9, 9}, {9, 9}, {9, 9}}}};
constexpr int kRulaReadB[6][6][2] = {
    {{1, 3}, {2, 3}, {3, 4}, {5, 5}, {6, 6}, {7, 7}}, {{2, 3}, {2, 3}, {4, 5}, {5, 5}, {6, 7}, {7, 7}},
    {{3, 3}, {3, 4}, {4, 5}, {5, 6}, {6, 7}, {7, 7}}, {{5, 5}, {5, 6}, {6, 7}, {7, 7}, {7, 7}, {8, 8}},
    {{7, 7}, {7, 7}, {7, 8}, {8, 8}, {8, 8}, {8, 8}}, {{8, 8}, {8, 8}, {8, 8}, {8, 9}, {9, 9}, {9, 9}}};
constexpr int kRulaReadCColumns[7][8] = {
    {1, 2, 3, 3, 4, 4, 5, 5}, {2, 2, 3, 3, 4, 4, 5, 5}, {3, 3, 3, 3, 4, 5, 6, 6}, {3, 4, 4, 4, 5, 6, 6, 7},
    {4, 4, 4, 5, 6, 6, 7, 7}, {5, 5, 5, 6, 7, 7, 7, 7}, {5, 5, 6, 6, 7, 7, 7, 7}};

TEST(RulaTables, AgreeWithASecondReadingInEveryCell) {
  for (std::size_t u = 0; u < 6; ++u) {
    for (std::size_t l = 0; l < 3; ++l) {
      for (std::size_t w = 0; w < 4; ++w) {
        for (std::size_t t = 0; t < 2; ++t)
          EXPECT_EQ(kRulaTableA[u][l][2 * w + t], kRulaReadA[u][l][w][t]) << u << l << w << t;
      }
    }
  }
  for (std::size_t n = 0; n < 6; ++n) {
    for (std::size_t t = 0; t < 6; ++t) {
      for (std::size_t l = 0; l < 2; ++l)
        EXPECT_EQ(kRulaTableB[n][2 * t + l], kRulaReadB[n][t][l]) << n << t << l;
    }
  }
  for (std::size_t a = 0; a < 8; ++a) {
    for (std::size_t b = 0; b < 7; ++b) EXPECT_EQ(kRulaTableC[a][b], kRulaReadCColumns[b][a]) << a << b;
  }
}

TEST(Rula, UprightWithForearmsLevelIsTheLeastScore) {
  const WorkScore score = rula_of({});
  EXPECT_EQ(score.scores, PossibleScores{1});
  EXPECT_EQ(score.level, (ScoreRange{1, 1}));
}

TEST(Rula, PartsFollowTheAngles) {
  const auto part = [](WorkPart p, const test::PostureAngles& a) { return rula_part(rula_of(a), p).range(); };
  const auto is = [](int score) { return ScoreRange{score, score}; };
  for (const auto& [deg, score] :
       {std::pair{15.0, 1}, {30.0, 2}, {60.0, 3}, {120.0, 4}, {-15.0, 1}, {-30.0, 2}})
    EXPECT_EQ(part(WorkPart::upper_arm, {.upper_arm = deg}), is(score)) << deg;
  EXPECT_EQ(part(WorkPart::upper_arm, {.upper_arm = 60, .abduction = 40}), is(4));
  for (const auto& [deg, score] : {std::pair{40.0, 2}, {80.0, 1}, {120.0, 2}})
    EXPECT_EQ(part(WorkPart::lower_arm, {.elbow = deg}), is(score)) << deg;
  for (const auto& [deg, score] : {std::pair{0.0, 1}, {10.0, 2}, {-10.0, 2}, {30.0, 3}, {-30.0, 3}})
    EXPECT_EQ(part(WorkPart::wrist, {.wrist = deg}), is(score)) << deg;
  for (const auto& [deg, score] : {std::pair{5.0, 1}, {15.0, 2}, {30.0, 3}, {-10.0, 4}})
    EXPECT_EQ(part(WorkPart::neck, {.neck = deg}), is(score)) << deg;
  EXPECT_EQ(part(WorkPart::neck, {.neck = 15, .neck_side = -20, .neck_turn = 20}), is(4));
  for (const auto& [deg, score] : {std::pair{0.0, 1}, {10.0, 2}, {40.0, 3}, {70.0, 4}, {-10.0, 2}})
    EXPECT_EQ(part(WorkPart::trunk, {.trunk = deg}), is(score)) << deg;
  EXPECT_EQ(part(WorkPart::trunk, {.trunk = 70, .trunk_side = 20, .trunk_turn = -20}), is(6));
}

TEST(Rula, ASeatedTrunkNeedsSupportToScoreOne) {
  WorkAnswers answers = easy_answers();
  answers.stance = WorkStance::sitting;
  EXPECT_EQ(rula_part(rula_of({.trunk = -20}, answers), WorkPart::trunk), PossibleScores{2});
  answers.trunk_supported = true;
  EXPECT_EQ(rula_part(rula_of({.trunk = -20}, answers), WorkPart::trunk), PossibleScores{1});
  EXPECT_EQ(rula_part(rula_of({.trunk = 40}, answers), WorkPart::trunk), PossibleScores{3});
}

// A published worked case (docs/sources.md, WL13): trunk bent 20 to 60 degrees, twisted and to the side,
// both legs, comes to 6 of table B, with any neck of 1 to 3.
TEST(Rula, AgreesWithAWorkedCase) {
  const WorkScore score = rula_of({.neck = 5, .trunk = 40, .trunk_side = 20, .trunk_turn = 20});
  EXPECT_EQ(rula_part(score, WorkPart::trunk), PossibleScores{5});
  EXPECT_EQ(rula_part(score, WorkPart::table_b), PossibleScores{6});
}

TEST(Rula, LoadsScoreByWeightAndManner) {
  const auto force = [](double kg, LoadManner manner) {
    WorkAnswers answers = easy_answers();
    answers.load_kg = kg;
    answers.load_manner = manner;
    return rula_part(rula_of({}, answers), WorkPart::force).range().most;
  };
  EXPECT_EQ(force(1, LoadManner::intermittent), 0);
  EXPECT_EQ(force(5, LoadManner::intermittent), 1);
  EXPECT_EQ(force(5, LoadManner::static_or_repeated), 2);
  EXPECT_EQ(force(15, LoadManner::intermittent), 2);
  EXPECT_EQ(force(15, LoadManner::static_or_repeated), 3);
  EXPECT_EQ(force(1, LoadManner::shock), 3);
}

TEST(Rula, TheRangeIsThatOfEveryCompletionOfTheAnswers) {
  std::mt19937 random(7);
  for (int i = 0; i < 4; ++i) {
    const WorkPosture posture = posture_of(test::random_angles(random));
    PossibleScores reached;
    test::each_completion(WorkMethod::rula, {}, [&](const WorkAnswers& answers) {
      const WorkScore one = rula(posture, Side::left, answers);
      EXPECT_EQ(one.scores.least(), one.scores.most());
      reached.add(one.scores.least());
    });
    EXPECT_EQ(rula(posture, Side::left, {}).scores, reached);
  }
}

}  // namespace
}  // namespace reprise::engine

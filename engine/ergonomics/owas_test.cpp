// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "engine/ergonomics/owas_tables.h"
#include "engine/ergonomics/work_completions.h"

namespace reprise::engine {
namespace {

using test::easy_answers;
using test::posture_of;

int owas_category(int back, int arms, int legs, int load) {
  return kOwasCategories[static_cast<std::size_t>(back - 1)][static_cast<std::size_t>(arms - 1)]
                        [static_cast<std::size_t>(3 * (legs - 1) + load - 1)];
}

// A second reading from another copy (docs/sources.md, WL10), in its layout: a line for back and arms.
constexpr int kOwasRead[12][21] = {{1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1},
                                   {1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1},
                                   {1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1},
                                   {2, 2, 3, 2, 2, 3, 2, 2, 3, 3, 3, 3, 3, 3, 3, 2, 2, 2, 2, 3, 3},
                                   {2, 2, 3, 2, 2, 3, 2, 3, 3, 3, 4, 4, 3, 4, 4, 3, 3, 4, 2, 3, 4},
                                   {3, 3, 4, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 2, 3, 4},
                                   {1, 1, 1, 1, 1, 1, 1, 1, 2, 3, 3, 3, 4, 4, 4, 1, 1, 1, 1, 1, 1},
                                   {2, 2, 3, 1, 1, 1, 1, 1, 2, 4, 4, 4, 4, 4, 4, 3, 3, 3, 1, 1, 1},
                                   {2, 2, 3, 1, 1, 1, 2, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 1, 1, 1},
                                   {2, 3, 3, 2, 2, 3, 2, 2, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 2, 3, 4},
                                   {3, 3, 4, 2, 3, 4, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 2, 3, 4},
                                   {4, 4, 4, 2, 3, 4, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 2, 3, 4}};

TEST(OwasTable, AgreesWithASecondReadingButForThreeCells) {
  for (int back = 1; back <= 4; ++back) {
    for (int arms = 1; arms <= 3; ++arms) {
      for (int column = 0; column < 21; ++column) {
        // The reading has 2, 2 and 1 there; three other copies (WL8, WL9, WL11) have 3, 3 and 2.
        const bool differs = back == 1 && arms == 3 && (column == 11 || column == 14 || column == 20);
        const int read = kOwasRead[3 * (back - 1) + arms - 1][column];
        EXPECT_EQ(owas_category(back, arms, column / 3 + 1, column % 3 + 1), read + (differs ? 1 : 0))
            << back << arms << ' ' << column;
      }
    }
  }
}

// Published examples of codes (docs/sources.md, WL8, WL14).
TEST(OwasTable, AgreesWithWorkedExamples) {
  EXPECT_EQ(owas_category(4, 1, 2, 1), 2) << "a laundry worker at the machine, code 4121";
  EXPECT_EQ(owas_category(1, 2, 2, 1), 1) << "code 1221";
}

TEST(Owas, CodesFollowThePosture) {
  const auto code = [](const test::PostureAngles& angles, const WorkAnswers& answers) {
    std::string text;
    for (const PartScore& part : owas(posture_of(angles), answers).parts) {
      EXPECT_EQ(part.scores.least(), part.scores.most());
      text += std::to_string(part.scores.least());
    }
    return text;
  };
  EXPECT_EQ(code({}, easy_answers()), "1121");
  EXPECT_EQ(code({.trunk = 30}, easy_answers()), "2121");
  EXPECT_EQ(code({.trunk_turn = -25}, easy_answers()), "3121");
  EXPECT_EQ(code({.trunk = 30, .trunk_side = 25, .knees = 60, .raised = 100}, easy_answers()), "4341");
  WorkAnswers answers = easy_answers();
  answers.legs_balanced = false;
  answers.load_kg = 15;
  EXPECT_EQ(code({}, answers), "1132");
  EXPECT_EQ(code({.knees = 50}, answers), "1152");
  answers.load_kg = 25;
  for (const auto& [stance, legs] : {std::pair{WorkStance::sitting, "1113"},
                                     {WorkStance::kneeling, "1163"},
                                     {WorkStance::walking, "1173"}}) {
    answers.stance = stance;
    EXPECT_EQ(code({.knees = 50}, answers), legs);
  }
}

// On one straight leg, with the other held bent, the bent one bears nothing; which leg is loaded is not seen.
TEST(Owas, OnOneLegEitherKneeMayBeTheLoadedOne) {
  WorkPosture posture = posture_of({.knees = 5});
  posture.knee_flexion[1] = test::degrees(80);
  WorkAnswers answers = easy_answers();
  EXPECT_EQ(owas(posture, answers).parts[2].scores, PossibleScores{4}) << "on both legs the bent one counts";
  answers.legs_balanced = false;
  EXPECT_EQ(owas(posture, answers).parts[2].scores, PossibleScores{3} | PossibleScores{5});
  EXPECT_EQ(owas(posture_of({.knees = 80}), answers).parts[2].scores, PossibleScores{5});
}

TEST(Owas, TheRangeIsThatOfEveryCompletionOfTheAnswers) {
  std::mt19937 random(5);
  for (int i = 0; i < 200; ++i) {
    const WorkPosture posture = posture_of(test::random_angles(random));
    PossibleScores reached;
    test::each_completion(WorkMethod::owas, {}, [&](const WorkAnswers& answers) {
      reached = reached | owas(posture, answers).scores;
    });
    EXPECT_EQ(owas(posture, {}).scores, reached);
  }
}

}  // namespace
}  // namespace reprise::engine

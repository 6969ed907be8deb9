// SPDX-License-Identifier: Apache-2.0
#include "engine/ergonomics/work_answers.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/ergonomics/work_completions.h"

namespace reprise::engine {
namespace {

TEST(WorkAnswers, EveryAnswerIsGivenBackAsItWasSet) {
  for (std::size_t i = 0; i < kWorkQuestionCount; ++i) {
    const WorkQuestion question = work_question_at(i);
    for (const AnswerValue& value : test::candidates(question)) {
      WorkAnswers answers;
      EXPECT_FALSE(answer(answers, question));
      ASSERT_TRUE(set_answer(answers, question, value)) << info(question).name;
      EXPECT_EQ(answer(answers, question), value) << info(question).name;
    }
  }
}

TEST(WorkAnswers, AWrongAnswerIsRefusedWithWhatBelongsThere) {
  WorkAnswers answers;
  const auto cause = [&](WorkQuestion question, const AnswerValue& value) {
    const auto set = set_answer(answers, question, value);
    return set ? std::string{} : set.error().cause;
  };
  EXPECT_EQ(cause(WorkQuestion::stance, std::string_view{"lying"}),
            "stance must be standing, sitting, kneeling or walking");
  EXPECT_EQ(cause(WorkQuestion::load_kg, -1.0), "load_kg must be a number from 0 to 500");
  EXPECT_EQ(cause(WorkQuestion::load_kg, std::nan("")), "load_kg must be a number from 0 to 500");
  EXPECT_EQ(cause(WorkQuestion::held_static, 1.0), "held_static must be true or false");
}

TEST(WorkAnswers, OnlyWhatTheMethodAsksIsMissing) {
  for (const WorkMethod method : {WorkMethod::rula, WorkMethod::reba, WorkMethod::owas}) {
    EXPECT_TRUE(unanswered(method, test::easy_answers()).empty());
    for (const WorkQuestion question : unanswered(method, {})) EXPECT_TRUE(asks(method, question));
  }
  EXPECT_FALSE(asks(WorkMethod::owas, WorkQuestion::coupling));
  EXPECT_EQ(unanswered(WorkMethod::owas, {}).size(), 3U);
  WorkAnswers standing = test::easy_answers();
  standing.trunk_supported.reset();
  EXPECT_TRUE(unanswered(WorkMethod::rula, standing).empty())
      << "the trunk's support is asked of those who sit";
  EXPECT_FALSE(counts(WorkMethod::rula, WorkQuestion::trunk_supported, WorkStance::standing));
  EXPECT_TRUE(counts(WorkMethod::rula, WorkQuestion::trunk_supported, WorkStance::sitting));
  EXPECT_TRUE(counts(WorkMethod::rula, WorkQuestion::trunk_supported, std::nullopt));
}

TEST(WorkAnswers, TheWeightOnTheLegsIsOpenOnlyWhereItCounts) {
  const auto open = [](WorkMethod method, WorkStance stance) {
    WorkAnswers answers = test::easy_answers();
    answers.stance = stance;
    answers.legs_balanced.reset();
    return !unanswered(method, answers).empty();
  };
  EXPECT_TRUE(open(WorkMethod::reba, WorkStance::standing));
  EXPECT_TRUE(open(WorkMethod::reba, WorkStance::kneeling));
  EXPECT_FALSE(open(WorkMethod::reba, WorkStance::sitting));
  EXPECT_FALSE(open(WorkMethod::reba, WorkStance::walking));
  EXPECT_TRUE(open(WorkMethod::owas, WorkStance::standing));
  EXPECT_FALSE(open(WorkMethod::owas, WorkStance::kneeling));
  EXPECT_TRUE(open(WorkMethod::rula, WorkStance::sitting));
}

TEST(WorkAnswers, EachMethodAsksItsOwnQuestion) {
  EXPECT_EQ(question_text(WorkMethod::rula, WorkQuestion::repeated),
            "Is a movement repeated four times a minute or more?");
  EXPECT_EQ(question_text(WorkMethod::reba, WorkQuestion::repeated),
            "Are small movements, other than walking, repeated more than four times a minute?");
  EXPECT_NE(question_text(WorkMethod::reba, WorkQuestion::wrist_twisted),
            question_text(WorkMethod::rula, WorkQuestion::wrist_twisted));
  for (std::size_t i = 0; i < kWorkQuestionCount; ++i) {
    for (const WorkMethod method : {WorkMethod::rula, WorkMethod::reba, WorkMethod::owas})
      EXPECT_FALSE(question_text(method, work_question_at(i)).empty());
  }
}

TEST(WorkAnswers, ThoseOfAnArmCanBeLeftOut) {
  const WorkAnswers others = without_arm(test::easy_answers());
  for (std::size_t i = 0; i < kWorkQuestionCount; ++i) {
    const WorkQuestion question = work_question_at(i);
    EXPECT_EQ(answer(others, question).has_value(), !is_of_arm(question)) << info(question).name;
  }
}

}  // namespace
}  // namespace reprise::engine

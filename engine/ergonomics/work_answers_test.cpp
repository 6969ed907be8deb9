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
}

}  // namespace
}  // namespace reprise::engine

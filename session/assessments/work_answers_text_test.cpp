// SPDX-License-Identifier: Apache-2.0
#include "session/assessments/work_answers_text.h"

#include <gtest/gtest.h>

namespace reprise::session {
namespace {

TEST(WorkOptionsText, IsWhatTheCommandTakes) {
  engine::WorkAnswers answers;
  EXPECT_EQ(work_options_text(engine::WorkMethod::rula, std::nullopt, answers), "");
  answers.stance = engine::WorkStance::standing;
  answers.load_kg = 12.5;
  answers.load_manner = engine::LoadManner::static_or_repeated;
  answers.wrist_twisted = false;
  EXPECT_EQ(
      work_options_text(engine::WorkMethod::rula, Side::left, answers),
      "--side left --stance standing --wrist-twisted no --load-kg 12.5 --load-manner static_or_repeated");
  EXPECT_EQ(work_options_text(engine::WorkMethod::owas, std::nullopt, answers),
            "--stance standing --load-kg 12.5")
      << "only what the method asks";
}

}  // namespace
}  // namespace reprise::session

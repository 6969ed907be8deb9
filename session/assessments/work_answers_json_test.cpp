// SPDX-License-Identifier: Apache-2.0
#include "session/assessments/work_answers_json.h"

#include "tests/support/bad_input.h"

namespace reprise::session {
namespace {

TEST(WorkAnswersJson, ReadsAnswersAndLeavesOutWhatIsNotKnown) {
  const auto answers = parse_work_answers(
      R"({"stance": "sitting", "load_kg": 12.5, "repeated": true, "coupling": "poor", "held_static": null})");
  ASSERT_TRUE(answers) << to_string(answers.error());
  EXPECT_EQ(answers->stance, engine::WorkStance::sitting);
  EXPECT_EQ(answers->load_kg, 12.5);
  EXPECT_EQ(answers->repeated, true);
  EXPECT_EQ(answers->coupling, engine::Coupling::poor);
  EXPECT_FALSE(answers->held_static);
  EXPECT_TRUE(parse_work_answers("{}"));
}

TEST(WorkAnswersJson, RefusesWhatIsNoAnswer) {
  for (const BadInput& bad : {
           BadInput{"", ErrorCode::corrupt, "found "},
           BadInput{"[1]", ErrorCode::corrupt, "no JSON object"},
           BadInput{R"({"load_kg": 1, "load_kg": 2})", ErrorCode::corrupt,
                    "found the field \"load_kg\" twice in one group; a field may stand in a group only once"},
           BadInput{R"({"load": 1})", ErrorCode::invalid_argument, "no question is named \"load\""},
           BadInput{R"({"load_kg": -1})", ErrorCode::invalid_argument, "load_kg must be"},
           BadInput{R"({"load_kg": "12"})", ErrorCode::invalid_argument, "load_kg must be"},
           BadInput{R"({"stance": "lying"})", ErrorCode::invalid_argument, "stance must be"},
           BadInput{R"({"repeated": [true]})", ErrorCode::invalid_argument, "a list or a group"},
       })
    expect_refused(parse_work_answers(bad.bytes), bad);
}

}  // namespace
}  // namespace reprise::session

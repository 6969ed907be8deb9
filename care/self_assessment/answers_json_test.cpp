// SPDX-License-Identifier: Apache-2.0
#include "care/self_assessment/answers_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "care/self_assessment/outcome_text.h"
#include "tests/support/shipped_self_assessment.h"

namespace reprise::care {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Result<SelfAnswers> read(std::string_view text) {
  return parse_self_answers(text, shipped_self_definition());
}

TEST(SelfAnswersJson, ReadsWhatWasAnswered) {
  const auto answers = read(R"({"flags": {"calf": false, "knee-hot": true, "pop": null}, "regions": ["knee"],
    "pain": 4, "since": "months", "hard": [], "unsteady": false, "released": ["single_leg"],
    "stop": {"test": "knee_flexion", "pain": null},
    "measured": [{"test": "knee_flexion", "side": "left", "degrees": 101.5, "uncertainty_deg": 7}],
    "earlier": [{"test": "knee_flexion", "side": "left", "degrees": 99, "day": "1 May"}]})");
  ASSERT_TRUE(answers) << to_string(answers.error());
  EXPECT_EQ(answers->flags, (std::map<std::string, bool, std::less<>>{{"calf", false}, {"knee-hot", true}}));
  EXPECT_EQ(answers->pain, 4);
  EXPECT_TRUE(answers->hard && answers->hard->empty());
  EXPECT_FALSE(answers->worse_with);
  EXPECT_TRUE(answers->stop && !answers->stop->pain);
  EXPECT_EQ(answers->measured[0].side, Side::left);
  EXPECT_EQ(answers->measured[0].angle, Degrees{101.5});
  EXPECT_EQ(answers->earlier[0].day, "1 May");
}

TEST(SelfAnswersJson, RefusesWhatCannotBeAndNeverRepeatsAnAnswer) {
  const std::vector<const char*> wrong = {
      "",
      "[]",
      R"({"pain": 11})",
      R"({"pain": 3, "pain": 4})",
      R"({"flags": {"calf": "secret"}})",
      R"({"flags": {"secret": true}})",
      R"({"regions": ["secret"]})",
      R"({"regions": "knee"})",
      R"({"regions": {"secret": 1}})",
      R"({"since": "secret"})",
      R"({"hard": [1]})",
      R"({"released": ["secret"]})",
      R"({"stop": {"test": "secret"}})",
      R"({"measured": [{"test": "knee_flexion", "degrees": 400}]})",
      R"({"measured": [{"test": "knee_flexion"}]})",
      R"({"measured": [{"test": "knee_flexion", "degrees": 90, "not_measured": "pain"}]})",
      R"({"measured": [{"test": "knee_flexion", "stands": 9}]})",
      R"({"measured": [{"test": "sit_to_stand_30", "degrees": 9}]})",
      R"({"measured": [{"test": "sit_to_stand_30", "side": "left", "stands": 9}]})",
      R"({"measured": [{"test": "sit_to_stand_30", "stands": 9.5}]})",
      R"({"measured": [{"test": "sit_to_stand_30", "stands": 9, "not_measured": "unseen"}]})",
      R"({"measured": [{"test": "sit_to_stand_30"}]})",
      R"({"age": 1})",
      R"({"sex": "secret"})",
      R"({"secret": 1})",
      R"({"schema": "secret"})",
      R"({"limits": {"painStop": 30, "painRise": 2}})",
  };
  for (const char* text : wrong) {
    const auto answers = read(text);
    ASSERT_FALSE(answers) << text;
    EXPECT_FALSE(answers.error().cause.empty() || answers.error().remedy.empty()) << text;
    EXPECT_THAT(to_string(answers.error()), Not(HasSubstr("secret"))) << text;
  }
}

TEST(SelfAnswersJson, ASlipOfTheKeyboardIsNamed) {
  EXPECT_THAT(to_string(read(R"({"regions": ["shouldr"]})").error()), HasSubstr("Did you mean shoulder?"));
}

TEST(SelfAnswersJson, ReadsACountAndWhoIsCounted) {
  const auto answers =
      read(R"({"age": 72, "sex": "male", "measured": [{"test": "sit_to_stand_30", "stands": 0}],
    "earlier": [{"test": "sit_to_stand_30", "stands": 11, "day": "1 May"}]})");
  ASSERT_TRUE(answers) << to_string(answers.error());
  EXPECT_EQ(answers->person.age_years, 72);
  EXPECT_EQ(answers->person.sex, session::ReferenceSex::male);
  EXPECT_EQ(answers->measured[0].stands, 0);
  EXPECT_EQ(answers->earlier[0].measured.stands, 11);
}

TEST(SelfOutcomeText, SaysTheNumbersTheErrorAndWhatWasNotMeasured) {
  const char* answers = R"({"flags": {"saddle-or-bladder":false,"chest-or-breath":false,"calf":false,
    "wound-or-fever":false,"pop":false,"weakness-or-numbness":false,"injury":false,"neck-dizziness":false,
    "night-pain":false,"dizziness-or-palpitations":false,"elbow-hot":false}, "regions": ["elbow"], "pain": 2,
    "since":"days", "course":"same", "worse_with":[], "hard":[],
    "measured": [{"test":"elbow_flexion","side":"right","degrees":131.6,"uncertainty_deg":5.6},
      {"test":"elbow_flexion","side":"left","not_measured":"turned"}]})";
  const auto text = self_assessment_text(shipped_self_file().text, answers, "en");
  ASSERT_TRUE(text) << to_string(text.error());
  EXPECT_THAT(*text, HasSubstr("Left not measured, right 132° (±6°)."));
  EXPECT_THAT(*text, HasSubstr("You were turned too far from the camera."));
  EXPECT_THAT(*text, HasSubstr(R"("reviewed":false)"));
  EXPECT_THAT(*text, HasSubstr("Not clinically reviewed."));
  const auto german = self_assessment_text(shipped_self_file().text, answers, "de");
  ASSERT_TRUE(german);
  EXPECT_THAT(*german, HasSubstr("Links nicht gemessen, rechts 132° (±6°)."));
}

}  // namespace
}  // namespace reprise::care

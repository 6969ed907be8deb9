// SPDX-License-Identifier: Apache-2.0
#include "fhir/validation/check_answers.h"

#include <gmock/gmock.h>

#include "fhir/model/resource.h"
#include "fhir/validation/validate.h"

// FHIR findings, section 2: answers are checked against their Questionnaire.
namespace reprise::fhir {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kAsked = R"json({"resourceType":"Questionnaire","status":"active","item":[
  {"linkId":"intro","type":"display","text":"x"},
  {"linkId":"sleep","type":"choice","required":true,"answerOption":[
    {"valueCoding":{"system":"urn:x","code":"well"}},{"valueCoding":{"system":"urn:x","code":"badly"}}]},
  {"linkId":"why","type":"open-choice","repeats":true,"answerOption":[{"valueCoding":{"system":"urn:x","code":"pain"}}],
   "enableWhen":[{"question":"sleep","operator":"=","answerCoding":{"system":"urn:x","code":"badly"}}]},
  {"linkId":"sure","type":"integer","extension":[
    {"url":"http://hl7.org/fhir/StructureDefinition/minValue","valueInteger":0},
    {"url":"http://hl7.org/fhir/StructureDefinition/maxValue","valueInteger":10}]},
  {"linkId":"words","type":"text","maxLength":5},
  {"linkId":"day","type":"date","extension":[
    {"url":"http://hl7.org/fhir/StructureDefinition/maxValue","valueDate":"2026-06-30"}]},
  {"linkId":"group","type":"group","repeats":true,"item":[
    {"linkId":"hard","type":"boolean","required":true},
    {"linkId":"which","type":"string","required":true,
     "enableWhen":[{"question":"hard","operator":"=","answerBoolean":true}],
     "item":[{"linkId":"detail","type":"decimal"}]},
    {"linkId":"not","type":"string","required":true,
     "enableWhen":[{"question":"hard","operator":"!=","answerBoolean":true}]}]}]})json";

const std::string kWell = R"({"linkId":"sleep","answer":[{"valueCoding":{"system":"urn:x","code":"well"}}]})";
const std::string kBadly =
    R"({"linkId":"sleep","answer":[{"valueCoding":{"system":"urn:x","code":"badly"}}]})";

std::vector<std::string> problems_with(const std::string& items, const std::string& status = "completed") {
  const auto questionnaire = parse_resource(kAsked);
  const auto response = parse_resource(R"({"resourceType":"QuestionnaireResponse","status":")" + status +
                                       R"(","item":[)" + items + "]}");
  EXPECT_TRUE(questionnaire && response) << items;
  EXPECT_THAT(validate(*questionnaire), IsEmpty());
  EXPECT_THAT(validate(*response), IsEmpty()) << items;
  std::vector<std::string> found;
  for (const Issue& issue : check_answers(*response, *questionnaire)) {
    found.push_back(std::string{to_string(issue.code)} + " " +
                    issue.expression.substr(std::min<std::size_t>(21, issue.expression.size())));
  }
  return found;
}

std::vector<std::string> beside_well(const std::string& item) {
  return problems_with(kWell + "," + item);
}

TEST(CheckAnswers, AcceptsWhatFits) {
  EXPECT_THAT(problems_with(kWell), IsEmpty());
  EXPECT_THAT(problems_with(kBadly + R"(,{"linkId":"why","answer":[
    {"valueCoding":{"system":"urn:x","code":"pain"}},{"valueString":"noise"}]})"),
              IsEmpty());
  EXPECT_THAT(beside_well(R"({"linkId":"group","item":[{"linkId":"hard","answer":[{"valueBoolean":true}]},
    {"linkId":"which","answer":[{"valueString":"a","item":[{"linkId":"detail","answer":[{"valueDecimal":1.5}]}]}]}]},
    {"linkId":"group","item":[{"linkId":"hard","answer":[{"valueBoolean":false}]},
    {"linkId":"not","answer":[{"valueString":"b"}]}]})"),
              IsEmpty());
}

TEST(CheckAnswers, WantsRequiredAnswersOnceItIsFinished) {
  EXPECT_THAT(problems_with(R"({"linkId":"words","answer":[{"valueString":"a"}]})"),
              ElementsAre("required .item"));
  EXPECT_THAT(problems_with(R"({"linkId":"sleep"})"), ElementsAre("required .item[0]"));
  EXPECT_THAT(problems_with(R"({"linkId":"words","answer":[{"valueString":"a"}]})", "in-progress"),
              IsEmpty());
  // Only where the condition holds, and within the same group.
  EXPECT_THAT(beside_well(R"({"linkId":"group","item":[{"linkId":"hard","answer":[{"valueBoolean":true}]}]},
                      {"linkId":"group","item":[{"linkId":"hard","answer":[{"valueBoolean":false}]},
                                                {"linkId":"not","answer":[{"valueString":"b"}]}]})"),
              ElementsAre("required .item[1].item"));
  const auto response = parse_resource(R"({"resourceType":"QuestionnaireResponse","status":"completed"})");
  const auto issues = check_answers(*response, *parse_resource(kAsked));
  ASSERT_EQ(issues.size(), 1U);
  EXPECT_THAT(issues[0].diagnostics, HasSubstr("\"sleep\""));
}

TEST(CheckAnswers, WantsTheTypeOfTheQuestion) {
  EXPECT_THAT(beside_well(R"({"linkId":"sure","answer":[{"valueString":"5"}]})"),
              ElementsAre("value .item[1].answer[0].value"));
  EXPECT_THAT(beside_well(R"({"linkId":"group","answer":[{"valueBoolean":true}]})"),
              ::testing::Contains("structure .item[1].answer"));
  EXPECT_THAT(beside_well(R"({"linkId":"intro","answer":[{"valueBoolean":true}]})"),
              ElementsAre("structure .item[1].answer"));
}

TEST(CheckAnswers, WantsOneOfTheOptions) {
  EXPECT_THAT(
      problems_with(R"({"linkId":"sleep","answer":[{"valueCoding":{"system":"urn:x","code":"so-so"}}]})"),
      ElementsAre("code-invalid .item[0].answer[0].value"));
  EXPECT_THAT(
      problems_with(R"({"linkId":"sleep","answer":[{"valueCoding":{"system":"urn:y","code":"well"}}]})"),
      ElementsAre("code-invalid .item[0].answer[0].value"));
  EXPECT_THAT(problems_with(R"({"linkId":"sleep","answer":[{"valueString":"well"}]})"),
              ElementsAre("code-invalid .item[0].answer[0].value"));
}

TEST(CheckAnswers, KeepsToLimits) {
  for (const char* value : {"-1", "11"}) {
    EXPECT_THAT(beside_well(std::string{R"({"linkId":"sure","answer":[{"valueInteger":)"} + value + "}]}"),
                ElementsAre("value .item[1].answer[0].value"));
  }
  EXPECT_THAT(beside_well(R"({"linkId":"words","answer":[{"valueString":"ééééé"}]})"), IsEmpty());
  EXPECT_THAT(beside_well(R"({"linkId":"words","answer":[{"valueString":"abcdef"}]})"),
              ElementsAre("value .item[1].answer[0].value"));
  EXPECT_THAT(beside_well(R"({"linkId":"day","answer":[{"valueDate":"2026-07-01"}]})"),
              ElementsAre("value .item[1].answer[0].value"));
  EXPECT_THAT(beside_well(R"({"linkId":"day","answer":[{"valueDate":"2026"}]})"), IsEmpty())
      << "cannot be told";
}

TEST(CheckAnswers, HoldsConditionsAndRepetitions) {
  EXPECT_THAT(beside_well(R"({"linkId":"why","answer":[{"valueString":"noise"}]})"),
              ElementsAre("invariant .item[1]"));
  EXPECT_THAT(beside_well(R"({"linkId":"sure","answer":[{"valueInteger":1},{"valueInteger":2}]})"),
              ElementsAre("structure .item[1]"));
  EXPECT_THAT(problems_with(kWell + "," + kWell), ElementsAre("structure .item[1]"));
}

TEST(CheckAnswers, WantsItemsWhereTheQuestionnaireHasThem) {
  EXPECT_THAT(beside_well(R"({"linkId":"unheard","answer":[{"valueString":"5"}]})"),
              ElementsAre("structure .item[1]"));
  EXPECT_THAT(beside_well(R"({"linkId":"hard","answer":[{"valueBoolean":true}]})"),
              ElementsAre("structure .item[1]"));
}

TEST(CheckAnswers, EndsWithHugeResponses) {
  std::string items = kWell;
  for (int i = 0; i < 20'000; ++i) items += R"(,{"linkId":"why","answer":[{"valueString":"noise"}]})";
  EXPECT_THAT(problems_with(items), ::testing::SizeIs(101));
  std::string answers = R"({"valueString":"noise"})";
  for (int i = 0; i < 50'000; ++i) answers += R"(,{"valueString":"noise"})";
  EXPECT_THAT(problems_with(kBadly + R"(,{"linkId":"why","answer":[)" + answers + "]}"), IsEmpty());
}

TEST(CheckAnswers, SaysNothingOfTheAnswers) {
  const auto response =
      parse_resource(R"({"resourceType":"QuestionnaireResponse","status":"completed","item":[
    {"linkId":"secret-id","answer":[{"valueString":"secret"}]},
    {"linkId":"sleep","answer":[{"valueString":"secret"}]}]})");
  for (const Issue& issue : check_answers(*response, *parse_resource(kAsked)))
    EXPECT_THAT(issue.diagnostics, ::testing::Not(HasSubstr("secret")));
}

}  // namespace
}  // namespace reprise::fhir

// SPDX-License-Identifier: Apache-2.0
#include "care/safety/safety.h"

#include <gmock/gmock.h>

#include "care/safety/questionnaire_response.h"
#include "care/safety/questionnaire_response_text.h"
#include "fhir/fields/fields.h"
#include "fhir/validation/validate.h"

namespace reprise::care {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kId = "6f6f6a0e-31a5-4b0f-9c53-2f2f3f1f0a01";

struct PainRow {
  int stop;
  int rise;
  std::optional<int> before;
  std::optional<int> now;
  Verdict verdict;
  std::vector<SafetyReason> reasons;
};

// The contract's numbers: stop at more than 5, or at a rise of 2 or more over today's first answer.
const std::vector<PainRow> kPainRows = {
    {5, 2, 0, 0, Verdict::go_on, {}},
    {5, 2, 4, 5, Verdict::go_on, {}},
    {5, 2, 5, 5, Verdict::go_on, {}},
    {5, 2, 5, 6, Verdict::stop_exercise, {SafetyReason::pain_over_limit}},
    {5, 2, 6, 6, Verdict::stop_exercise, {SafetyReason::pain_over_limit}},
    {5, 2, 1, 2, Verdict::go_on, {}},
    {5, 2, 1, 3, Verdict::stop_exercise, {SafetyReason::pain_risen}},
    {5, 2, 0, 10, Verdict::stop_exercise, {SafetyReason::pain_over_limit, SafetyReason::pain_risen}},
    {5, 2, 8, 4, Verdict::go_on, {}},
    {5, 2, std::nullopt, 5, Verdict::go_on, {}},
    {5, 2, std::nullopt, 6, Verdict::stop_exercise, {SafetyReason::pain_over_limit}},
    {5, 2, 3, std::nullopt, Verdict::ask, {SafetyReason::not_answered}},
    // What a clinician sets.
    {3, 2, 3, 4, Verdict::stop_exercise, {SafetyReason::pain_over_limit}},
    {7, 2, 6, 7, Verdict::go_on, {}},
    {5, 1, 2, 3, Verdict::stop_exercise, {SafetyReason::pain_risen}},
    {5, 4, 0, 3, Verdict::go_on, {}},
    {0, 10, 0, 1, Verdict::stop_exercise, {SafetyReason::pain_over_limit}},
    {10, 10, 0, 9, Verdict::go_on, {}},
};

std::vector<SafetyReason> reasons_of(const SafetyVerdict& verdict) {
  std::vector<SafetyReason> reasons;
  for (const auto& finding : verdict.findings) reasons.push_back(finding.reason);
  return reasons;
}

TEST(Safety, PainRowByRow) {
  for (const PainRow& row : kPainRows) {
    SafetyFacts facts;
    facts.pain_due = true;
    facts.pain_before = row.before;
    facts.pain = row.now;
    const auto verdict = judge(facts, {row.stop, row.rise});
    const auto shown = ::testing::PrintToString(
        std::vector{row.stop, row.rise, row.before.value_or(-1), row.now.value_or(-1)});
    EXPECT_EQ(verdict.verdict, row.verdict) << shown;
    EXPECT_EQ(reasons_of(verdict), row.reasons) << shown;
    EXPECT_EQ(verdict.tells_clinic, row.verdict == Verdict::stop_exercise) << shown;
  }
}

SafetyFacts all_no() {
  SafetyFacts facts;
  facts.red_flags_due = true;
  for (const auto flag : kRedFlags) facts.red_flags.emplace(flag, false);
  return facts;
}

TEST(Safety, EachRedFlagEndsTheSessionAndTellsTheClinic) {
  EXPECT_EQ(judge(all_no(), {}).verdict, Verdict::go_on);
  for (const auto flag : kRedFlags) {
    SafetyFacts facts = all_no();
    facts.red_flags.find(flag)->second = true;
    const auto verdict = judge(facts, {});
    EXPECT_EQ(verdict.verdict, Verdict::end_session) << flag;
    EXPECT_TRUE(verdict.tells_clinic) << flag;
    ASSERT_THAT(verdict.findings, SizeIs(1)) << flag;
    EXPECT_EQ(verdict.findings.front().question, flag);
  }
}

TEST(Safety, ARedFlagWithoutAnAnswerIsNotANo) {
  for (const auto flag : kRedFlags) {
    SafetyFacts facts = all_no();
    facts.red_flags.erase(facts.red_flags.find(flag));
    const auto verdict = judge(facts, {});
    EXPECT_EQ(verdict.verdict, Verdict::ask) << flag;
    EXPECT_FALSE(verdict.tells_clinic);
    facts.red_flags_of_version_1 = true;
    EXPECT_EQ(judge(facts, {}).verdict, flag == kSinceVersion2 ? Verdict::go_on : Verdict::ask) << flag;
  }
  SafetyFacts nothing;
  nothing.red_flags_due = true;
  EXPECT_THAT(judge(nothing, {}).findings, SizeIs(kRedFlags.size()));
}

TEST(Safety, TheStrongestVerdictCounts) {
  SafetyFacts facts = all_no();
  facts.red_flags.find(kRedFlags[3])->second = true;
  facts.pain = 9;
  facts.needs_support = true;
  const auto verdict = judge(facts, {});
  EXPECT_EQ(verdict.verdict, Verdict::end_session);
  EXPECT_THAT(verdict.findings, SizeIs(3));
}

TEST(Safety, SupportAndHelperMustBeThereWhereTheyAreNeeded) {
  struct Row {
    bool needed;
    std::optional<bool> there;
    Verdict verdict;
  };
  for (const Row& row :
       {Row{false, {}, Verdict::go_on}, Row{false, false, Verdict::go_on}, Row{true, true, Verdict::go_on},
        Row{true, false, Verdict::stop_exercise}, Row{true, {}, Verdict::ask}}) {
    SafetyFacts support;
    support.needs_support = row.needed;
    support.support_in_reach = row.there;
    EXPECT_EQ(judge(support, {}).verdict, row.verdict);
    EXPECT_FALSE(judge(support, {}).tells_clinic);
    SafetyFacts helper;
    helper.needs_helper = row.needed;
    helper.helper_present = row.there;
    EXPECT_EQ(judge(helper, {}).verdict, row.verdict);
  }
}

TEST(Safety, WhatDidNotSettleByTheNextMorningTellsTheClinic) {
  SafetyFacts facts;
  facts.settled = true;
  EXPECT_EQ(judge(facts, {}).verdict, Verdict::go_on);
  facts.settled = false;
  EXPECT_EQ(judge(facts, {}).verdict, Verdict::stop_exercise);
  EXPECT_TRUE(judge(facts, {}).tells_clinic);
}

Answers some_answers() {
  Answers answers;
  answers.id = kId;
  answers.session = "6f6f6a0e-31a5-4b0f-9c53-2f2f3f1f0a02";
  answers.patient = "robin";
  answers.programme = "plan";
  answers.questionnaire = "urn:reprise:questionnaire:after-exercise|1";
  answers.authored = "2026-03-02T10:00:00+01:00";
  answers.answers = {{"pain-during", 6},
                     {"pain-after", 4},
                     {"effort", 7},
                     {"comment", std::string{"It was fine."}},
                     {"other", 1.5}};
  return answers;
}

TEST(Answers, AreAResponseAndObservationsEachCreatedOnce) {
  const auto bundle = answers_bundle(some_answers());
  ASSERT_TRUE(bundle) << to_string(bundle.error());
  EXPECT_THAT(fhir::validate(*bundle), IsEmpty());
  ASSERT_THAT((*bundle)["entry"], SizeIs(4));
  std::set<std::string> conditions;
  for (const Json& entry : (*bundle)["entry"]) {
    EXPECT_EQ(entry["request"]["method"], "POST");
    conditions.insert(entry["request"]["ifNoneExist"].get<std::string>());
  }
  EXPECT_THAT(conditions, SizeIs(4));
  const Json& response = (*bundle)["entry"][0]["resource"];
  EXPECT_EQ(response["basedOn"][0]["reference"], "CarePlan/plan");
  const Json& pain = (*bundle)["entry"][1]["resource"];
  EXPECT_EQ(pain["code"]["coding"][0]["code"], "72514-3");
  EXPECT_EQ(pain["valueQuantity"]["value"], 6);
  EXPECT_EQ(pain["component"][0]["valueCodeableConcept"]["coding"][0]["code"], "during");
  EXPECT_EQ(pain["derivedFrom"][0]["reference"], (*bundle)["entry"][0]["fullUrl"]);
  EXPECT_FALSE(response.contains("meta"));
  Answers simulated = some_answers();
  simulated.simulated = true;
  const auto marked = answers_bundle(simulated);
  ASSERT_TRUE(marked);
  for (const Json& entry : (*marked)["entry"])
    EXPECT_TRUE(fhir::has_tag(entry["resource"], "urn:reprise:tag", "simulated"));
}

TEST(Answers, MeanTheSameReadBackOutOfTheRecord) {
  const auto bundle = answers_bundle(some_answers());
  ASSERT_TRUE(bundle);
  const SafetyFacts facts = safety_facts((*bundle)["entry"][0]["resource"]);
  EXPECT_EQ(facts.pain, 6);  // the worst
  EXPECT_FALSE(facts.red_flags_due);
  Answers flags = some_answers();
  flags.questionnaire = "urn:reprise:questionnaire:red-flags|2";
  flags.answers.clear();
  for (const auto flag : kRedFlags) flags.answers.push_back({std::string{flag}, flag == "calf"});
  const auto flagged = answers_bundle(flags);
  ASSERT_TRUE(flagged);
  const auto verdict = judge(safety_facts((*flagged)["entry"][0]["resource"]), {});
  EXPECT_EQ(verdict.verdict, Verdict::end_session);
  ASSERT_THAT(verdict.findings, SizeIs(1));
  EXPECT_EQ(verdict.findings.front().question, "calf");
}

TEST(Answers, OfAnotherMakeAreReadAndWhatIsNoneIsNotANo) {
  const Json response = {
      {"questionnaire", "urn:reprise:questionnaire:red-flags"},
      {"item", Json::array({Json{
                   {"linkId", "group"},
                   {"item", Json::array({Json{{"linkId", "calf"},
                                              {"answer", Json::array({Json{{"valueString", "no"}}})}}})}}})}};
  const SafetyFacts facts = safety_facts(response);
  EXPECT_TRUE(facts.red_flags_due);
  EXPECT_THAT(facts.red_flags, IsEmpty());
  EXPECT_EQ(judge(facts, {}).verdict, Verdict::ask);
  EXPECT_EQ(judge(safety_facts(Json::array()), {}).verdict, Verdict::go_on);
}

TEST(Answers, ThatCannotBeAreRefused) {
  const auto refused = [](auto change) {
    Answers answers = some_answers();
    change(answers);
    return !answers_bundle(answers);
  };
  EXPECT_TRUE(refused([](Answers& a) { a.id = "1"; }));
  EXPECT_TRUE(refused([](Answers& a) { a.session = "1"; }));
  EXPECT_TRUE(refused([](Answers& a) { a.patient = "Patient/1"; }));
  EXPECT_TRUE(refused([](Answers& a) { a.questionnaire = "urn:reprise:questionnaire:red-flags"; }));
  EXPECT_TRUE(refused([](Answers& a) { a.authored = "2026-03-02"; }));
  EXPECT_TRUE(refused([](Answers& a) { a.answers.clear(); }));
  EXPECT_TRUE(refused([](Answers& a) { a.answers.push_back({"effort", 1}); }));
  EXPECT_TRUE(refused([](Answers& a) { a.answers[0].value = 11; }));
  EXPECT_TRUE(refused([](Answers& a) { a.answers[0].value = true; }));
  EXPECT_TRUE(refused([](Answers& a) { a.answers[0] = {"calf", 0}; }));
  EXPECT_TRUE(refused([](Answers& a) { a.answers[3].value = std::string{}; }));
}

TEST(Answers, ToVersion1LackOnlyTheQuestionThatItDoesNotHave) {
  Answers flags = some_answers();
  flags.answers.clear();
  for (const auto flag : kRedFlags)
    if (flag != kSinceVersion2) flags.answers.push_back({std::string{flag}, false});
  const auto verdict_of = [&](const char* version) {
    flags.questionnaire = std::string{"urn:reprise:questionnaire:red-flags|"} + version;
    const auto bundle = answers_bundle(flags);
    return judge(safety_facts((*bundle)["entry"][0]["resource"]), {}).verdict;
  };
  EXPECT_EQ(verdict_of("1"), Verdict::go_on);
  EXPECT_EQ(verdict_of("2"), Verdict::ask);
}

TEST(Answers, NameNoLimitThatIsNotOne) {
  Answers stopped = some_answers();
  stopped.stopped = true;
  stopped.passed_limit = "anything-a-patient-writes";
  EXPECT_FALSE(answers_bundle(stopped));
  const Json foreign = {
      {"questionnaire", "urn:reprise:questionnaire:after-exercise|1"},
      {"extension",
       Json::array({Json{{"url", "urn:reprise:stopped"}, {"valueCode", "anything-a-patient-writes"}}})}};
  const SafetyFacts facts = safety_facts(foreign);
  EXPECT_TRUE(facts.stopped);
  EXPECT_EQ(facts.passed_limit, "");
}

TEST(SafetyText, SaysWhatThePageMayDo) {
  const auto asked = [](const Json& facts) {
    const auto text = safety_text(facts.dump());
    return text ? Json::parse(*text) : Json{{"error", text.error().cause}};
  };
  const Json limits = {{"painStop", 5}, {"painRise", 2}};
  EXPECT_EQ(asked({{"limits", limits}, {"pain", 3}, {"painBefore", 1}})["verdict"], "stop_exercise");
  EXPECT_EQ(asked({{"limits", limits}, {"pain", nullptr}})["verdict"], "ask");
  EXPECT_EQ(asked({{"limits", limits}})["verdict"], "go_on");
  EXPECT_EQ(asked({{"limits", limits}, {"redFlags", Json::object()}})["verdict"], "ask");
  EXPECT_EQ(asked({{"limits", limits}, {"redFlags", {{"pop", true}}}})["verdict"], "end_session");
  EXPECT_EQ(asked({{"limits", limits}, {"support", {{"needed", true}, {"inReach", nullptr}}}})["verdict"],
            "ask");
  EXPECT_EQ(asked({{"limits", limits}, {"settled", false}})["tellsClinic"], true);
  EXPECT_EQ(asked({{"pain", 3}})["error"], "limits is not an object");
  EXPECT_EQ(asked({{"limits", limits}, {"pain", 3.5}})["error"], "pain is not a whole number from 0 to 10");
  EXPECT_FALSE(safety_text("no"));
}

}  // namespace
}  // namespace reprise::care

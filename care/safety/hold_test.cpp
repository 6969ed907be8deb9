// SPDX-License-Identifier: Apache-2.0
#include "care/safety/hold.h"

#include <gmock/gmock.h>

#include "care/safety/questionnaire_response.h"
#include "fhir/model/date_time.h"
#include "fhir/profiles/vocabulary.h"
#include "fhir/validation/validate.h"

namespace reprise::care {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kFirst = "0b8e2a60-7c1f-4f6e-8d7a-000000000001";
constexpr const char* kSecond = "0b8e2a60-7c1f-4f6e-8d7a-000000000002";

std::int64_t at(const char* time) {
  return *fhir::interval_of(time)->start_ms;
}

// A QuestionnaireResponse as the device makes it.
Json given(const char* id, std::vector<Answer> answers, const char* when, const char* exercise = "",
           bool stopped = false, const char* takes_back = "") {
  Answers all;
  all.id = id;
  all.patient = "robin";
  all.questionnaire = "urn:reprise:questionnaire:any|1";
  all.authored = when;
  all.exercise = exercise;
  all.stopped = stopped;
  all.takes_back = takes_back;
  all.answers = std::move(answers);
  const auto bundle = answers_bundle(all);
  EXPECT_TRUE(bundle) << to_string(bundle.error());
  Json response = (*bundle)["entry"][0]["resource"];
  response["id"] = id;
  return response;
}

Json flag_for(const Json& response, const char* recorded) {
  const auto statement = statement_of(response);
  EXPECT_TRUE(statement);
  Json flag = flag_of(*statement, judge(statement->facts, {}), "QuestionnaireResponse/1",
                      "QuestionnaireResponse/1/1", recorded);
  flag["id"] = "flag";
  return flag;
}

std::vector<Hold> holds_in(std::vector<Json> resources) {
  std::vector<std::string> texts;
  for (const Json& one : resources) texts.push_back(one.dump());
  const auto record = fhir::AnswerIndex::of(texts);
  EXPECT_TRUE(record) << to_string(record.error());
  return read_holds(*record, "robin", {});
}

// Patient finding 1
TEST(Hold, AWarningSignHoldsEverythingUntilAClinicianDecides) {
  const Json response = given(kFirst, {{"chest-or-breath", true}}, "2026-03-02T19:57:00+01:00", "", true);
  Json flag = flag_for(response, "2026-03-02T18:57:05Z");
  EXPECT_THAT(fhir::validate(flag), IsEmpty());
  auto holds = holds_in({flag});
  ASSERT_THAT(holds, SizeIs(1));
  EXPECT_EQ(holds.front().exercise, "");
  EXPECT_TRUE(holds.front().needs_clinician);
  EXPECT_THAT(holds.front().questions, ElementsAre("chest-or-breath"));
  EXPECT_THAT(holds.front().reasons, ElementsAre("red-flag"));
  EXPECT_EQ(holds.front().said, "2026-03-02T19:57:00+01:00");
  EXPECT_EQ(holds.front().recorded, "2026-03-02T18:57:05Z");
  // A snooze puts it out of the clinician's sight only.
  flag["extension"].push_back({{"url", fhir::kSnoozedUntil}, {"valueDateTime", "2026-03-09T10:00:00Z"}});
  EXPECT_THAT(holds_in({flag}), SizeIs(1));
  flag["status"] = "inactive";
  EXPECT_THAT(holds_in({flag}), IsEmpty());
}

// Patient finding 4
TEST(Hold, PainHoldsTheExerciseThatItIsAboutElseAll) {
  const auto holds = holds_in({flag_for(given(kFirst, {{"pain-during", 8}}, "2026-03-02T10:00:00Z", "slide"),
                                        "2026-03-02T10:00:01Z")});
  ASSERT_THAT(holds, SizeIs(1));
  EXPECT_EQ(holds.front().exercise, "slide");
  EXPECT_FALSE(holds.front().needs_clinician);
  EXPECT_EQ(holds.front().pain, 8);
  const auto all = holds_in(
      {flag_for(given(kFirst, {{"pain-before", 8}}, "2026-03-02T10:00:00Z"), "2026-03-02T10:00:01Z")});
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all.front().exercise, "");
}

// Patient finding 1
TEST(Hold, HoldsOnTheDeviceBeforeTheRecordKnowsAndEndsOnlyThere) {
  const Json response = given(kFirst, {{"chest-or-breath", true}}, "2026-03-02T19:57:00Z", "", true);
  const auto own = holds_in({response});
  ASSERT_THAT(own, SizeIs(1));
  EXPECT_TRUE(own.front().needs_clinician);
  EXPECT_EQ(own.front().recorded, "");
  // A later "no" ends nothing.
  const Json no = given(kSecond, {{"chest-or-breath", false}}, "2026-03-02T20:00:00Z");
  EXPECT_THAT(holds_in({response, no}), SizeIs(1));
  // Known to the record: its Flag decides, and the hold is there once.
  Json flag = flag_for(response, "2026-03-02T19:57:05Z");
  EXPECT_THAT(holds_in({response, flag}), SizeIs(1));
  flag["status"] = "inactive";
  EXPECT_THAT(holds_in({response, flag}), IsEmpty());
  // What the record shows of answers says nothing by itself.
  Json of_record = response;
  of_record["meta"]["versionId"] = "1";
  EXPECT_THAT(holds_in({of_record}), IsEmpty());
}

TEST(Hold, WhatTheDeviceStoppedIsToldAlsoWithoutANumberAndByOtherLimits) {
  const Json none = given(kFirst, {}, "2026-03-02T10:00:00Z", "slide", true);
  EXPECT_THAT(fhir::validate(none), IsEmpty());
  const auto holds = holds_in({flag_for(none, "2026-03-02T10:00:01Z")});
  ASSERT_THAT(holds, SizeIs(1));
  EXPECT_EQ(holds.front().exercise, "slide");
  EXPECT_THAT(holds.front().reasons, ElementsAre("stopped"));
  const auto statement =
      statement_of(given(kFirst, {{"pain-during", 3}}, "2026-03-02T10:00:00Z", "slide", true));
  ASSERT_TRUE(statement);
  EXPECT_TRUE(judge(statement->facts, {}).tells_clinic);
}

TEST(Hold, APassedLimitHoldsItsSessionUntilTheNextDayAndSaysWhich) {
  Answers all;
  all.id = kFirst;
  all.patient = "robin";
  all.questionnaire = "urn:reprise:questionnaire:after-exercise|1";
  all.authored = "2026-03-02T10:00:00Z";
  all.exercise = "walk";
  all.stopped = true;
  all.passed_limit = "heart-rate";
  const auto bundle = answers_bundle(all);
  ASSERT_TRUE(bundle) << to_string(bundle.error());
  Json response = (*bundle)["entry"][0]["resource"];
  EXPECT_THAT(fhir::validate(response), IsEmpty());
  response["id"] = kFirst;
  const auto own = holds_in({response});
  ASSERT_THAT(own, SizeIs(1));
  EXPECT_THAT(own.front().reasons, ElementsAre("limit-passed-heart-rate"));
  const Json flag = flag_for(response, "2026-03-02T10:00:01Z");
  const auto holds = holds_in({flag});
  ASSERT_THAT(holds, SizeIs(1));
  EXPECT_EQ(holds.front().exercise, "walk");
  EXPECT_FALSE(holds.front().needs_clinician);
  EXPECT_THAT(holds.front().reasons, ElementsAre("limit-passed-heart-rate"));
  all.stopped = false;
  EXPECT_FALSE(answers_bundle(all));
}

TEST(Hold, AWrongTouchIsTakenBackSoonAndOnlyByTheAnswerThatSaysSo) {
  const Json wrong = given(kFirst, {{"chest-or-breath", true}}, "2026-03-02T10:00:00Z", "", true);
  const Json back = given(kSecond, {{"chest-or-breath", false}}, "2026-03-02T10:00:30Z", "", false, kFirst);
  EXPECT_THAT(fhir::validate(back), IsEmpty());
  EXPECT_THAT(holds_in({wrong, back}), IsEmpty());
  const Json flag = flag_for(wrong, "2026-03-02T10:00:05Z");
  const auto hold = active_hold(flag);
  ASSERT_TRUE(hold);
  const auto later = *statement_of(back);
  EXPECT_TRUE(takes_back(later, *hold, at("2026-03-02T10:00:40Z")));
  EXPECT_FALSE(takes_back(later, *hold, at("2026-03-02T10:10:06Z"))) << "the record got it too late";
  EXPECT_FALSE(takes_back(
      *statement_of(given(kSecond, {{"chest-or-breath", false}}, "2026-03-02T10:10:30Z", "", false, kFirst)),
      *hold, at("2026-03-02T10:00:40Z")))
      << "it was said too late";
  EXPECT_FALSE(takes_back(*statement_of(given(kSecond, {{"pop", false}}, "2026-03-02T10:00:30Z")), *hold,
                          at("2026-03-02T10:00:40Z")));
  const Json ended =
      with_hold_ended(flag, HoldEnd::taken_back, "QuestionnaireResponse/2", "2026-03-02T10:00:40Z");
  EXPECT_THAT(fhir::validate(ended), IsEmpty());
  EXPECT_EQ(ended["status"], "active");
  EXPECT_THAT(holds_in({wrong, ended}), IsEmpty());
}

TEST(Hold, PainEndsWithTheNextDaysAnswersWithinTheLimits) {
  const Json flag = flag_for(given(kFirst, {{"pain-during", 8}}, "2026-03-02T22:00:00+01:00", "slide"),
                             "2026-03-02T21:00:01Z");
  const auto hold = active_hold(flag);
  ASSERT_TRUE(hold);
  const auto opens = [&](int pain, const char* said, const char* recorded,
                         const char* asked = "pain-before") {
    const auto later = *statement_of(given(kSecond, {{asked, pain}}, said));
    return opens_again(later, judge(later.facts, {}), *hold, at(recorded));
  };
  EXPECT_TRUE(opens(2, "2026-03-03T08:00:00+01:00", "2026-03-03T07:00:01Z"));
  EXPECT_TRUE(opens(2, "2026-03-03T08:00:00+01:00", "2026-03-03T07:00:01Z", "pain-next-morning"));
  EXPECT_FALSE(opens(6, "2026-03-03T08:00:00+01:00", "2026-03-03T07:00:01Z")) << "above the limit";
  EXPECT_FALSE(opens(2, "2026-03-03T08:00:00+01:00", "2026-03-03T07:00:01Z", "pain-during"));
  EXPECT_FALSE(opens(2, "2026-03-02T23:00:00+01:00", "2026-03-02T22:00:00Z")) << "the same day";
  EXPECT_FALSE(opens(2, "2026-03-03T00:05:00+01:00", "2026-03-02T23:05:00Z")) << "the same evening";
  EXPECT_FALSE(opens(2, "2026-03-03T08:00:00+01:00", "2026-03-02T22:00:00Z"))
      << "the device's clock is ahead";
  EXPECT_FALSE(opens(2, "2026-03-02T08:00:00+01:00", "2026-03-03T07:00:01Z")) << "or was set back";
  // A warning sign is never lifted so.
  const auto sign = active_hold(
      flag_for(given(kFirst, {{"calf", true}}, "2026-03-02T22:00:00+01:00"), "2026-03-02T21:00:01Z"));
  const auto later = *statement_of(given(kSecond, {{"pain-before", 0}}, "2026-03-05T08:00:00+01:00"));
  EXPECT_FALSE(opens_again(later, judge(later.facts, {}), *sign, at("2026-03-05T07:00:01Z")));
}

TEST(Hold, WhatCannotBeReadHoldsEverythingUntilAClinicianDecides) {
  Json flag =
      flag_for(given(kFirst, {{"pain-during", 8}}, "2026-03-02T10:00:00Z", "slide"), "2026-03-02T10:00:01Z");
  for (Json& one : flag["extension"]) {
    if (one["url"] == fhir::kHold) one["extension"].push_back({{"url", "unless"}, {"valueBoolean", true}});
  }
  const auto hold = active_hold(flag);
  ASSERT_TRUE(hold);
  EXPECT_TRUE(hold->needs_clinician);
  EXPECT_EQ(hold->exercise, "");
}

}  // namespace
}  // namespace reprise::care

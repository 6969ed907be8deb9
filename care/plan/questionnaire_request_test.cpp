// SPDX-License-Identifier: Apache-2.0
#include "care/plan/questionnaire_request.h"

#include <gmock/gmock.h>

#include <functional>

#include "care/plan/programme.h"
#include "care/plan/programme_text.h"
#include "fhir/model/resource.h"
#include "fhir/validation/validate.h"

namespace reprise::care {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

Json asking_plan() {
  return Json::parse(R"({"resourceType": "CarePlan", "id": "plan", "status": "active", "intent": "plan",
    "category": [{"coding": [{"system": "urn:reprise:care-plan", "code": "exercise-programme"}]}],
    "subject": {"reference": "Patient/robin"}, "period": {"start": "2026-02-20"}, "activity": [{"detail": {
      "instantiatesCanonical": ["http://clinic.example/week|2"], "status": "scheduled",
      "code": {"coding": [{"system": "urn:reprise:activity", "code": "questionnaire"}]},
      "scheduledTiming": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "wk"}},
      "description": "How it goes"}}]})");
}

std::string response_on(const char* authored, const char* questionnaire = "http://clinic.example/week|1",
                        const char* status = "completed", const char* subject = "Patient/robin") {
  static int count = 0;
  return Json{{"resourceType", "QuestionnaireResponse"},
              {"id", "r" + std::to_string(++count)},
              {"status", status},
              {"questionnaire", questionnaire},
              {"subject", {{"reference", subject}}},
              {"authored", authored}}
      .dump();
}

Programme programme_of(const Json& plan, std::vector<std::string> answers = {}) {
  answers.push_back(plan.dump());
  answers.emplace_back(R"({"resourceType": "Patient", "id": "robin"})");
  auto programme = read_programme(answers);
  EXPECT_TRUE(programme) << to_string(programme.error());
  return std::move(programme).value_or(Programme{});
}

TEST(QuestionnaireRequest, IsReadOutOfAnActivityAndDueFromTheProgrammesFirstDay) {
  EXPECT_THAT(fhir::validate(asking_plan()), IsEmpty());
  const auto programme = programme_of(asking_plan());
  EXPECT_THAT(programme.problems, IsEmpty());
  ASSERT_THAT(programme.questionnaires, SizeIs(1));
  const QuestionnaireRequest& asked = programme.questionnaires.front();
  EXPECT_EQ(asked.canonical, "http://clinic.example/week|2");
  EXPECT_EQ(asked.every_days, 7);
  EXPECT_EQ(asked.reason, "How it goes");
  EXPECT_EQ(asked.last_answered, "");
  EXPECT_EQ(asked.due, "2026-02-20");
  EXPECT_FALSE(asked.done);
}

TEST(QuestionnaireRequest, IsDueAgainSoManyDaysAfterTheLastAnswerOfAnyVersion) {
  // The local day of the answer, into a new month and over a leap day.
  const auto last = [](std::vector<std::string> answers, Json plan = asking_plan()) {
    return programme_of(plan, std::move(answers)).questionnaires.at(0);
  };
  EXPECT_EQ(last({response_on("2026-02-21T23:30:00-08:00"), response_on("2026-02-25T00:10:00+09:00")}).due,
            "2026-03-04");
  EXPECT_EQ(last({response_on("2028-02-25T10:00:00Z")}).due, "2028-03-03");
  EXPECT_EQ(last({response_on("2026-12-30T10:00:00Z")}).last_answered, "2026-12-30");
  EXPECT_EQ(last({response_on("2026-12-30T10:00:00Z")}).due, "2027-01-06");
  // Responses that do not count.
  EXPECT_EQ(
      last({response_on("2026-03-01T10:00:00Z", "http://clinic.example/weekly|1"),
            response_on("2026-03-01T10:00:00Z", "http://clinic.example/week|1", "in-progress"),
            response_on("2026-03-01T10:00:00Z", "http://clinic.example/week|1", "completed", "Patient/a"),
            response_on("2026-03"), response_on("x")})
          .due,
      "2026-02-20");
  Json once = asking_plan();
  once["activity"][0]["detail"].erase("scheduledTiming");
  EXPECT_FALSE(last({}, once).done);
  EXPECT_TRUE(last({response_on("2026-03-01T10:00:00Z")}, once).done);
  EXPECT_EQ(last({response_on("2026-03-01T10:00:00Z")}, once).due, "");
  Json no_start = asking_plan();
  no_start.erase("period");
  EXPECT_EQ(last({}, no_start).due, "");
  Json days = asking_plan();
  days["activity"][0]["detail"]["scheduledTiming"]["repeat"] = {{"period", 10}, {"periodUnit", "d"}};
  EXPECT_EQ(last({response_on("2026-02-25T10:00:00Z")}, days).due, "2026-03-07");
}

TEST(QuestionnaireRequest, MayBeAskedAnewSoThatEarlierAnswersDoNotCount) {
  Json plan = asking_plan();
  Json& detail = plan["activity"][0]["detail"];
  detail.erase("scheduledTiming");
  detail["extension"] = Json::parse(R"([
    {"url": "urn:reprise:asked-since", "valueDateTime": "2026-03-02T10:00:00+01:00"},
    {"url": "urn:reprise:answer-by", "valueDate": "2026-03-09"}])");
  EXPECT_THAT(fhir::validate(plan), IsEmpty());
  const auto asked = [&](std::vector<std::string> answers) {
    return programme_of(plan, std::move(answers)).questionnaires.at(0);
  };
  EXPECT_EQ(asked({}).due, "2026-03-02");
  EXPECT_EQ(asked({}).answer_by, "2026-03-09");
  // The same morning in another time zone, one moment earlier.
  const auto before = asked({response_on("2026-03-02T08:59:59Z"), response_on("2026-02-25T10:00:00Z")});
  EXPECT_FALSE(before.done);
  EXPECT_EQ(before.last_answered, "");
  EXPECT_EQ(before.due, "2026-03-02");
  EXPECT_TRUE(asked({response_on("2026-03-02T09:00:00Z")}).done);
  detail["scheduledTiming"] = {{"repeat", {{"period", 10}, {"periodUnit", "d"}}}};
  EXPECT_EQ(asked({response_on("2026-03-01T10:00:00Z")}).due, "2026-03-02");
  EXPECT_EQ(asked({response_on("2026-03-03T10:00:00Z")}).due, "2026-03-13");
}

TEST(QuestionnaireRequest, WhatCannotBeReadIsAProblemAndNotAsked) {
  const std::vector<std::function<void(Json&)>> changes = {
      [](Json& detail) {
        detail["modifierExtension"] = Json::array({Json{{"url", "http://a"}}});
      },
      [](Json& detail) {
        detail["extension"] = Json::array({Json{{"url", "urn:reprise:new"}}});
      },
      [](Json& detail) {
        detail["extension"] =
            Json::array({Json{{"url", "urn:reprise:asked-since"}, {"valueDateTime", "2026-03-02"}}});
      },
      [](Json& detail) {
        detail["extension"] =
            Json::array({Json{{"url", "urn:reprise:answer-by"}, {"valueDateTime", "2026-03-02"}}});
      },
      [](Json& detail) {
        const Json by = {{"url", "urn:reprise:answer-by"}, {"valueDate", "2026-03-02"}};
        detail["extension"] = Json::array({by, by});
      },
      [](Json& detail) { detail["doNotPerform"] = true; },
      [](Json& detail) { detail.erase("instantiatesCanonical"); },
      [](Json& detail) { detail["instantiatesCanonical"].push_back("http://b"); },
      [](Json& detail) { detail["instantiatesCanonical"][0] = "|1"; },
      [](Json& detail) { detail["instantiatesCanonical"][0] = 1; },
      [](Json& detail) { detail["scheduledString"] = "weekly"; },
      [](Json& detail) { detail["scheduledPeriod"] = Json::object(); },
      [](Json& detail) { detail["scheduledTiming"] = Json::object(); },
      [](Json& detail) { detail["scheduledTiming"]["event"] = Json::array({"2026-01-01"}); },
      [](Json& detail) { detail["scheduledTiming"]["repeat"]["frequency"] = 2; },
      [](Json& detail) { detail["scheduledTiming"]["repeat"]["period"] = 0; },
      [](Json& detail) { detail["scheduledTiming"]["repeat"]["period"] = 53; },
      [](Json& detail) { detail["scheduledTiming"]["repeat"]["periodUnit"] = "h"; },
      [](Json& detail) { detail["scheduledTiming"]["repeat"]["timeOfDay"] = Json::array({"08:00:00"}); }};
  for (std::size_t i = 0; i < changes.size(); ++i) {
    Json plan = asking_plan();
    changes[i](plan["activity"][0]["detail"]);
    const auto programme = programme_of(plan);
    EXPECT_THAT(programme.questionnaires, IsEmpty()) << i;
    ASSERT_THAT(programme.problems, SizeIs(1)) << i;
    EXPECT_EQ(programme.problems[0].request, "") << i;
  }
}

TEST(QuestionnaireRequest, OtherActivitiesAndThoseThatAreOverArePassedOver) {
  for (const char* status : {"completed", "cancelled", "stopped", "on-hold", "unknown", "entered-in-error"}) {
    Json plan = asking_plan();
    plan["activity"][0]["detail"]["status"] = status;
    EXPECT_THAT(programme_of(plan).questionnaires, IsEmpty()) << status;
    EXPECT_THAT(programme_of(plan).problems, IsEmpty()) << status;
  }
  Json other = asking_plan();
  other["activity"][0]["detail"]["code"]["coding"][0]["code"] = "walk";
  EXPECT_THAT(programme_of(other).questionnaires, IsEmpty());
  EXPECT_THAT(programme_of(other).problems, IsEmpty());
}

TEST(QuestionnaireRequest, PagesAreToldOfIt) {
  const std::vector<std::string> answers = {asking_plan().dump(),
                                            R"({"resourceType": "Patient", "id": "robin"})"};
  const auto text = programme_text(answers);
  ASSERT_TRUE(text);
  EXPECT_EQ(Json::parse(*text)["questionnaires"],
            Json::parse(R"([{"canonical": "http://clinic.example/week|2",
    "everyDays": 7, "reason": "How it goes", "answerBy": null, "lastAnswered": null, "done": false,
    "due": "2026-02-20"}])"));
}

}  // namespace
}  // namespace reprise::care

// SPDX-License-Identifier: Apache-2.0
#include "care/plan/questionnaire_request.h"

#include <gmock/gmock.h>

#include <functional>

#include "care/plan/programme.h"
#include "care/plan/programme_text.h"
#include "care/plan/requested_questionnaires.h"
#include "fhir/model/resource.h"
#include "fhir/validation/validate.h"

namespace reprise::care {
namespace {

using ::testing::ElementsAre;
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

std::vector<RequestedQuestionnaire> requested(const Json& plan, const std::string& today,
                                              std::vector<std::string> answers = {}) {
  const auto record = fhir::AnswerIndex::of(answers);
  EXPECT_TRUE(record);
  return requested_questionnaires(plan, *record, today);
}

QuestionnaireRequest asked_once() {
  QuestionnaireRequest asked;
  asked.canonical = "http://clinic.example/week";
  asked.since = "2026-03-10T08:00:00+01:00";
  asked.answer_by = "2026-03-17";
  asked.reason = "Before the visit";
  return asked;
}

// A programme with an exercise and one request.
Json plan_asking(const QuestionnaireRequest& asked) {
  Json plan = asking_plan();
  plan["activity"] = Json::parse(R"([{"reference": {"reference": "ServiceRequest/1"}}])");
  add_request(plan, asked);
  return plan;
}

TEST(RequestedQuestionnaires, AreWrittenAsTheyAreRead) {
  QuestionnaireRequest weekly = asked_once();
  weekly.every_days = 7;
  for (const QuestionnaireRequest& asked : {asked_once(), weekly}) {
    const Json plan = plan_asking(asked);
    EXPECT_THAT(fhir::validate(plan), IsEmpty());
    ASSERT_EQ(plan["activity"].size(), 2U);
    const auto read = read_asked(plan["activity"][1]);
    ASSERT_TRUE(read && *read);
    EXPECT_EQ((*read)->canonical, asked.canonical);
    EXPECT_EQ((*read)->since, asked.since);
    EXPECT_EQ((*read)->answer_by, asked.answer_by);
    EXPECT_EQ((*read)->reason, asked.reason);
    EXPECT_EQ((*read)->every_days, asked.every_days);
  }
  // As the pages have written it before.
  EXPECT_EQ(plan_asking(weekly)["activity"][1], Json::parse(R"({"detail": {
      "extension": [{"url": "urn:reprise:asked-since", "valueDateTime": "2026-03-10T08:00:00+01:00"},
                    {"url": "urn:reprise:answer-by", "valueDate": "2026-03-17"}],
      "code": {"coding": [{"system": "urn:reprise:activity", "code": "questionnaire"}]},
      "instantiatesCanonical": ["http://clinic.example/week"], "status": "scheduled",
      "scheduledTiming": {"repeat": {"frequency": 1, "period": 7, "periodUnit": "d"}},
      "description": "Before the visit"}})"));
}

TEST(RequestedQuestionnaires, AreDueOverdueOrDone) {
  const Json plan = plan_asking(asked_once());
  EXPECT_EQ(requested(plan, "2026-03-17").at(0).state, RequestState::due);
  EXPECT_EQ(requested(plan, "2026-03-18").at(0).state, RequestState::overdue);
  const std::string before = response_on("2026-03-10T06:59:00Z");
  const std::string after = response_on("2026-03-10T07:01:00Z");
  const std::string last = response_on("2026-03-12T07:01:00Z", "http://clinic.example/week|2", "amended");
  const std::string half = response_on("2026-03-11T07:01:00Z", "http://clinic.example/week|1", "in-progress");
  const std::string other = response_on("2026-03-11T07:01:00Z", "http://clinic.example/day");
  const auto id = [](const std::string& text) { return Json::parse(text)["id"].get<std::string>(); };
  const auto answered = requested(plan, "2026-03-30", {before, after, last, half, other});
  EXPECT_EQ(answered.at(0).state, RequestState::done);
  EXPECT_THAT(answered.at(0).answers, ElementsAre(id(last), id(after))) << "the newest first";
  EXPECT_EQ(requested(plan, "2026-03-12", {before}).at(0).state, RequestState::due);
}

TEST(RequestedQuestionnaires, AreOverdueWhenTheyWouldBeDueOnceMore) {
  QuestionnaireRequest weekly = asked_once();
  weekly.every_days = 7;
  weekly.answer_by = "";
  weekly.since = "2026-03-01T08:00:00Z";
  const std::string answer = response_on("2026-03-03T08:00:00Z");
  const auto state = [&](const char* today) {
    return requested(plan_asking(weekly), today, {answer}).at(0).state;
  };
  EXPECT_EQ(state("2026-03-09"), RequestState::later);
  EXPECT_EQ(state("2026-03-10"), RequestState::due);
  EXPECT_EQ(state("2026-03-17"), RequestState::due);
  EXPECT_EQ(state("2026-03-18"), RequestState::overdue);
}

TEST(RequestedQuestionnaires, AreWithdrawnAndBroughtBack) {
  const Json plan = plan_asking(asked_once());
  Json next = plan;
  QuestionnaireRequest second = asked_once();
  second.canonical = "http://clinic.example/day";
  add_request(next, second);
  const std::string key = requested(next, "2026-03-12").at(0).key;
  set_request_status(next, key, "cancelled");
  const auto all = requested(next, "2026-03-12");
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].asked.canonical, second.canonical) << "open ones first";
  EXPECT_EQ(all[1].state, RequestState::withdrawn);
  EXPECT_EQ(all[1].asked.reason, "Before the visit");
  EXPECT_EQ(next["activity"][0], plan["activity"][0]);
  set_request_status(next, key, "scheduled");
  EXPECT_EQ(next["activity"][1], plan["activity"][1]);
  Json strange = plan;
  strange["activity"][1]["detail"]["scheduledString"] = "now and then";
  EXPECT_EQ(requested(strange, "2026-03-12").at(0).state, RequestState::unreadable);
  strange["activity"][1]["detail"]["extension"][0]["valueDateTime"] = "soon";
  EXPECT_THAT(requested(strange, "2026-03-12", {response_on("2026-03-12T08:00:00Z")}).at(0).answers,
              IsEmpty());
}

TEST(RequestedQuestionnaires, CrossToThePage) {
  Json plan = plan_asking(asked_once());
  const std::vector<std::string> answers = {plan.dump(), R"({"resourceType": "Patient", "id": "robin"})"};
  const auto text = requested_questionnaires_text(answers, "2026-03-12");
  ASSERT_TRUE(text) << to_string(text.error());
  const Json listed = Json::parse(*text);
  EXPECT_EQ(listed["plan"], plan["id"]);
  EXPECT_EQ(listed["requests"][0]["state"], "due");
  EXPECT_EQ(listed["requests"][0]["by"], "2026-03-17");
  EXPECT_FALSE(requested_questionnaires_text({}, "2026-03-12")) << "no programme";
  EXPECT_FALSE(requested_questionnaires_text(answers, "soon"));
  const Json asked = {{"plan", plan},  {"url", "urn:q"},      {"everyDays", 0},
                      {"by", nullptr}, {"reason", " Why \n"}, {"since", "2026-03-10T08:00:00+01:00"}};
  const auto with = with_questionnaire_text(asked.dump());
  ASSERT_TRUE(with) << to_string(with.error());
  const Json next = Json::parse(*with);
  EXPECT_EQ(next["activity"][2]["detail"]["description"], " Why \n");
  EXPECT_FALSE(next["activity"][2]["detail"].contains("scheduledTiming"));
  Json status = {{"plan", next}, {"key", "urn:q 2026-03-10T08:00:00+01:00"}, {"status", "cancelled"}};
  const auto withdrawn = request_status_text(status.dump());
  ASSERT_TRUE(withdrawn) << to_string(withdrawn.error());
  EXPECT_EQ(Json::parse(*withdrawn)["activity"][2]["detail"]["status"], "cancelled");
  status["status"] = "done";
  EXPECT_FALSE(request_status_text(status.dump()));
  EXPECT_FALSE(with_questionnaire_text("{}"));
}

}  // namespace
}  // namespace reprise::care

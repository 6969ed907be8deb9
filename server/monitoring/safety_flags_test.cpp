// SPDX-License-Identifier: Apache-2.0
#include "server/monitoring/safety_flags.h"

#include "care/safety/hold.h"
#include "care/safety/patient_reported.h"
#include "care/safety/questionnaire_response.h"
#include "fhir/profiles/vocabulary.h"
#include "record/accounts/account.h"
#include "record/content/content.h"
#include "server/monitoring/flag_decisions.h"
#include "tests/support/app_browser.h"

namespace reprise::server {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class SafetyFlagsTest : public AppTest {
 protected:
  SafetyFlagsTest() {
    ApiOptions options;
    options.after_changes = [this](const record::WriteTransaction& session,
                                   std::span<const record::ChangeResult> changes) {
      if (auto refusal = apply_flag_decisions(*record_, session, changes)) return refusal;
      return raise_safety_flags(*record_, session, changes, {"Reprise", "https://clinic.example", true});
    };
    api_ = std::make_shared<Api>(*record_, std::move(options));
    fill();
    for (const std::string who : {"a", "b"}) {
      const auto account = make("dr-" + who, Role::clinician, "dr-" + who);
      if (who == "a") dr_a_ = account;
      (void)in_database([&](record::Connection& connection) {
        EXPECT_TRUE(record::set_mail(connection, account.id, "dr-" + who + "@example.org"));
        return Result<int>{0};
      });
    }
    browser_ = person("pat", Role::patient, "a");
  }

  struct Beside {
    std::string exercise = {};
    bool stopped = false;
    std::string takes_back = {};
  };
  /// Sent by the patient.
  void say(const std::string& questionnaire, std::vector<care::Answer> answers, const std::string& authored,
           const Beside& beside) {
    care::Answers given;
    given.exercise = beside.exercise;
    given.stopped = beside.stopped;
    given.takes_back = beside.takes_back;
    given.id = "0b8e2a60-7c1f-4f6e-8d7a-" + std::to_string(100000000000 + ++said_);
    given.patient = "a";
    given.questionnaire = "urn:reprise:questionnaire:" + questionnaire + "|1";
    given.authored = authored;
    given.answers = std::move(answers);
    const auto bundle = care::answers_bundle(given);
    ASSERT_TRUE(bundle) << to_string(bundle.error());
    last_ = *bundle;
    send_last();
  }
  void say(const std::string& questionnaire, std::vector<care::Answer> answers, const std::string& authored) {
    say(questionnaire, std::move(answers), authored, Beside{});
  }
  void send_last() {
    const auto answer = ask(browser_, "POST", "/fhir", last_, "application/fhir+json");
    ASSERT_EQ(answer.status, 200U) << answer.json.dump();
  }
  void prescribe(const std::string& id) {
    put("ServiceRequest", id,
        Json{{"status", "active"}, {"intent", "order"}, {"subject", {{"reference", "Patient/a"}}}});
  }
  std::vector<Json> flags() {
    std::vector<Json> all;
    const auto found = ask(browser_, "GET", "/fhir/Flag?_sort=_lastUpdated").json;
    for (const Json& entry : found.value("entry", Json::array())) all.push_back(entry["resource"]);
    return all;
  }
  static std::string code(const Json& flag) { return flag["code"]["coding"][0]["code"]; }

  /// What the patient may not start now.
  std::vector<care::Hold> holds() {
    std::vector<care::Hold> all;
    for (const Json& flag : flags()) {
      if (auto hold = care::active_hold(flag)) all.push_back(*hold);
    }
    return all;
  }
  std::string said_id() const { return "0b8e2a60-7c1f-4f6e-8d7a-" + std::to_string(100000000000 + said_); }
  static std::string clock(std::int64_t minutes = 0) {
    return record::instant_text(record::milliseconds_now() + minutes * 60'000);
  }

  Browser browser_;
  record::Account dr_a_;
  Json last_;
  int said_ = 0;
};

TEST_P(SafetyFlagsTest, AWarningSignIsAFlagOnceAndTheCareTeamIsMailedWithoutContent) {
  say("red-flags", {{"calf", false}, {"pop", false}}, "2026-03-02T10:00:00Z");
  EXPECT_THAT(flags(), IsEmpty());
  say("red-flags", {{"calf", true}, {"pop", false}}, "2026-03-02T10:01:00Z");
  send_last();
  ASSERT_THAT(flags(), SizeIs(1));
  const Json flag = flags().front();
  EXPECT_EQ(code(flag), "red-flag");
  EXPECT_THAT(flag["code"]["text"].get<std::string>(), HasSubstr("calf"));
  EXPECT_EQ(flag["status"], "active");
  EXPECT_EQ(flag["subject"]["reference"], "Patient/a");
  EXPECT_THAT(flag["extension"][0]["valueReference"]["reference"].get<std::string>(),
              ::testing::StartsWith("QuestionnaireResponse/"));
  EXPECT_THAT(mails_to("dr-b@example.org"), IsEmpty());
  const auto mails = mails_to("dr-a@example.org");
  ASSERT_THAT(mails, SizeIs(1));
  EXPECT_THAT(mails.front(), HasSubstr("https://clinic.example"));
  for (const char* content : {"calf", "pain", "pat", "Patient", "warning", "flag"}) {
    EXPECT_THAT(mails.front(), Not(HasSubstr(content)));
  }
}

TEST_P(SafetyFlagsTest, PainIsJudgedByTheProgrammesLimitsAndTheDaysFirstAnswer) {
  say("before-exercise", {{"pain-before", 4}}, "2026-03-02T10:00:00+01:00");
  say("after-exercise", {{"pain-during", 5}, {"pain-after", 4}}, "2026-03-02T10:20:00+01:00");
  EXPECT_THAT(flags(), IsEmpty()) << "5 is not more than 5, and 1 more is no rise of 2";
  say("after-exercise", {{"pain-during", 6}, {"pain-after", 4}}, "2026-03-02T10:40:00+01:00");
  ASSERT_THAT(flags(), SizeIs(1));
  EXPECT_THAT(flags().back()["code"].dump(),
              ::testing::AllOf(HasSubstr("pain-over-limit"), HasSubstr("pain-risen")));
  // Another day begins anew.
  say("before-exercise", {{"pain-before", 1}}, "2026-03-03T00:30:00+01:00");
  say("after-exercise", {{"pain-during", 2}, {"pain-after", 2}}, "2026-03-03T00:50:00+01:00");
  EXPECT_THAT(flags(), SizeIs(1));
  put("CarePlan", "plan",
      Json::parse(R"({"status": "active", "intent": "plan", "subject": {"reference": "Patient/a"},
        "extension": [{"url": "urn:reprise:pain-limits", "extension": [{"url": "stop", "valueInteger": 1}]}],
        "category": [{"coding": [{"system": "urn:reprise:care-plan", "code": "exercise-programme"}]}]})"));
  say("after-exercise", {{"pain-during", 2}, {"pain-after", 2}}, "2026-03-03T01:10:00+01:00");
  ASSERT_THAT(flags(), SizeIs(2));
  EXPECT_EQ(code(flags().back()), "pain-over-limit");
  say("next-morning", {{"pain-next-morning", 0}, {"settled", false}}, "2026-03-04T08:00:00+01:00");
  ASSERT_THAT(flags(), SizeIs(3));
  EXPECT_EQ(code(flags().back()), "not-settled");
}

TEST_P(SafetyFlagsTest, ARiseIsMeasuredFromBeforeExercisingNotFromTheMorningReport) {
  say("next-morning", {{"pain-next-morning", 1}, {"settled", true}}, "2026-03-02T07:00:00+01:00");
  say("before-exercise", {{"pain-before", 3}}, "2026-03-02T18:00:00+01:00");
  say("after-exercise", {{"pain-during", 4}, {"pain-after", 4}}, "2026-03-02T18:20:00+01:00");
  EXPECT_THAT(flags(), IsEmpty());
  say("after-exercise", {{"pain-during", 5}, {"pain-after", 4}}, "2026-03-02T18:40:00+01:00");
  ASSERT_THAT(flags(), SizeIs(1));
  EXPECT_EQ(code(flags().back()), "pain-risen");
}

TEST_P(SafetyFlagsTest, PainThatWasSentByItselfCountsToo) {
  Json pain = care::pain_observation({"a", "", "2026-03-02T10:00:00Z", true}, care::Moment::during, 7);
  ASSERT_EQ(ask(browser_, "POST", "/fhir/Observation", pain, "application/fhir+json").status, 201U);
  ASSERT_THAT(flags(), SizeIs(1));
  EXPECT_EQ(flags().front()["meta"]["tag"][0]["code"], "simulated");
  pain["status"] = "entered-in-error";
  ASSERT_EQ(ask(browser_, "POST", "/fhir/Observation", pain, "application/fhir+json").status, 201U);
  EXPECT_THAT(flags(), SizeIs(1));
}

TEST_P(SafetyFlagsTest, ImportedReportsOfEarlierDaysEndWithTodaysAnswers) {
  Json pain = care::pain_observation({"a", "", clock(-3 * 24 * 60), true}, care::Moment::during, 8);
  pain.erase("resourceType");
  ApiOptions options;
  options.sign_in = false;
  options.after_changes = [this](const record::WriteTransaction& session,
                                 std::span<const record::ChangeResult> changes) {
    return raise_safety_flags(*record_, session, changes, {});
  };
  open_api_ = std::make_shared<Api>(*record_, std::move(options));
  put("Observation", "brought", pain);
  ASSERT_THAT(holds(), SizeIs(1));
  say("before-exercise", {{"pain-before", 1}}, clock());
  EXPECT_THAT(holds(), IsEmpty());
  // A device's own clock is not believed in the same way.
  Json said = care::pain_observation({"a", "", clock(-3 * 24 * 60), true}, care::Moment::during, 8);
  ASSERT_EQ(ask(browser_, "POST", "/fhir/Observation", said, "application/fhir+json").status, 201U);
  ASSERT_THAT(holds(), SizeIs(1));
  say("before-exercise", {{"pain-before", 1}}, clock());
  EXPECT_THAT(holds(), SizeIs(1));
}

// Patient finding 1
TEST_P(SafetyFlagsTest, AWarningSignHoldsEverythingDespiteLaterReports) {
  say("red-flags", {{"chest-or-breath", true}}, clock(), {.stopped = true});
  const std::string first = last_["entry"][0]["resource"]["identifier"]["value"];
  ASSERT_THAT(holds(), SizeIs(1));
  EXPECT_EQ(holds()[0].exercise, "");
  EXPECT_TRUE(holds()[0].needs_clinician);
  EXPECT_EQ(holds()[0].answers, first);
  // A later "no", and pain within the limits.
  say("red-flags", {{"chest-or-breath", false}}, clock());
  say("before-exercise", {{"pain-before", 0}}, clock());
  EXPECT_THAT(holds(), SizeIs(1));
  // The answer amended.
  const auto found = ask(browser_, "GET",
                         "/fhir/QuestionnaireResponse?identifier=" + search_token("urn:ietf:rfc:3986", first))
                         .json;
  Json amended = found["entry"][0]["resource"];
  amended["status"] = "amended";
  amended["item"][0]["answer"][0]["valueBoolean"] = false;
  const std::string id = amended["id"];
  EXPECT_EQ(
      ask(browser_, "PUT", "/fhir/QuestionnaireResponse/" + id, amended, "application/fhir+json").status,
      403U);
  EXPECT_THAT(holds(), ::testing::Contains(::testing::Field(&care::Hold::needs_clinician, true)));
}

TEST_P(SafetyFlagsTest, AWrongTouchIsTakenBackSoonAndItsFlagStaysForTheClinic) {
  say("red-flags", {{"chest-or-breath", true}}, clock(), {.stopped = true});
  const std::string first = said_id();
  ASSERT_THAT(holds(), SizeIs(1));
  say("red-flags", {{"chest-or-breath", false}}, clock(), {.takes_back = first});
  EXPECT_THAT(holds(), IsEmpty());
  ASSERT_THAT(flags(), SizeIs(1));
  EXPECT_EQ(flags()[0]["status"], "active");
  EXPECT_THAT(flags()[0]["code"]["text"].get<std::string>(), HasSubstr("taken back"));
  EXPECT_THAT(flags()[0].dump(), HasSubstr("QuestionnaireResponse/"));
  // One that was made long ago by the device's clock is not, and neither is one that comes late.
  say("red-flags", {{"calf", true}}, clock(-60), {.stopped = true});
  say("red-flags", {{"calf", false}}, clock(), {.takes_back = said_id()});
  EXPECT_THAT(holds(), SizeIs(1));
}

// Patient finding 4
TEST_P(SafetyFlagsTest, PainHoldsItsExerciseUntilTheNextDaysAnswers) {
  prescribe("slide");
  prescribe("step");
  say("after-exercise", {{"pain-during", 8}}, clock(), {.exercise = "slide", .stopped = true});
  ASSERT_THAT(holds(), SizeIs(1));
  EXPECT_EQ(holds()[0].exercise, "slide");
  EXPECT_EQ(holds()[0].pain, 8);
  say("before-exercise", {{"pain-before", 1}}, clock());
  say("before-exercise", {{"pain-before", 1}}, clock(24 * 60));
  EXPECT_THAT(holds(), SizeIs(1)) << "neither later the same day nor by a clock that is ahead";
  // What the record got two days ago.
  care::SafetyStatement statement;
  statement.patient = "a";
  statement.when = clock(-48 * 60);
  statement.exercise = "step";
  statement.facts.pain = 7;
  Json earlier = care::flag_of(statement, care::judge(statement.facts, {}), "QuestionnaireResponse/none",
                               "QuestionnaireResponse/none/1", clock(-48 * 60));
  earlier["extension"].erase(0);
  put("Flag", "earlier", earlier);
  ASSERT_THAT(holds(), SizeIs(2));
  say("before-exercise", {{"pain-before", 6}}, clock());
  ASSERT_THAT(holds(), SizeIs(3)) << "above the limit";
  say("before-exercise", {{"pain-before", 1}}, clock());
  ASSERT_THAT(holds(), SizeIs(2));
  for (const care::Hold& hold : holds()) EXPECT_NE(hold.exercise, "step");
  EXPECT_THAT(flags(), SizeIs(3));
}

// Patient finding 1
TEST_P(SafetyFlagsTest, OnlyAClinicianLiftsAHoldByADecisionWithAReason) {
  say("red-flags", {{"pop", true}}, clock(), {.stopped = true});
  accept(dr_a_);
  Browser clinician;
  EXPECT_EQ(enter_password(clinician, "dr-a").status, 200U);
  (void)enrol(clinician);
  const auto decide = [&](Browser& who, const char* what, const char* reason = "called") {
    const Json task = {{"resourceType", "Task"},
                       {"status", "completed"},
                       {"intent", "order"},
                       {"code", fhir::codeable(fhir::kFlagTask, what, what)},
                       {"focus", {{"reference", "Flag/" + flags()[0]["id"].get<std::string>()}}},
                       {"for", {{"reference", "Patient/a"}}},
                       {"requester", {{"reference", "Practitioner/dr-a"}}},
                       {"restriction", {{"period", {{"end", clock(24 * 60)}}}}},
                       {"statusReason", {{"text", reason}}}};
    return ask(who, "POST", "/fhir/Task", task, "application/fhir+json").status;
  };
  EXPECT_EQ(decide(browser_, "close"), 403U);
  EXPECT_EQ(decide(clinician, "close", " "), 422U);
  EXPECT_EQ(decide(clinician, "snooze"), 201U);
  ASSERT_THAT(holds(), SizeIs(1));
  EXPECT_EQ(decide(clinician, "close"), 201U);
  EXPECT_THAT(holds(), IsEmpty());
  EXPECT_EQ(decide(clinician, "reopen"), 201U);
  EXPECT_THAT(holds(), SizeIs(1));
}

// Patient finding 1
TEST_P(SafetyFlagsTest, AProgramLiftsNoHoldAndKeepsNoneFromBeingRaised) {
  say("red-flags", {{"pop", true}}, clock(), {.stopped = true});
  const Json flag = flags().at(0);
  const std::string token = in_database([](record::Connection& connection) {
                              return record::create_token(connection,
                                                          {.name = "t",
                                                           .account = {},
                                                           .scopes = *record::parse_scopes("system/*.cruds"),
                                                           .patient = {},
                                                           .ends_us = {}},
                                                          1);
                            }).text;
  const auto as_program = [&](const char* method, const std::string& target, const Json& body) {
    Browser program;
    const char* type =
        std::string_view{method} == "PATCH" ? "application/json-patch+json" : "application/fhir+json";
    return send(program, {method,
                          target,
                          {{"content-type", type}, {"authorization", "Bearer " + token}},
                          body.is_null() ? "" : body.dump(),
                          {},
                          true})
        .status;
  };
  const std::string place = "/fhir/Flag/" + flag["id"].get<std::string>();
  Json closed = flag;
  closed["status"] = "inactive";
  Json plain = flag;
  plain.erase("extension");
  plain.erase("identifier");
  EXPECT_EQ(as_program("PUT", place, closed), 403U);
  EXPECT_EQ(as_program("PUT", place, plain), 403U);
  EXPECT_EQ(as_program("PATCH", place,
                       Json::array({{{"op", "replace"}, {"path", "/status"}, {"value", "inactive"}}})),
            403U);
  EXPECT_EQ(as_program("DELETE", place, nullptr), 403U);
  const Json task = {{"resourceType", "Task"},
                     {"status", "completed"},
                     {"intent", "order"},
                     {"code", fhir::codeable(fhir::kFlagTask, "close", "close")},
                     {"focus", {{"reference", "Flag/" + flag["id"].get<std::string>()}}},
                     {"for", {{"reference", "Patient/a"}}},
                     {"requester", {{"reference", "Practitioner/dr-a"}}},
                     {"statusReason", {{"text", "called"}}}};
  EXPECT_EQ(as_program("POST", "/fhir/Task", task), 422U);
  EXPECT_THAT(holds(), SizeIs(1));
  // One that is there already under the identifier of answers to come would be taken for theirs.
  closed.erase("id");
  closed["identifier"][0]["value"] = "QuestionnaireResponse/next/1";
  EXPECT_EQ(as_program("POST", "/fhir/Flag", closed), 403U);
  // Flags of other systems come and go.
  plain.erase("id");
  EXPECT_EQ(as_program("POST", "/fhir/Flag", plain), 201U);
}

// FHIR: a response that ends at the first "yes" is "stopped", and counts as much as a completed one.
TEST_P(SafetyFlagsTest, AnswersThatEndedAtTheFirstYesAreAFlagToo) {
  care::Answers given;
  given.id = "0b8e2a60-7c1f-4f6e-8d7a-000000000001";
  given.patient = "a";
  given.questionnaire = "urn:reprise:questionnaire:red-flags|1";
  given.authored = clock();
  given.stopped = given.partial = true;
  given.answers = {{"chest-or-breath", true}};
  last_ = care::answers_bundle(given).value();
  EXPECT_EQ(last_["entry"][0]["resource"]["status"], "stopped");
  send_last();
  ASSERT_THAT(holds(), SizeIs(1));
  EXPECT_TRUE(holds()[0].needs_clinician);
}

TEST_P(SafetyFlagsTest, AnswersWithoutATimeAreFoundToo) {
  Json response = {
      {"resourceType", "QuestionnaireResponse"},
      {"status", "completed"},
      {"subject", {{"reference", "Patient/a"}}},
      {"author", {{"reference", "Patient/a"}}},
      {"item",
       Json::array({Json{{"linkId", "calf"}, {"answer", Json::array({Json{{"valueBoolean", true}}})}}})}};
  ASSERT_EQ(ask(browser_, "POST", "/fhir/QuestionnaireResponse", response, "application/fhir+json").status,
            201U);
  const auto found = ask(browser_, "GET", "/fhir/Flag?date=ge" + clock()).json;
  EXPECT_THAT(found.value("entry", Json::array()), SizeIs(1));
}

TEST_P(SafetyFlagsTest, APatientWritesNoFlags) {
  const Json flag = Json::parse(
      R"({"resourceType": "Flag", "status": "active", "code": {"text": "a"}, "subject": {"reference": "Patient/a"}})");
  EXPECT_EQ(ask(browser_, "POST", "/fhir/Flag", flag, "application/fhir+json").status, 403U);
}

INSTANTIATE_TEST_SUITE_P(On, SafetyFlagsTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server

#include "server/own_work/safety_watch.h"

#include "care/answers.h"
#include "care/said.h"
#include "record/access/account.h"
#include "server/sign_in/browser_test.h"

namespace reprise::server {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class SafetyWatchTest : public SignInTest {
 protected:
  SafetyWatchTest() {
    ApiOptions options;
    options.after_changes = [this](const record::WriteSession& session,
                                   std::span<const record::Done> changes) {
      return raise_flags(*record_, session, changes, {"Reprise", "https://clinic.example", true});
    };
    api_ = std::make_shared<Api>(*record_, std::move(options));
    fill();
    for (const std::string who : {"a", "b"}) {
      const auto account = make("dr-" + who, Role::clinician, "dr-" + who);
      (void)in_database([&](record::Connection& connection) {
        EXPECT_TRUE(record::set_mail(connection, account.id, "dr-" + who + "@example.org"));
        return Result<int>{0};
      });
    }
    browser_ = person("pat", Role::patient, "a");
  }

  /// Sent by the patient.
  void say(const std::string& questionnaire, std::vector<care::Answer> answers, const std::string& authored) {
    care::Answers given;
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
  void send_last() {
    const auto answer = ask(browser_, "POST", "/fhir", last_, "application/fhir+json");
    ASSERT_EQ(answer.status, 200U) << answer.json.dump();
  }
  std::vector<Json> flags() {
    std::vector<Json> all;
    const auto found = ask(browser_, "GET", "/fhir/Flag?_sort=_lastUpdated").json;
    for (const Json& entry : found.value("entry", Json::array())) all.push_back(entry["resource"]);
    return all;
  }
  static std::string code(const Json& flag) { return flag["code"]["coding"][0]["code"]; }

  Browser browser_;
  Json last_;
  int said_ = 0;
};

TEST_P(SafetyWatchTest, AWarningSignIsAFlagOnceAndTheCareTeamIsMailedWithoutContent) {
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

TEST_P(SafetyWatchTest, PainIsJudgedByTheProgrammesLimitsAndTheDaysFirstAnswer) {
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

TEST_P(SafetyWatchTest, ARiseIsOverWhatWasSaidBeforeExercisingNotOverTheMorningAfterYesterday) {
  say("next-morning", {{"pain-next-morning", 1}, {"settled", true}}, "2026-03-02T07:00:00+01:00");
  say("before-exercise", {{"pain-before", 3}}, "2026-03-02T18:00:00+01:00");
  say("after-exercise", {{"pain-during", 4}, {"pain-after", 4}}, "2026-03-02T18:20:00+01:00");
  EXPECT_THAT(flags(), IsEmpty());
  say("after-exercise", {{"pain-during", 5}, {"pain-after", 4}}, "2026-03-02T18:40:00+01:00");
  ASSERT_THAT(flags(), SizeIs(1));
  EXPECT_EQ(code(flags().back()), "pain-risen");
}

TEST_P(SafetyWatchTest, PainThatWasSentByItselfCountsToo) {
  Json pain = care::pain_observation({"a", "", "2026-03-02T10:00:00Z", true}, care::Moment::during, 7);
  ASSERT_EQ(ask(browser_, "POST", "/fhir/Observation", pain, "application/fhir+json").status, 201U);
  ASSERT_THAT(flags(), SizeIs(1));
  EXPECT_EQ(flags().front()["meta"]["tag"][0]["code"], "simulated");
  pain["status"] = "entered-in-error";
  ASSERT_EQ(ask(browser_, "POST", "/fhir/Observation", pain, "application/fhir+json").status, 201U);
  EXPECT_THAT(flags(), SizeIs(1));
}

TEST_P(SafetyWatchTest, APatientWritesNoFlags) {
  const Json flag = Json::parse(
      R"({"resourceType": "Flag", "status": "active", "code": {"text": "a"}, "subject": {"reference": "Patient/a"}})");
  EXPECT_EQ(ask(browser_, "POST", "/fhir/Flag", flag, "application/fhir+json").status, 403U);
}

INSTANTIATE_TEST_SUITE_P(On, SafetyWatchTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server

// SPDX-License-Identifier: Apache-2.0
#include "server/reminders/exercise_reminders.h"

#include "base/time.h"
#include "record/accounts/account.h"
#include "record/accounts/push_subscription.h"
#include "server/reminders/reminder_rule.h"
#include "server/reminders/time_zone.h"
#include "tests/support/app_browser.h"
#include "tests/support/reminded_patient.h"

namespace reprise::server {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr const char* kFhir = "application/fhir+json";

/// A patient with one exercise on each day, who chose 18:00 in Berlin.
class ExerciseRemindersTest : public AppTest {
 protected:
  ExerciseRemindersTest() {
    fill();
    patient_ = person("pat", Role::patient, "a");
    address("pat@example.org");
    put("ServiceRequest", "squat", test::squat_request(7));
    put("CarePlan", "plan", test::squat_plan());
  }

  void address(const std::string& mail) {
    (void)in_database([&](record::Connection& connection) -> Result<int> {
      const auto account = record::find_account_by_name(connection, "pat");
      EXPECT_TRUE(account && *account && record::set_mail(connection, (*account)->id, mail));
      return 0;
    });
  }
  /// Subscribes a device; the id of its subscription.
  std::string subscribe(const std::string& name = "pat") {
    return in_database([&](record::Connection& connection) {
      const auto account = record::find_account_by_name(connection, name).value();
      return record::keep_push_subscription(connection, account->id, "session",
                                            {"https://fcm.googleapis.com/" + name, "point", "secret"}, now());
    });
  }
  static Json on_devices() {
    Json made = choice();
    made["extension"][0]["extension"][0]["valueCode"] = "push";
    return made;
  }
  /// The texts of the queued push messages to a subscription.
  std::vector<std::string> pushes_to(const std::string& id) { return mails_to(id); }
  static Json choice() {
    Json made = test::six_in_berlin();
    made["resourceType"] = "Consent";
    return made;
  }
  void choose(Json consent = choice()) {
    const auto answer = ask(patient_, "POST", "/fhir/Consent", consent, kFhir);
    ASSERT_EQ(answer.status, 201U) << answer.json.dump();
  }
  /// 18:00 in Berlin, so many days from today.
  [[nodiscard]] std::int64_t evening(int ahead, minutes later = minutes{0}) const {
    const auto today = zone_.day_at(record::milliseconds_now());
    return zone_.moment_of(today + days{ahead}, hours{18} + later);
  }
  std::size_t remind(std::int64_t now_ms) { return remind(*record_, now_ms); }
  std::size_t remind(record::Record& record, std::int64_t now_ms) {
    const auto connection = database_.open();
    const auto queued =
        remind_of_exercises(record, *connection, {"Reprise", "https://clinic.example/", true, true}, now_ms);
    EXPECT_TRUE(queued) << to_string(queued.error());
    return queued.value_or(99);
  }
  void did_squats(std::int64_t at_ms) {
    put("Procedure", "set-" + std::to_string(at_ms),
        {{"status", "completed"},
         {"subject", {{"reference", "Patient/a"}}},
         {"code", {{"coding", {{{"system", "urn:reprise:exercise"}, {"code", "squat"}}}}}},
         {"performedDateTime", date_time_text(at_ms, hours{1})}});
  }
  std::vector<std::string> traces() {
    Browser clinician = person("doc", Role::clinician, "dr-a");
    const auto said = ask(clinician, "GET", "/fhir/Communication?subject=Patient/a&_sort=sent").json;
    std::vector<std::string> codes;
    for (const Json& entry : said.value("entry", Json::array()))
      codes.push_back(entry["resource"]["category"][0]["coding"][0]["code"]);
    return codes;
  }

  Browser patient_;
  TimeZone zone_ = load_time_zone("Europe/Berlin").value();
};

TEST_P(ExerciseRemindersTest, OneMailWithoutContentOnceForAllProcesses) {
  EXPECT_EQ(remind(evening(1)), 0U) << "no one is reminded who did not choose it";
  choose();
  EXPECT_EQ(remind(evening(1) - 1), 0U);
  EXPECT_EQ(remind(evening(1)), 1U);
  EXPECT_EQ(remind(evening(1, minutes{1})), 0U);
  const auto again = open_record(record_options(database_));
  EXPECT_EQ(remind(*again, evening(1, minutes{2})), 0U);
  ASSERT_THAT(mails_to("pat@example.org"), SizeIs(1));
  EXPECT_THAT(mails_to("pat@example.org").front(),
              AllOf(HasSubstr("https://clinic.example/today"), HasSubstr("https://clinic.example/reminders"),
                    Not(HasSubstr("quat"))));
  EXPECT_THAT(traces(), ElementsAre("exercise-reminder"));
}

TEST_P(ExerciseRemindersTest, AfterThreeItAsksAndTheClinicSeesIt) {
  choose();
  for (int day = 1; day <= 3; ++day) EXPECT_EQ(remind(evening(day)), 1U);
  EXPECT_EQ(remind(evening(4)), 1U);
  EXPECT_THAT(mails_to("pat@example.org"), Contains(HasSubstr("shall they pause?")));
  for (int day = 4; day <= 9; ++day) EXPECT_EQ(remind(evening(day, minutes{1})), 0U);
  EXPECT_THAT(traces(), ElementsAre("exercise-reminder", "exercise-reminder", "exercise-reminder",
                                    "exercise-reminder-question"));
}

TEST_P(ExerciseRemindersTest, NoneAfterASetOnAHoldOrWithoutAProgramme) {
  choose();
  did_squats(evening(1) - in_ms(hours{3}));
  EXPECT_EQ(remind(evening(1)), 0U);
  put("Flag", "stop", test::hold_of_all());
  EXPECT_EQ(remind(evening(2)), 0U);
  Json flag = ask(patient_, "GET", "/fhir/Flag/stop").json;
  flag["status"] = "inactive";
  EXPECT_EQ(put_by_program(flag), 200U);
  EXPECT_EQ(remind(evening(2)), 1U);
  Json paused = test::squat_plan();
  paused.update({{"resourceType", "CarePlan"}, {"id", "plan"}, {"status", "on-hold"}});
  EXPECT_EQ(put_by_program(paused), 200U);
  EXPECT_EQ(remind(evening(3)), 0U);
}

TEST_P(ExerciseRemindersTest, NoneForAnAccountWithoutAddressOrAPersonWhoDied) {
  choose();
  address("");
  EXPECT_EQ(remind(evening(1)), 0U);
  EXPECT_THAT(traces(), IsEmpty());
  address("pat@example.org");
  EXPECT_EQ(put_by_program({{"resourceType", "Patient"}, {"id", "a"}, {"deceasedBoolean", true}}), 200U);
  EXPECT_EQ(remind(evening(1)), 0U);
}

TEST_P(ExerciseRemindersTest, TheClinicCannotChooseForThePatient) {
  Browser clinician = person("dr", Role::clinician, "dr-a");
  const auto alone = ask(clinician, "POST", "/fhir/Consent", choice(), kFhir);
  EXPECT_EQ(alone.status, 403U) << alone.json.dump();
  Json both = choice();
  both["performer"].push_back({{"reference", "Practitioner/dr-a"}});
  EXPECT_EQ(ask(clinician, "POST", "/fhir/Consent", both, kFhir).status, 201U);
  EXPECT_EQ(remind(evening(1)), 0U);
}

TEST_P(ExerciseRemindersTest, TheMailIsInThePatientsLanguage) {
  EXPECT_EQ(put_by_program(
                {{"resourceType", "Patient"},
                 {"id", "a"},
                 {"communication",
                  {{{"language", {{"coding", {{{"system", "urn:ietf:bcp:47"}, {"code", "de-DE"}}}}}}}}}}),
            200U);
  choose();
  EXPECT_EQ(remind(evening(1)), 1U);
  EXPECT_THAT(mails_to("pat@example.org").front(), HasSubstr("Ihre Übungen für heute sind bereit"));
}

TEST_P(ExerciseRemindersTest, ADeviceReceivesTheKindOfMessageInsteadOfAMail) {
  const std::string device = subscribe();
  choose(on_devices());
  EXPECT_EQ(remind(evening(1)), 1U);
  EXPECT_EQ(remind(evening(1, minutes{1})), 0U);
  EXPECT_THAT(pushes_to(device), ElementsAre("exercises"));
  for (int day = 2; day <= 4; ++day) EXPECT_EQ(remind(evening(day)), 1U);
  EXPECT_THAT(pushes_to(device), ElementsAre("exercises", "exercises", "exercises", "pause"));
  EXPECT_THAT(mails_to("pat@example.org"), IsEmpty());
  EXPECT_THAT(traces(), SizeIs(4));
}

TEST_P(ExerciseRemindersTest, ADeviceReceivesThemWithoutAMailAddress) {
  address("");
  const std::string device = subscribe();
  choose(on_devices());
  EXPECT_EQ(remind(evening(1)), 1U);
  EXPECT_THAT(pushes_to(device), ElementsAre("exercises"));
}

TEST_P(ExerciseRemindersTest, AMailComesWhereNoDeviceIsSubscribed) {
  const std::string device = subscribe();
  choose(on_devices());
  (void)in_database([&](record::Connection& connection) -> Result<int> {
    EXPECT_TRUE(record::end_push_subscription(connection, device));
    return 0;
  });
  EXPECT_EQ(remind(evening(1)), 1U);
  EXPECT_THAT(mails_to("pat@example.org"), SizeIs(1));
}

TEST_P(ExerciseRemindersTest, NoDeviceReceivesWhatWasChosenByMail) {
  const std::string device = subscribe();
  choose();
  EXPECT_EQ(remind(evening(1)), 1U);
  EXPECT_THAT(pushes_to(device), IsEmpty()) << "the patient did not agree to push messages";
  EXPECT_THAT(mails_to("pat@example.org"), SizeIs(1));
}

TEST_P(ExerciseRemindersTest, ADeviceReceivesItsOwnPatientsOnly) {
  (void)person("pat-b", Role::patient, "b");
  const std::string other = subscribe("pat-b");
  const std::string own = subscribe();
  choose(on_devices());
  EXPECT_EQ(remind(evening(1)), 1U);
  EXPECT_THAT(pushes_to(own), SizeIs(1));
  EXPECT_THAT(pushes_to(other), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(On, ExerciseRemindersTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server

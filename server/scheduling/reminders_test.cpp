// SPDX-License-Identifier: Apache-2.0
#include "server/scheduling/reminders.h"

#include "record/accounts/account.h"
#include "tests/support/app_browser.h"

namespace reprise::server {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class RemindersTest : public AppTest {
 protected:
  RemindersTest() {
    fill();
    clinician_ = person("doc", Role::clinician, "dr-a");
    const auto account = make("pat", Role::patient, "a");
    (void)in_database([&](record::Connection& connection) -> Result<int> {
      EXPECT_TRUE(record::set_mail(connection, account.id, "pat@example.org"));
      return 0;
    });
  }

  [[nodiscard]] Json visit(double hours) const {
    const auto at = [&](double more) {
      return record::instant_text(record::milliseconds_now() +
                                  static_cast<std::int64_t>((hours + more) * 3'600'000));
    };
    return {{"resourceType", "Appointment"},
            {"status", "booked"},
            {"comment", "the secret knee"},
            {"start", at(0)},
            {"end", at(0.5)},
            {"participant",
             {{{"actor", {{"reference", "Patient/a"}}}, {"status", "accepted"}},
              {{"actor", {{"reference", "Practitioner/dr-a"}}}, {"status", "accepted"}}}}};
  }
  Json write(Json appointment) {
    const bool there = appointment.contains("id");
    const std::string address =
        "/fhir/Appointment" + (there ? "/" + appointment["id"].get<std::string>() : std::string{});
    const auto answer =
        ask(clinician_, there ? "PUT" : "POST", address, appointment, "application/fhir+json");
    EXPECT_LT(answer.status, 300U) << answer.json.dump();
    return answer.json;
  }
  std::size_t remind(record::Record& record, const std::vector<std::string>& extra_languages = {}) {
    const auto connection = database_.open();
    NotificationOptions options{"Reprise", "https://clinic.example", true};
    options.extra_languages = extra_languages;
    const auto queued = remind_of_appointments(record, *connection, options, record::milliseconds_now());
    EXPECT_TRUE(queued);
    return queued.value_or(99);
  }

  Browser clinician_;
};

TEST_P(RemindersTest, ThePatientGetsOneReminderWithTheTime) {
  Json soon = visit(20);
  soon["start"] = soon["start"].get<std::string>().substr(0, 19) + "+00:00";
  soon = write(soon);
  (void)write(visit(30));
  EXPECT_EQ(remind(*record_), 1U);
  EXPECT_EQ(remind(*record_), 0U);
  const auto again = open_record(record_options(database_));
  EXPECT_EQ(remind(*again), 0U);
  ASSERT_THAT(mails_to("pat@example.org"), SizeIs(1));
  const std::string start = soon["start"];
  EXPECT_THAT(mails_to("pat@example.org").front(),
              AllOf(HasSubstr("on " + start.substr(0, 10) + " at " + start.substr(11, 5) + "."),
                    HasSubstr("https://clinic.example"), Not(HasSubstr("knee"))));
  const auto said = ask(clinician_, "GET", "/fhir/Communication?subject=Patient/a").json;
  ASSERT_THAT(said["entry"], SizeIs(1));
  EXPECT_EQ(said["entry"][0]["resource"]["about"][0]["reference"],
            "Appointment/" + soon["id"].get<std::string>());
}

TEST_P(RemindersTest, CancelledAppointmentsGetNoReminderAndMovedOnesAnother) {
  Json cancelled = visit(5);
  cancelled["status"] = "cancelled";
  (void)write(cancelled);
  Json moved = write(visit(10));
  EXPECT_EQ(remind(*record_), 1U);
  const Json later = visit(15);
  for (const char* name : {"start", "end"}) moved[name] = later[name];
  (void)write(moved);
  EXPECT_EQ(remind(*record_), 1U);
  EXPECT_THAT(mails_to("pat@example.org"), SizeIs(2));
}

TEST_P(RemindersTest, ThePatientsLanguageIsUsedAndWhoHasNoAddressIsNotWaitedFor) {
  const Json german = {
      {"resourceType", "Patient"},
      {"id", "a"},
      {"active", true},
      {"communication",
       {{{"language", {{"coding", {{{"system", "urn:ietf:bcp:47"}, {"code", "de-DE"}}}}}}}}}};
  ASSERT_EQ(ask(clinician_, "PUT", "/fhir/Patient/a", german, "application/fhir+json").status, 200U);
  (void)write(visit(3));
  EXPECT_EQ(remind(*record_), 1U);
  EXPECT_THAT(mails_to("pat@example.org").front(), HasSubstr("Sie haben einen Termin"));
  const auto account = in_database(
      [&](record::Connection& connection) { return record::find_account_by_name(connection, "pat"); });
  (void)in_database([&](record::Connection& connection) -> Result<int> {
    EXPECT_TRUE(record::set_mail(connection, account->id, ""));
    return 0;
  });
  (void)write(visit(6));
  EXPECT_EQ(remind(*record_), 0U);
  EXPECT_THAT(ask(clinician_, "GET", "/fhir/Communication").json["entry"], SizeIs(1));
}

TEST_P(RemindersTest, AFurtherLanguageIsUsedOnlyIfTheClinicPermitsIt) {
  const auto spoken = [](const char* code, bool preferred) {
    return Json{{"language", {{"coding", {{{"system", "urn:ietf:bcp:47"}, {"code", code}}}}}},
                {"preferred", preferred}};
  };
  const Json patient = {{"resourceType", "Patient"},
                        {"id", "a"},
                        {"active", true},
                        {"communication", {spoken("de", false), spoken("ar-EG", true)}}};
  ASSERT_EQ(ask(clinician_, "PUT", "/fhir/Patient/a", patient, "application/fhir+json").status, 200U);
  (void)write(visit(3));
  EXPECT_EQ(remind(*record_), 1U);
  EXPECT_THAT(mails_to("pat@example.org").back(), HasSubstr("Sie haben einen Termin"));
  (void)write(visit(6));
  EXPECT_EQ(remind(*record_, {"ar"}), 1U);
  EXPECT_THAT(mails_to("pat@example.org").back(), HasSubstr("لديك موعد"));
}

INSTANTIATE_TEST_SUITE_P(On, RemindersTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server

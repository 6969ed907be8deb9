// SPDX-License-Identifier: Apache-2.0
#include "server/messaging/message_notifications.h"

#include "record/accounts/account.h"
#include "tests/support/app_browser.h"

namespace reprise::server {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class MessageNotificationsTest : public AppTest {
 protected:
  MessageNotificationsTest() {
    ApiOptions options;
    options.after_changes = [this](const record::WriteTransaction& session,
                                   std::span<const record::ChangeResult> changes) {
      return notify_of_messages(*record_, session, changes, {"Reprise", "https://clinic.example", true});
    };
    api_ = std::make_shared<Api>(*record_, std::move(options));
    fill();
    patient_ = person("pat", Role::patient, "a");
    clinician_ = person("doc", Role::clinician, "dr-a");
    give_mail("pat", "pat@example.org");
    give_mail("doc", "doc@example.org");
    make("other", Role::clinician, "dr-b");
    give_mail("other", "other@example.org");
    make("boss", Role::administrator, "");
    give_mail("boss", "boss@example.org");
  }

  void give_mail(const std::string& name, const std::string& mail) {
    (void)in_database([&](record::Connection& connection) -> Result<int> {
      const auto account = record::find_account_by_name(connection, name);
      EXPECT_TRUE(account && *account);
      EXPECT_TRUE(record::set_mail(connection, (*account)->id, mail));
      return 0;
    });
  }

  static Json message(const std::string& sender, const std::string& code = "message") {
    return {{"resourceType", "Communication"},
            {"status", "completed"},
            {"category", {{{"coding", {{{"system", "urn:reprise:communication"}, {"code", code}}}}}}},
            {"subject", {{"reference", "Patient/a"}}},
            {"sender", {{"reference", sender}}},
            {"sent", "2026-03-02T10:00:00Z"},
            {"payload", {{{"contentString", "the secret knee"}}}}};
  }
  unsigned write(Browser& browser, const Json& communication) {
    return ask(browser, "POST", "/fhir/Communication", communication, "application/fhir+json").status;
  }
  /// Simulates an hour: existing messages were written in the one before.
  void an_hour_later() {
    const auto connection = database_.open();
    ASSERT_TRUE(connection->begin_writing());
    ASSERT_TRUE(connection->execute("UPDATE resource SET updated = updated - 3600000", {}));
    ASSERT_TRUE(connection->execute(
        "UPDATE date_index SET start_ms = start_ms - 3600000, end_ms = end_ms - 3600000", {}));
    ASSERT_TRUE(connection->commit());
  }

  Browser patient_;
  Browser clinician_;
};

TEST_P(MessageNotificationsTest, ThePatientsCliniciansAreMailedWithoutContentAndOnceWhileTheySayNothing) {
  ASSERT_EQ(write(patient_, message("Patient/a")), 201U);
  ASSERT_THAT(mails_to("doc@example.org"), SizeIs(1));
  const std::string mail = mails_to("doc@example.org").front();
  EXPECT_THAT(mail, HasSubstr("https://clinic.example"));
  for (const char* content : {"knee", "secret", "pat", "Patient"}) EXPECT_THAT(mail, Not(HasSubstr(content)));
  EXPECT_THAT(mails_to("other@example.org"), IsEmpty());
  EXPECT_THAT(mails_to("boss@example.org"), IsEmpty());
  EXPECT_THAT(mails_to("pat@example.org"), IsEmpty());
  ASSERT_EQ(write(clinician_, message("Practitioner/dr-a")), 201U);
  EXPECT_THAT(mails_to("pat@example.org"), SizeIs(1));
  ASSERT_EQ(write(clinician_, message("Practitioner/dr-a")), 201U);
  EXPECT_THAT(mails_to("doc@example.org"), SizeIs(1));
}

TEST_P(MessageNotificationsTest, TheSameSideIsNotMailedTwiceInAnHourAndAgainInTheNext) {
  // Hours of the clock: the whole is done again where one ended in its midst.
  for (int tries = 0; tries < 2; ++tries) {
    const auto hour = now() / 3'600'000'000;
    const std::size_t before = mails_to("doc@example.org").size();
    ASSERT_EQ(write(patient_, message("Patient/a")), 201U);
    ASSERT_EQ(write(patient_, message("Patient/a")), 201U);
    const std::size_t after = mails_to("doc@example.org").size();
    an_hour_later();
    ASSERT_EQ(write(patient_, message("Patient/a")), 201U);
    EXPECT_EQ(mails_to("doc@example.org").size(), after + 1);
    an_hour_later();
    if (now() / 3'600'000'000 != hour) continue;
    EXPECT_EQ(after, before + 1);
    return;
  }
}

TEST_P(MessageNotificationsTest, AWishToBeErasedReachesTheAdministratorsToo) {
  ASSERT_EQ(write(patient_, message("Patient/a")), 201U);
  ASSERT_EQ(write(patient_, message("Patient/a", "erasure-request")), 201U);
  EXPECT_THAT(mails_to("boss@example.org"), SizeIs(1));
  EXPECT_THAT(mails_to("doc@example.org"), SizeIs(2));
  EXPECT_THAT(mails_to("boss@example.org").front(), HasSubstr("erased"));
  for (const char* content : {"knee", "secret", "pat", "Patient"})
    EXPECT_THAT(mails_to("boss@example.org").front(), Not(HasSubstr(content)));
  EXPECT_THAT(mails_to("doc@example.org").back(), Not(HasSubstr("eras")));
}

TEST_P(MessageNotificationsTest, AResentMessageIsThereOnceAndMailedOnce) {
  Json bundle = Json::parse(R"({"resourceType": "Bundle", "type": "transaction", "entry": [{"request": {
    "method": "POST", "url": "Communication"}}]})");
  bundle["entry"][0]["request"]["ifNoneExist"] =
      "identifier=" + search_token("urn:ietf:rfc:3986", "urn:uuid:one");
  Json one = message("Patient/a");
  one["identifier"] = Json::array({Json{{"system", "urn:ietf:rfc:3986"}, {"value", "urn:uuid:one"}}});
  bundle["entry"][0]["resource"] = one;
  for (int i = 0; i < 2; ++i)
    ASSERT_EQ(ask(patient_, "POST", "/fhir", bundle, "application/fhir+json").status, 200U);
  EXPECT_THAT(ask(patient_, "GET", "/fhir/Communication").json["entry"], SizeIs(1));
  EXPECT_THAT(mails_to("doc@example.org"), SizeIs(1));
}

TEST_P(MessageNotificationsTest, OtherCommunicationsAreNotMailed) {
  Json other = message("Patient/a");
  other["category"][0]["coding"][0]["system"] = "http://example.org";
  ASSERT_EQ(write(patient_, other), 201U);
  Json draft = message("Patient/a");
  draft["status"] = "preparation";
  ASSERT_EQ(write(patient_, draft), 201U);
  EXPECT_THAT(mails_to("doc@example.org"), IsEmpty());
}

TEST_P(MessageNotificationsTest, APatientWritesInTheOwnNameOnly) {
  EXPECT_EQ(write(patient_, message("Practitioner/dr-a")), 403U);
  EXPECT_EQ(write(patient_, message("Patient/b")), 403U);
  Json anonymous = message("Patient/a");
  anonymous.erase("sender");
  EXPECT_EQ(write(patient_, anonymous), 403U);
  anonymous["sender"] = {{"display", "Dr A"}};
  EXPECT_EQ(write(patient_, anonymous), 403U);
  EXPECT_THAT(ask(patient_, "GET", "/fhir/Communication").json.value("entry", Json::array()), IsEmpty());
  EXPECT_THAT(mails_to("pat@example.org"), IsEmpty());

  Json response = {{"resourceType", "QuestionnaireResponse"},
                   {"status", "completed"},
                   {"subject", {{"reference", "Patient/a"}}},
                   {"author", {{"reference", "Practitioner/dr-a"}}}};
  const auto say = [&](const Json& resource) {
    return ask(patient_, "POST", "/fhir/" + resource["resourceType"].get<std::string>(), resource,
               "application/fhir+json")
        .status;
  };
  EXPECT_EQ(say(response), 403U);
  response["author"]["reference"] = "Patient/a";
  EXPECT_EQ(say(response), 201U);
  Json procedure = {{"resourceType", "Procedure"},
                    {"status", "completed"},
                    {"subject", {{"reference", "Patient/a"}}},
                    {"performer", {{{"actor", {{"reference", "Practitioner/dr-a"}}}}}}};
  EXPECT_EQ(say(procedure), 403U);
  procedure["performer"][0]["actor"]["reference"] = "Patient/a";
  EXPECT_EQ(say(procedure), 201U);
  // Nor may the patient make another's answers to the own ones.
  put("QuestionnaireResponse", "theirs",
      {{"status", "in-progress"},
       {"subject", {{"reference", "Patient/a"}}},
       {"author", {{"reference", "Practitioner/dr-a"}}}});
  response["id"] = "theirs";
  EXPECT_EQ(
      ask(patient_, "PUT", "/fhir/QuestionnaireResponse/theirs", response, "application/fhir+json").status,
      403U);
}

INSTANTIATE_TEST_SUITE_P(On, MessageNotificationsTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server

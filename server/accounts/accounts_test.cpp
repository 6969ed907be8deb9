// SPDX-License-Identifier: Apache-2.0
#include "tests/support/app_browser.h"

// What people may do with the accounts and records of others, and with tokens of their own.
namespace reprise::server {
namespace {

using ::testing::HasSubstr;

class AccountsTest : public AppTest {};

TEST_P(AccountsTest, CliniciansManageTheirPatientsAccountsAndNoOthers) {
  fill();
  Browser doctor = person("dr", Role::clinician, "dr-a");
  const auto made =
      ask(doctor, "POST", "/auth/accounts",
          {{"name", "anna"}, {"role", "patient"}, {"person", "a"}, {"mail", "anna@example.org"}});
  ASSERT_EQ(made.status, 201U) << made.json.dump();
  EXPECT_EQ(made.json["mail"], "anna@example.org");
  const auto foreign = make("ben", Role::patient, "b");
  const auto list = ask(doctor, "GET", "/auth/accounts").json;
  ASSERT_EQ(list["accounts"].size(), 1U);
  EXPECT_EQ(list["more"], false);
  EXPECT_EQ(list["accounts"][0]["name"], "anna");
  const Json other_patient = {{"name", "x"}, {"role", "patient"}, {"person", "b"}};
  EXPECT_EQ(ask(doctor, "POST", "/auth/accounts", other_patient).word(), "not-allowed");
  EXPECT_EQ(ask(doctor, "POST", "/auth/accounts", {{"name", "x"}, {"role", "administrator"}}).word(),
            "not-allowed");
  EXPECT_EQ(ask(doctor, "PATCH", "/auth/accounts/" + foreign.id, {{"disabled", true}}).word(), "not-found");
  EXPECT_EQ(ask(doctor, "POST", "/auth/accounts/" + foreign.id + "/invitation", Json::object()).word(),
            "not-found");
  EXPECT_EQ(
      ask(doctor, "DELETE", "/auth/accounts/" + made.json["id"].get<std::string>() + "/second-factor").word(),
      "not-allowed");

  const auto invited = ask(
      doctor, "POST", "/auth/accounts/" + made.json["id"].get<std::string>() + "/invitation", Json::object());
  ASSERT_EQ(invited.status, 201U);
  const std::string link = invited.json["link"];
  const std::string beginning = "https://clinic.example/invitation#";
  ASSERT_EQ(link.substr(0, beginning.size()), beginning);
  EXPECT_EQ(invited.json["mailed"], true);
  EXPECT_THAT(mails_to("anna@example.org"), ::testing::ElementsAre(HasSubstr(link)));
  Browser patient;
  ASSERT_EQ(ask(patient, "POST", "/auth/invitation/acceptance",
                {{"secret", link.substr(beginning.size())}, {"password", kPassword}})
                .status,
            200U);
  EXPECT_EQ(enter_password(patient, "anna").json["stage"], "full") << "patients need no second factor";
  EXPECT_EQ(ask(patient, "GET", "/auth/accounts").word(), "not-allowed");
  EXPECT_EQ(ask(patient, "GET", "/fhir/Patient/a").status, 200U);
  EXPECT_EQ(ask(patient, "GET", "/fhir/Patient/b").status, 404U);
}

TEST_P(AccountsTest, AdministratorsManageAllAccountsButNotThemselvesOut) {
  fill();
  Browser root = person("root", Role::administrator, "");
  const std::string own = ask(root, "GET", "/auth/session").json["account"]["id"];
  const Json doctor = {{"name", "Dr.A"}, {"role", "clinician"}, {"person", "dr-a"}};
  const auto made = ask(root, "POST", "/auth/accounts", doctor);
  ASSERT_EQ(made.status, 201U);
  EXPECT_EQ(made.json["name"], "dr.a");
  EXPECT_EQ(ask(root, "POST", "/auth/accounts", doctor).word(), "name-taken");
  EXPECT_EQ(
      ask(root, "POST", "/auth/accounts", {{"name", "z"}, {"role", "clinician"}, {"person", "dr-a"}}).word(),
      "person-taken");
  EXPECT_EQ(
      ask(root, "POST", "/auth/accounts", {{"name", "z"}, {"role", "patient"}, {"person", "unknown"}}).word(),
      "invalid");
  EXPECT_EQ(ask(root, "POST", "/auth/accounts", {{"name", "z"}, {"role", "program"}}).word(), "invalid");
  EXPECT_EQ(ask(root, "POST", "/auth/accounts",
                {{"name", "z"}, {"role", "patient"}, {"person", "a"}, {"mail", "a@b\r\nBcc: c@d"}})
                .word(),
            "invalid");
  EXPECT_EQ(ask(root, "PATCH", "/auth/accounts/" + own, {{"disabled", true}}).word(), "invalid");
  EXPECT_EQ(ask(root, "DELETE", "/auth/accounts/" + own + "/second-factor").word(), "invalid");
  const std::string id = made.json["id"];
  EXPECT_EQ(ask(root, "PATCH", "/auth/accounts/" + id, {{"disabled", true}}).json["disabled"], true);
  EXPECT_EQ(ask(root, "POST", "/auth/accounts/" + id + "/invitation", Json::object()).status, 409U);
  EXPECT_EQ(ask(root, "PATCH", "/auth/accounts/" + id, {{"disabled", false}}).json["disabled"], false);
  EXPECT_EQ(ask(root, "DELETE", "/auth/accounts/" + id + "/second-factor").status, 204U);
  EXPECT_EQ(ask(root, "GET", "/auth/accounts?search=DR.").json["accounts"].size(), 1U);
  EXPECT_EQ(ask(root, "GET", "/auth/accounts?search=%25").json["accounts"].size(), 0U);
  const auto page = ask(root, "GET", "/auth/accounts?count=1").json;
  EXPECT_EQ(page["accounts"].size(), 1U);
  EXPECT_EQ(page["more"], true);
  EXPECT_EQ(ask(root, "GET", "/auth/accounts?after=" + page["accounts"][0]["name"].get<std::string>())
                .json["accounts"]
                .size(),
            1U);
  EXPECT_EQ(ask(root, "GET", "/auth/accounts?role=clinician").json["accounts"].size(), 1U);
  EXPECT_EQ(ask(root, "GET", "/auth/accounts?role=program&state=x").status, 400U);
  EXPECT_EQ(ask(root, "GET", "/auth/accounts?state=not-invited").json["accounts"].size(), 1U);
  ASSERT_EQ(ask(root, "POST", "/auth/accounts/" + id + "/invitation", Json::object()).status, 201U);
  const auto invited = ask(root, "GET", "/auth/accounts?state=invited").json["accounts"];
  ASSERT_EQ(invited.size(), 1U);
  EXPECT_TRUE(invited[0].contains("invitedUntil"));
  EXPECT_EQ(ask(root, "DELETE", "/auth/accounts/" + id + "/invitation").status, 204U);
  EXPECT_EQ(ask(root, "GET", "/auth/accounts?state=invited").json["accounts"].size(), 0U);
  EXPECT_EQ(ask(root, "GET", "/fhir/Patient/a").status, 200U) << "who it is";
  EXPECT_EQ(ask(root, "DELETE", "/fhir/Patient/a").status, 403U);
  for (const char* type : {"Observation", "Condition", "CarePlan", "Communication", "Flag", "Composition"})
    EXPECT_EQ(ask(root, "GET", std::string{"/fhir/"} + type + "?patient=Patient/a").status, 403U)
        << "no clinical content";
  EXPECT_EQ(ask(root, "GET", "/fhir/Patient?_id=a&_revinclude=Observation:patient").status, 403U);
  EXPECT_EQ(ask(root, "GET", "/fhir/CareTeam?subject=Patient/a&_include=CareTeam:encounter").status, 403U);
}

// Security finding F25
TEST_P(AccountsTest, AClinicianCannotEnableAnAccountDisabledByAnAdministrator) {
  fill();
  Browser root = person("root", Role::administrator, "");
  Browser doctor = person("dr", Role::clinician, "dr-a");
  const std::string address = "/auth/accounts/" + make("anna", Role::patient, "a").id;
  EXPECT_EQ(ask(root, "PATCH", address, {{"disabled", true}}).status, 200U);
  const auto refused = ask(doctor, "PATCH", address, {{"disabled", false}, {"mail", "x@example.org"}});
  EXPECT_EQ(refused.word(), "not-allowed");
  EXPECT_EQ(ask(doctor, "PATCH", address, {{"disabled", true}}).status, 200U);
  const auto there = ask(root, "GET", "/auth/accounts?search=anna").json["accounts"][0];
  EXPECT_EQ(there["disabled"], true);
  EXPECT_EQ(there.value("mail", ""), "");
  EXPECT_EQ(ask(root, "PATCH", address, {{"disabled", false}}).json["disabled"], false);
}

// Security finding F16
TEST_P(AccountsTest, EmergencyAccessIsRateLimitedAndNotifiesOnceAnHour) {
  fill();
  for (int i = 0; i < 6; ++i) put("Patient", "e" + std::to_string(i), {{"active", true}});
  Browser doctor = person("dr", Role::clinician, "dr-a");
  const auto root = make("root", Role::administrator, "");
  in_database([&](record::Connection& connection) {
    return record::set_mail(connection, root.id, "root@example.org").map([] { return true; });
  });
  const auto open = [&](const std::string& patient, const char* reason = "collapsed in the hall") {
    return ask(doctor, "POST", "/auth/emergency", {{"patient", patient}, {"reason", reason}});
  };
  for (const char* nothing :
       {"xxxxxxxxxx", "aaaaaaaaaaaaaaa", "emergencyemergency", "x x x x x x x", "aa aa aa aa"})
    EXPECT_EQ(open("e0", nothing).word(), "invalid") << nothing;
  EXPECT_EQ(open("e0").status, 201U);
  const auto again = open("e0");
  EXPECT_EQ(again.status, 200U) << "it is open";
  EXPECT_EQ(ask(doctor, "GET", "/auth/emergency").json["accesses"].size(), 1U);
  for (int i = 1; i < 5; ++i) EXPECT_EQ(open("e" + std::to_string(i)).status, 201U);
  const auto refused = open("e5");
  EXPECT_EQ(refused.status, 429U);
  EXPECT_EQ(refused.word(), "wait");
  EXPECT_GT(std::stoi(refused.retry_after), 3500);
  EXPECT_EQ(open("e3").status, 200U) << "an open access stays open";
  EXPECT_THAT(mails_to("root@example.org"), ::testing::SizeIs(1));
  in_database([&](record::Connection& connection) {
    return connection.execute("UPDATE emergency_access SET start_us = start_us - 3600000000", {});
  });
  EXPECT_EQ(open("e5").status, 201U);
  EXPECT_THAT(mails_to("root@example.org"), ::testing::SizeIs(2));
}

TEST_P(AccountsTest, EmergencyAccessIsGrantedLoggedAndNotified) {
  fill();
  Browser doctor = person("dr", Role::clinician, "dr-a");
  Browser patient = person("ben", Role::patient, "b");
  EXPECT_EQ(ask(doctor, "GET", "/fhir/Patient/b").status, 404U);
  EXPECT_EQ(ask(doctor, "POST", "/auth/emergency", {{"patient", "b"}, {"reason", "short"}}).word(),
            "invalid");
  EXPECT_EQ(
      ask(doctor, "POST", "/auth/emergency", {{"patient", "unknown"}, {"reason", "collapsed in the hall"}})
          .word(),
      "not-found");
  EXPECT_EQ(
      ask(patient, "POST", "/auth/emergency", {{"patient", "a"}, {"reason", "collapsed in the hall"}}).word(),
      "not-allowed");
  in_database([&](record::Connection& connection) {
    const auto ben = record::find_account_by_name(connection, "ben");
    return record::set_mail(connection, ben->value().id, "ben@example.org").map([] { return true; });
  });
  const auto broken =
      ask(doctor, "POST", "/auth/emergency", {{"patient", "b"}, {"reason", "collapsed in the hall"}});
  ASSERT_EQ(broken.status, 201U) << broken.json.dump();
  EXPECT_EQ(ask(doctor, "GET", "/fhir/Patient/b").status, 200U);
  for (Browser* who : {&doctor, &patient}) {
    const auto queued = ask(*who, "GET", "/auth/emergency").json["accesses"];
    ASSERT_EQ(queued.size(), 1U);
    EXPECT_EQ(queued[0]["by"], "dr");
    EXPECT_EQ(queued[0]["reason"], "collapsed in the hall");
  }
  EXPECT_THAT(mails_to("ben@example.org"),
              ::testing::ElementsAre(AllOf(HasSubstr("opened your record"), Not(HasSubstr("collapsed")))));
  Browser other = person("anna", Role::patient, "a");
  EXPECT_EQ(ask(other, "GET", "/auth/emergency").json["accesses"].size(), 0U);
  end();
  const auto connection = database_.open();
  std::string logged;
  ASSERT_TRUE(connection->query("SELECT entry FROM audit_entry", {}, [&](record::Row row) {
    return logged += std::string{std::get<std::string_view>(row[0])} + "\n", true;
  }));
  EXPECT_THAT(logged, HasSubstr("collapsed in the hall"));
  EXPECT_THAT(logged, Not(HasSubstr(kPassword)));
}

TEST_P(AccountsTest, TokensOfAnAccountMayWhatItMayAtMost) {
  fill();
  Browser patient = person("anna", Role::patient, "a");
  EXPECT_EQ(ask(patient, "POST", "/auth/tokens", {{"name", "x"}, {"scopes", {"system/*.cruds"}}}).word(),
            "invalid");
  EXPECT_EQ(ask(patient, "POST", "/auth/tokens", {{"name", "x"}, {"scopes", {"nonsense"}}}).word(),
            "invalid");
  EXPECT_EQ(
      ask(patient, "POST", "/auth/tokens", {{"name", "x"}, {"scopes", {"user/*.rs"}}, {"days", 0}}).word(),
      "invalid");
  const auto made = ask(patient, "POST", "/auth/tokens",
                        {{"name", "watch"}, {"scopes", {"user/Patient.rs", "user/Observation.rs"}}});
  ASSERT_EQ(made.status, 201U) << made.json.dump();
  const auto read = [&](const char* target) {
    Browser program;
    return send(program, {"GET",
                          target,
                          {{"authorization", "Bearer " + made.json["token"].get<std::string>()}},
                          "",
                          {},
                          true})
        .status;
  };
  EXPECT_EQ(read("/fhir/Patient/a"), 200U);
  EXPECT_EQ(read("/fhir/Patient/b"), 404U);
  EXPECT_EQ(read("/fhir/CareTeam/team-a"), 403U);
  const auto list = ask(patient, "GET", "/auth/tokens").json["tokens"];
  ASSERT_EQ(list.size(), 1U);
  EXPECT_FALSE(list[0].contains("token"));
  EXPECT_EQ(list[0]["scopes"], Json({"user/Patient.rs", "user/Observation.rs"}));
  Browser other = person("ben", Role::patient, "b");
  const std::string id = made.json["id"];
  EXPECT_EQ(ask(other, "DELETE", "/auth/tokens/" + id).status, 404U);
  EXPECT_EQ(ask(patient, "DELETE", "/auth/tokens/" + id).status, 204U);
  EXPECT_EQ(read("/fhir/Patient/a"), 401U);
}

TEST_P(AccountsTest, AdministratorsErasePatients) {
  fill();
  Browser root = person("root", Role::administrator, "");
  Browser doctor = person("dr", Role::clinician, "dr-a");
  Browser patient = person("anna", Role::patient, "a");
  const Json wanted = {{"patient", "a"}, {"reason", "asked for it in writing"}};
  EXPECT_EQ(ask(doctor, "POST", "/auth/erasure", wanted).word(), "not-allowed");
  EXPECT_EQ(ask(root, "POST", "/auth/erasure", {{"patient", "a"}, {"reason", "short"}}).word(), "invalid");
  EXPECT_EQ(
      ask(root, "POST", "/auth/erasure", {{"patient", "unknown"}, {"reason", "asked for it in writing"}})
          .status,
      404U);
  const auto erased = ask(root, "POST", "/auth/erasure", wanted);
  ASSERT_EQ(erased.status, 200U) << erased.json.dump();
  EXPECT_EQ(erased.json, Json({{"resources", 2},
                               {"versions", 0},
                               {"shared", 0},
                               {"accounts", 1},
                               {"types", {{"CareTeam", 1}, {"Patient", 1}}}}));
  EXPECT_EQ(ask(doctor, "GET", "/fhir/Patient/a").status, 404U);
  EXPECT_EQ(ask(patient, "GET", "/auth/session").json["stage"], "none") << "the account is gone";
}

/// The body of what an administrator or clinician asks about an account.
std::string at_account(const record::Account& account, const std::string& what) {
  return "/auth/accounts/" + account.id + "/" + what;
}

/// Of the answer to making it.
record::Account known(const Answer& made) {
  record::Account account;
  account.id = made.json["id"];
  account.name = made.json["name"];
  return account;
}

// Security finding F6
TEST_P(AccountsTest, ALinkToANewPasswordGoesToTheOwnersMailOnly) {
  fill();
  Browser doctor = person("dr", Role::clinician, "dr-a");
  const auto made =
      ask(doctor, "POST", "/auth/accounts",
          {{"name", "anna"}, {"role", "patient"}, {"person", "a"}, {"mail", "anna@example.org"}});
  const auto anna = known(made);
  const auto first = ask(doctor, "POST", at_account(anna, "invitation"), Json::object());
  EXPECT_TRUE(first.json.contains("link")) << "a first invitation may be shown";
  accept(anna);
  const auto again = ask(doctor, "POST", at_account(anna, "invitation"), Json::object());
  ASSERT_EQ(again.status, 201U) << again.json.dump();
  EXPECT_EQ(again.json["mailed"], true);
  EXPECT_FALSE(again.json.contains("link"));
  EXPECT_FALSE(again.json.contains("qr"));
  EXPECT_THAT(mails_to("anna@example.org").back(), HasSubstr("/invitation#"));
  Browser patient;
  ASSERT_EQ(enter_password(patient, "anna").status, 200U);
  const auto events = ask(patient, "GET", "/auth/events").json["events"];
  ASSERT_EQ(events.size(), 1U) << "the first password is none of these";
  EXPECT_EQ(events[0]["kind"], "invitation");
  EXPECT_EQ(events[0]["by"], "dr");
}

// Security finding F6
TEST_P(AccountsTest, AChangedMailAddressNotifiesTheOldOneAndDoesNotOpenTheAccount) {
  fill();
  Browser doctor = person("dr", Role::clinician, "dr-a");
  Browser root = person("root", Role::administrator, "");
  const auto made =
      ask(doctor, "POST", "/auth/accounts",
          {{"name", "anna"}, {"role", "patient"}, {"person", "a"}, {"mail", "anna@example.org"}});
  const auto anna = known(made);
  accept(anna);
  ASSERT_EQ(ask(doctor, "PATCH", "/auth/accounts/" + anna.id, {{"mail", "kim@example.org"}}).status, 200U);
  EXPECT_THAT(mails_to("anna@example.org"), ::testing::ElementsAre(HasSubstr("changed the mail address")));
  const auto asked = ask(doctor, "POST", at_account(anna, "invitation"), Json::object());
  EXPECT_EQ(asked.status, 202U) << "a second person must ask for it, too";
  EXPECT_FALSE(asked.json.contains("link"));
  EXPECT_EQ(ask(doctor, "POST", at_account(anna, "invitation"), Json::object()).status, 202U)
      << "the same person does not count twice";
  EXPECT_THAT(mails_to("kim@example.org"), ::testing::IsEmpty());
  const auto waiting = ask(root, "GET", "/auth/accounts?search=anna").json["accounts"][0];
  EXPECT_EQ(waiting["invitationAsked"]["name"], "dr");
  const auto approved = ask(root, "POST", at_account(anna, "invitation"), Json::object());
  ASSERT_EQ(approved.status, 201U);
  EXPECT_TRUE(approved.json.contains("link"));
  EXPECT_FALSE(
      ask(root, "GET", "/auth/accounts?search=anna").json["accounts"][0].contains("invitationAsked"));
}

// Security finding F6
TEST_P(AccountsTest, OneAdministratorAloneSetsAClinicUp) {
  fill();
  Browser root = person("root", Role::administrator, "");
  const auto doctor = make("dr", Role::clinician, "dr-a");
  ASSERT_TRUE(ask(root, "POST", at_account(doctor, "invitation"), Json::object()).json.contains("link"));
  accept(doctor);
  EXPECT_EQ(ask(root, "POST", at_account(doctor, "invitation"), Json::object()).status, 201U)
      << "there is no second person to ask";
  EXPECT_EQ(ask(root, "DELETE", at_account(doctor, "second-factor")).status, 204U);
}

// Security finding F7
TEST_P(AccountsTest, RemovingASecondFactorTakesTwoAdministrators) {
  fill();
  Browser root = person("root", Role::administrator, "");
  Browser other = person("other", Role::administrator, "");
  const auto doctor = make("dr", Role::clinician, "dr-a");
  accept(doctor);
  Browser browser;
  ASSERT_EQ(enter_password(browser, "dr").status, 200U);
  (void)enrol(browser);
  for (const char* name : {"dr", "other"}) {
    in_database([&](record::Connection& connection) {
      const auto account = record::find_account_by_name(connection, name);
      return record::set_mail(connection, account->value().id, std::string{name} + "@example.org").map([] {
        return true;
      });
    });
  }
  EXPECT_EQ(ask(root, "DELETE", at_account(doctor, "second-factor")).status, 202U);
  EXPECT_EQ(ask(root, "DELETE", at_account(doctor, "second-factor")).status, 202U);
  EXPECT_EQ(ask(browser, "GET", "/auth/session").json["stage"], "full") << "it was not removed";
  EXPECT_EQ(ask(other, "GET", "/auth/accounts?search=dr").json["accounts"][0]["removalAsked"]["name"],
            "root");
  EXPECT_EQ(ask(other, "DELETE", at_account(doctor, "second-factor")).status, 204U);
  EXPECT_EQ(ask(browser, "GET", "/auth/session").json["stage"], "none");
  for (const char* mail : {"dr@example.org", "other@example.org"})
    EXPECT_THAT(mails_to(mail), ::testing::ElementsAre(HasSubstr("/account"))) << mail;
  EXPECT_EQ(ask(root, "GET", "/auth/events").json["events"][0]["kind"], "second-factor");
  EXPECT_THAT(events(),
              ::testing::Contains(::testing::Field(&record::AuditEntry::reason, "oversight: second-factor")));
}

// Security finding F7
TEST_P(AccountsTest, AClinicianMadeByAnAdministratorNotifiesTheOthers) {
  fill();
  Browser root = person("root", Role::administrator, "");
  Browser other = person("other", Role::administrator, "");
  in_database([&](record::Connection& connection) {
    const auto account = record::find_account_by_name(connection, "other");
    return record::set_mail(connection, account->value().id, "other@example.org").map([] { return true; });
  });
  ASSERT_EQ(ask(root, "POST", "/auth/accounts", {{"name", "mole"}, {"role", "clinician"}, {"person", "dr-a"}})
                .status,
            201U);
  EXPECT_THAT(mails_to("other@example.org"), ::testing::ElementsAre(HasSubstr("/account")));
  const auto event = ask(other, "GET", "/auth/events").json["events"][0];
  EXPECT_EQ(event["kind"], "clinician");
  EXPECT_EQ(event["account"], "mole");
  EXPECT_EQ(event["by"], "root");
}

// Security finding F9; a clinician who is also a patient
TEST_P(AccountsTest, SensitiveActionsNeedARecentProof) {
  fill();
  Browser root = person("root", Role::administrator, "");
  accept(make("dr", Role::clinician, "dr-a"));
  Browser doctor;
  ASSERT_EQ(enter_password(doctor, "dr").status, 200U);
  const auto enrolled = enrol(doctor);
  Browser patient = person("anna", Role::patient, "a");
  in_database([&](record::Connection& connection) {
    return connection.execute("UPDATE session SET proved_us = proved_us - 300000000", {});
  });
  const Json token = {{"name", "x"}, {"scopes", {"user/*.rs"}}};
  const Json glass = {{"patient", "b"}, {"reason", "collapsed in the hall"}};
  EXPECT_EQ(ask(patient, "POST", "/auth/tokens", token).word(), "proof");
  EXPECT_EQ(ask(patient, "POST", "/auth/enrolment", Json::object()).word(), "proof");
  EXPECT_EQ(ask(patient, "DELETE", "/auth/sessions").word(), "proof");
  EXPECT_EQ(ask(doctor, "POST", "/auth/emergency", glass).word(), "proof");
  EXPECT_EQ(ask(root, "POST", "/auth/erasure", {{"patient", "a"}, {"reason", "asked in writing"}}).word(),
            "proof");
  EXPECT_EQ(ask(root, "POST", "/auth/accounts", {{"name", "z"}, {"role", "administrator"}}).word(), "proof");
  EXPECT_EQ(ask(root, "PATCH", "/auth/accounts/x", {{"disabled", true}}).word(), "proof");
  EXPECT_EQ(ask(root, "POST", "/auth/accounts/x/invitation", Json::object()).word(), "proof");
  EXPECT_EQ(ask(root, "DELETE", "/auth/accounts/x/second-factor").word(), "proof");
  EXPECT_EQ(ask(patient, "GET", "/auth/tokens").status, 200U) << "looking does not";

  EXPECT_EQ(ask(patient, "POST", "/auth/proof", {{"password", "not the right one"}}).word(),
            "wrong-credentials");
  EXPECT_EQ(ask(patient, "POST", "/auth/tokens", token).word(), "proof");
  EXPECT_EQ(ask(patient, "POST", "/auth/proof", Json::object()).word(), "invalid");
  EXPECT_EQ(ask(patient, "POST", "/auth/proof", {{"password", kPassword}}).status, 204U);
  EXPECT_EQ(ask(patient, "POST", "/auth/tokens", token).status, 201U);
  EXPECT_EQ(ask(doctor, "POST", "/auth/proof", {{"code", "123456"}}).word(), "wrong-code");
  EXPECT_EQ(ask(doctor, "POST", "/auth/proof", {{"code", code(enrolled.secret)}}).status, 204U);
  EXPECT_EQ(ask(doctor, "POST", "/auth/emergency", glass).status, 201U);

  // The same person with both accounts: each session shows the own password.
  put("Patient", "dr", {{"active", true}});
  Browser as_patient = person("dr-as-patient", Role::patient, "dr");
  in_database([&](record::Connection& connection) {
    return connection.execute("UPDATE session SET proved_us = proved_us - 300000000", {});
  });
  EXPECT_EQ(ask(as_patient, "POST", "/auth/proof", {{"code", enrolled.codes[0]}}).word(), "wrong-code");
  EXPECT_EQ(ask(as_patient, "POST", "/auth/proof", {{"password", kPassword}}).status, 204U);
  EXPECT_EQ(ask(doctor, "POST", "/auth/tokens", token).word(), "proof") << "of the other session";
}

INSTANTIATE_TEST_SUITE_P(On, AccountsTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server

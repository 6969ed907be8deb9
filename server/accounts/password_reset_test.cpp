// SPDX-License-Identifier: Apache-2.0
#include "tests/support/app_browser.h"

// A forgotten password: a link by mail.
namespace reprise::server {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr const char* kOther = "quite another one 7";

class MailedPasswordResetTest : public AppTest {
 protected:
  /// A user with a password and a mail address.
  record::Account known(const std::string& name, Role role, const std::string& id) {
    const auto account = in_database([&](record::Connection& connection) {
      return record::create_account(connection, {name, role, id, name + "@example.org"}, now());
    });
    accept(account);
    return account;
  }
  Answer request(const std::string& name, const std::string& language = "") {
    Browser browser;
    return ask(browser, "POST", "/auth/password-reset", {{"name", name}, {"language", language}});
  }
  /// Requests are answered before their mail is queued; this waits until it is.
  std::vector<std::string> links_to(const std::string& name) {
    Browser browser;
    (void)ask(browser, "DELETE", "/auth/session");
    std::vector<std::string> secrets;
    for (const std::string& text : mails_to(name + "@example.org")) {
      const std::string mark = "https://clinic.example/new-password#";
      if (const auto at = text.find(mark); at != std::string::npos)
        secrets.push_back(text.substr(at + mark.size(), 43));
    }
    return secrets;
  }
  Answer redeem(const std::string& secret, const std::string& password = kOther) {
    Browser browser;
    return ask(browser, "POST", "/auth/password-reset/acceptance",
               {{"secret", secret}, {"password", password}});
  }
};

TEST_P(MailedPasswordResetTest, AMailedLinkSetsANewPasswordOnceAndEndsEverything) {
  known("anna", Role::patient, "a");
  Browser open;
  ASSERT_EQ(enter_password(open, "anna").status, 200U);
  EXPECT_EQ(request("Anna", "de").status, 202U);
  const auto links = links_to("anna");
  ASSERT_THAT(links, SizeIs(1));
  EXPECT_THAT(mails_to("anna@example.org").back(), HasSubstr("30 Minuten"));
  Browser browser;
  const auto shown = ask(browser, "POST", "/auth/password-reset/link", {{"secret", links[0]}});
  EXPECT_EQ(shown.json["name"], "anna");
  EXPECT_EQ(redeem(links[0], "short").word(), "weak-password");
  ASSERT_EQ(ask(open, "GET", "/auth/sessions").status, 200U) << "until a password is chosen";
  EXPECT_EQ(redeem(links[0]).json["name"], "anna");
  EXPECT_EQ(redeem(links[0]).word(), "ended") << "for one use";
  EXPECT_EQ(ask(open, "GET", "/auth/sessions").status, 401U);
  EXPECT_EQ(enter_password(browser, "anna").word(), "wrong-credentials");
  ASSERT_EQ(enter_password(browser, "anna", kOther).json["stage"], "full");
  const auto shown_events = ask(browser, "GET", "/auth/events").json["events"];
  ASSERT_EQ(shown_events.size(), 1U);
  EXPECT_EQ(shown_events[0]["kind"], "reset");
  EXPECT_THAT(mails_to("anna@example.org"), SizeIs(2)) << "the owner is told";
  std::vector<std::string> reasons;
  for (const auto& entry : events()) reasons.push_back(entry.reason);
  EXPECT_THAT(reasons, ::testing::IsSupersetOf(
                           {"password reset requested", "password by mailed link", "password reset"}));
}

TEST_P(MailedPasswordResetTest, AFurtherLanguageIsUsedOnlyIfTheClinicPermitsIt) {
  known("anna", Role::patient, "a");
  (void)request("anna", "ar");
  ASSERT_THAT(links_to("anna"), SizeIs(1));
  EXPECT_THAT(mails_to("anna@example.org").back(), HasSubstr("within 30 minutes"));
  AppApiOptions options = quick_options();
  options.extra_languages = {"ar"};
  restart(options);
  (void)request("anna", "ar");
  ASSERT_THAT(links_to("anna"), SizeIs(2));
  EXPECT_THAT(mails_to("anna@example.org").back(), HasSubstr("خلال 30 دقيقة"));
}

TEST_P(MailedPasswordResetTest, TheAnswerTellsNothingOfTheAccount) {
  known("anna", Role::patient, "a");
  accept(make("ben", Role::patient, "b"));  // without a mail address
  const auto of_known = request("anna");
  for (const char* name : {"ben", "nobody", "", "a\nb"}) {
    const auto other = request(name);
    EXPECT_EQ(other.status, of_known.status) << name;
    EXPECT_EQ(other.json, of_known.json) << name;
  }
  for (const char* name : {"anna", "ben", "nobody"}) {
    Answer last;
    for (int i = 0; i < 3; ++i) last = request(name);
    EXPECT_EQ(last.word(), "wait") << name;
    EXPECT_NE(last.retry_after, "");
  }
  EXPECT_THAT(links_to("anna"), SizeIs(3)) << "no more than the limit";
}

TEST_P(MailedPasswordResetTest, ANewerLinkInvalidatesTheEarlierOne) {
  known("anna", Role::patient, "a");
  EXPECT_EQ(request("anna").status, 202U);
  const auto first = links_to("anna");
  ASSERT_THAT(first, SizeIs(1));
  EXPECT_EQ(request("anna").status, 202U);
  auto both = links_to("anna");
  ASSERT_THAT(both, SizeIs(2));
  const std::string newer = both[0] == first[0] ? both[1] : both[0];
  EXPECT_EQ(redeem(first[0]).word(), "ended");
  EXPECT_EQ(redeem(newer).status, 200U);
  EXPECT_EQ(redeem(std::string(43, 'A')).word(), "ended");
}

TEST_P(MailedPasswordResetTest, KeepsTheSecondFactor) {
  known("root", Role::administrator, "");
  Browser browser;
  ASSERT_EQ(enter_password(browser, "root").status, 200U);
  const auto enrolled = enrol(browser);
  EXPECT_EQ(request("root").status, 202U);
  const auto links = links_to("root");
  ASSERT_THAT(links, SizeIs(1));
  ASSERT_EQ(redeem(links[0]).status, 200U);
  Browser after;
  EXPECT_EQ(enter_password(after, "root", kOther).json["stage"], "second-factor");
  EXPECT_EQ(ask(after, "GET", "/auth/accounts").status, 401U);
  EXPECT_EQ(ask(after, "POST", "/auth/enrolment", Json::object()).status, 401U) << "no way around it";
  EXPECT_EQ(ask(after, "POST", "/auth/second-factor", {{"code", code(enrolled.secret, 1)}}).json["stage"],
            "full");
}

TEST_P(MailedPasswordResetTest, AnAddressChangedByAClinicianGetsNoLink) {
  fill();
  const auto anna = known("anna", Role::patient, "a");
  Browser doctor = person("dr", Role::clinician, "dr-a");
  ASSERT_EQ(ask(doctor, "PATCH", "/auth/accounts/" + anna.id, {{"mail", "anna2@example.org"}}).status, 200U);
  EXPECT_EQ(request("anna").status, 202U);
  EXPECT_THAT(links_to("anna"), SizeIs(0));
  EXPECT_THAT(links_to("anna2"), SizeIs(0));
}

TEST_P(MailedPasswordResetTest, IsOfferedOnlyWithAMailServerAndOverHttps) {
  Browser browser;
  EXPECT_EQ(ask(browser, "GET", "/auth/session").json["mailsPasswordResets"], true);
  for (const bool mail : {false, true}) {
    AppApiOptions options;
    options.sends_mail = mail;
    options.public_url = mail ? "http://clinic.example" : "https://clinic.example";
    restart(options);
    EXPECT_FALSE(ask(browser, "GET", "/auth/session").json.contains("mailsPasswordResets"));
    EXPECT_EQ(request("anna").status, 409U);
  }
}

INSTANTIATE_TEST_SUITE_P(On, MailedPasswordResetTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server

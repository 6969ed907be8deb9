// SPDX-License-Identifier: Apache-2.0
#include "server/accounts/first_administrator.h"
#include "tests/support/app_browser.h"

// Signing in, and what comes of it: sessions, second factors, passwords.
namespace reprise::server {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class SignInTest : public AppTest {};

TEST_P(SignInTest, ThePageWithoutAnAccountShowsTheConfiguredNumbersAndGuessesNone) {
  Browser browser;
  EXPECT_FALSE(ask(browser, "GET", "/auth/session").json.contains("clinic"));
  AppApiOptions options;
  options.clinic = {"Example clinic", "+49 30 1234567", ""};
  restart(options);
  EXPECT_EQ(ask(browser, "GET", "/auth/session").json["clinic"],
            Json({{"name", "Example clinic"}, {"phone", "+49 30 1234567"}, {"emergencyNumber", ""}}));
}

TEST_P(SignInTest, TheFirstAdministratorComesByALinkAndEnrols) {
  const auto secret = in_database(
      [&](record::Connection& connection) { return invite_first_administrator(connection, now()); });
  ASSERT_TRUE(secret);
  Browser browser;
  EXPECT_EQ(ask(browser, "GET", "/auth/session").json, Json({{"stage", "none"},
                                                             {"extraLanguages", Json::array()},
                                                             {"passkeys", "https://clinic.example"},
                                                             {"mailsPasswordResets", true}}));
  const auto shown = ask(browser, "POST", "/auth/invitation", {{"secret", secret->text}});
  EXPECT_EQ(shown.json["name"], "administrator");
  EXPECT_EQ(shown.json["role"], "administrator");
  EXPECT_TRUE(shown.json.contains("endsAt"));
  EXPECT_EQ(
      ask(browser, "POST", "/auth/invitation/acceptance", {{"secret", secret->text}, {"password", "short"}})
          .word(),
      "weak-password");
  ASSERT_EQ(
      ask(browser, "POST", "/auth/invitation/acceptance", {{"secret", secret->text}, {"password", kPassword}})
          .status,
      200U);
  EXPECT_EQ(ask(browser, "POST", "/auth/invitation", {{"secret", secret->text}}).word(), "ended")
      << "for one use";
  const auto entered = enter_password(browser, "Administrator");
  EXPECT_EQ(entered.json["stage"], "enrolment");
  EXPECT_EQ(ask(browser, "GET", "/auth/accounts").status, 401U) << "not before the second factor";
  EXPECT_EQ(ask(browser, "GET", "/fhir/Organization").status, 401U);
  EXPECT_EQ(ask(browser, "POST", "/auth/enrolment/confirmation", {{"code", "000000"}}).word(), "wrong-code");
  const std::string before = browser.cookie;
  const auto enrolled = enrol(browser);
  EXPECT_THAT(enrolled.codes, SizeIs(10));
  EXPECT_NE(browser.cookie, before) << "a new secret with each step";
  EXPECT_EQ(ask(browser, "GET", "/auth/session").json["recoveryCodesLeft"], 10);
  EXPECT_EQ(ask(browser, "GET", "/auth/accounts").json["accounts"].size(), 1U);
  Browser old{before, browser.csrf};
  EXPECT_EQ(ask(old, "GET", "/auth/accounts").status, 401U);
  EXPECT_FALSE(in_database([&](record::Connection& connection) {
    return invite_first_administrator(connection, now());
  })) << "there is one now";
}

TEST_P(SignInTest, WrongNamesAndPasswordsLookAlikeAndAreRateLimited) {
  accept(make("anna", Role::patient, "a"));
  for (const char* name : {"anna", "unknown"}) {
    Browser browser;
    Answer last;
    for (int i = 0; i < 5; ++i) {
      last = enter_password(browser, name, "a wrong one 12345");
      EXPECT_EQ(last.status, 401U) << name;
      EXPECT_EQ(last.word(), "wrong-credentials");
    }
    last = enter_password(browser, name, kPassword);
    EXPECT_EQ(last.status, 429U) << name;
    EXPECT_EQ(last.word(), "wait");
    EXPECT_THAT(last.retry_after, ::testing::AnyOf("1", "2"));
    EXPECT_EQ(browser.cookie, "");
  }
}

TEST_P(SignInTest, SecondFactorAndRecoveryCodesCountOnce) {
  Browser browser;
  accept(make("dr", Role::clinician, "dr-a"));
  EXPECT_EQ(enter_password(browser, "dr").status, 200U);
  const auto enrolled = enrol(browser);
  ASSERT_EQ(ask(browser, "DELETE", "/auth/session").status, 204U);
  const auto pass = [&](const std::string& typed) {
    Browser other;
    EXPECT_EQ(enter_password(other, "dr").json["stage"], "second-factor");
    EXPECT_EQ(ask(other, "GET", "/fhir/Patient").status, 401U);
    EXPECT_EQ(ask(other, "POST", "/auth/enrolment", Json::object()).status, 401U) << "no way around it";
    return ask(other, "POST", "/auth/second-factor", {{"code", typed}});
  };
  const std::string next = code(enrolled.secret, 1);
  EXPECT_EQ(pass(next).json["stage"], "full");
  EXPECT_EQ(pass(next).word(), "wrong-code");
  const auto recovered = pass(enrolled.codes[0]);
  EXPECT_EQ(recovered.json["recoveryCodesLeft"], 9);
  EXPECT_EQ(pass(enrolled.codes[0]).word(), "wrong-code");
}

TEST_P(SignInTest, AChangeComesFromAPageOfItsSession) {
  Browser browser = person("anna", Role::patient, "a");
  Browser other = person("ben", Role::patient, "b");
  for (const std::string& shown : {std::string{}, std::string{"x"}, other.csrf}) {
    Browser forged{browser.cookie, shown};
    for (const char* target : {"/auth/session", "/auth/sessions"}) {
      EXPECT_EQ(ask(forged, "DELETE", target).word(), "csrf");
    }
    EXPECT_EQ(enter_password(forged, "ben").word(), "csrf") << "no user is led into another session";
    EXPECT_EQ(ask(forged, "POST", "/fhir/Observation", Json::object(), "application/fhir+json").status, 403U);
  }
  EXPECT_EQ(ask(browser, "GET", "/auth/session").json["stage"], "full");
}

TEST_P(SignInTest, SessionsAreSeenAndEndedAndDoNotComeBack) {
  Browser here = person("anna", Role::patient, "a");
  Browser there;
  Browser third;
  ASSERT_EQ(enter_password(there, "anna").status, 200U);
  ASSERT_EQ(enter_password(third, "anna").status, 200U);
  auto sessions = ask(here, "GET", "/auth/sessions").json["sessions"];
  ASSERT_EQ(sessions.size(), 3U);
  EXPECT_EQ(ask(here, "DELETE", "/auth/sessions/nothing").status, 404U);
  std::string other;
  for (const auto& one : sessions) {
    if (!one["current"].get<bool>()) other = one["id"];
  }
  EXPECT_EQ(ask(here, "DELETE", "/auth/sessions/" + other).status, 204U);
  EXPECT_EQ(ask(here, "GET", "/auth/sessions").json["sessions"].size(), 2U);
  EXPECT_EQ(ask(here, "DELETE", "/auth/sessions").status, 204U);
  for (Browser* ended : {&there, &third}) {
    EXPECT_EQ(ask(*ended, "GET", "/auth/session").json["stage"], "none");
    EXPECT_EQ(ask(*ended, "GET", "/fhir/Patient/a").status, 401U);
  }
  const std::string replayed = here.cookie;
  ASSERT_EQ(ask(here, "DELETE", "/auth/session").status, 204U);
  EXPECT_EQ(here.cookie, "__Host-reprise=") << "forgotten by the browser";
  Browser forged{replayed, here.csrf};
  EXPECT_EQ(ask(forged, "GET", "/auth/sessions").word(), "no-session");
  forged.cookie = "__Host-reprise=" + std::string(43, 'A');
  EXPECT_EQ(ask(forged, "GET", "/auth/sessions").word(), "no-session");
}

TEST_P(SignInTest, ANewPasswordEndsTheOtherSessions) {
  Browser here = person("anna", Role::patient, "a");
  Browser there;
  ASSERT_EQ(enter_password(there, "anna").status, 200U);
  EXPECT_EQ(
      ask(here, "PUT", "/auth/password", {{"old", "not the old one"}, {"new", "another long one 2"}}).word(),
      "wrong-credentials");
  EXPECT_EQ(ask(here, "PUT", "/auth/password", {{"old", kPassword}, {"new", "aaaaaaaaaaaaaaa"}}).word(),
            "weak-password");
  EXPECT_EQ(ask(here, "PUT", "/auth/password", {{"old", kPassword}, {"new", "another long one 2"}}).status,
            204U);
  EXPECT_EQ(ask(here, "GET", "/auth/session").json["stage"], "full");
  EXPECT_EQ(ask(there, "GET", "/auth/session").json["stage"], "none");
  EXPECT_EQ(enter_password(there, "anna").word(), "wrong-credentials");
  EXPECT_EQ(enter_password(there, "anna", "another long one 2").status, 200U);
}

TEST_P(SignInTest, NewRecoveryCodesWantACode) {
  accept(make("dr", Role::clinician, "dr-a"));
  Browser browser;
  ASSERT_EQ(enter_password(browser, "dr").status, 200U);
  const auto enrolled = enrol(browser);
  EXPECT_EQ(ask(browser, "POST", "/auth/recovery-codes", {{"code", "123"}}).word(), "wrong-code");
  const auto renewed = ask(browser, "POST", "/auth/recovery-codes", {{"code", code(enrolled.secret)}});
  ASSERT_EQ(renewed.status, 200U) << renewed.json.dump();
  EXPECT_NE(renewed.json["recoveryCodes"], Json(enrolled.codes));
}

TEST_P(SignInTest, RefusesUnsupportedInput) {
  Browser browser = person("anna", Role::patient, "a");
  const auto with_body = [&](std::string body, const char* type = "application/json") {
    return send(browser, {"POST", "/auth/session", {{"content-type", type}}, std::move(body), {}, true})
        .status;
  };
  EXPECT_EQ(with_body("{"), 400U);
  EXPECT_EQ(with_body("[]"), 400U);
  EXPECT_EQ(with_body(std::string(10'000, '[')), 400U);
  EXPECT_EQ(with_body("{\"name\":\"\xff\"}"), 400U);
  EXPECT_EQ(with_body(std::string(20'000, ' ')), 413U);
  EXPECT_EQ(with_body("name=a&password=b", "application/x-www-form-urlencoded"), 415U);
  EXPECT_EQ(with_body(R"({"name":"a"})"), 422U);
  EXPECT_EQ(with_body(R"({"name":1,"password":"b"})"), 422U);
  EXPECT_EQ(with_body(R"({"name":"a","password":"b","more":1})"), 422U);
  EXPECT_EQ(ask(browser, "GET", "/auth").status, 404U);
  EXPECT_EQ(ask(browser, "GET", "/auth/nothing").status, 404U);
  EXPECT_EQ(ask(browser, "GET", "/auth/session/../accounts").status, 404U);
  EXPECT_EQ(ask(browser, "GET", "/auth//session").status, 404U);
  EXPECT_EQ(ask(browser, "PUT", "/auth/session").status, 405U);
  EXPECT_EQ(ask(browser, "GET", "/auth/session?%").status, 400U);
  EXPECT_EQ(ask(browser, "POST", "/auth/invitation", {{"secret", "' OR 1=1"}}).word(), "ended");
}

TEST_P(SignInTest, OneAddressMayTrySoOften) {
  restart({.public_url = {}, .network_url = {}, .password_cost = {1, 8192}, .addresses = {.burst = 3}});
  Browser browser;
  for (int i = 0; i < 3; ++i) EXPECT_EQ(enter_password(browser, "n" + std::to_string(i)).status, 401U);
  EXPECT_EQ(enter_password(browser, "n").status, 429U);
  EXPECT_EQ(ask(browser, "POST", "/auth/invitation", {{"secret", "x"}}).status, 429U);
  browser.address = "192.0.2.9";
  EXPECT_EQ(enter_password(browser, "n").status, 401U);
  EXPECT_THAT(events(),
              ::testing::Contains(::testing::Field(&record::AuditEntry::reason, "too many attempts")))
      << "Security finding F22";
}

// Security finding F22
TEST_P(SignInTest, WhatFailedAndWhichFactorWasShownIsLogged) {
  accept(make("dr", Role::clinician, "dr-a"));
  Browser browser;
  ASSERT_EQ(enter_password(browser, "dr").status, 200U);
  const auto enrolled = enrol(browser);
  const Json change = {{"old", "not the old one"}, {"new", "another long one 2"}};
  EXPECT_EQ(ask(browser, "PUT", "/auth/password", change).word(), "wrong-credentials");
  EXPECT_EQ(ask(browser, "POST", "/auth/recovery-codes", {{"code", "123"}}).word(), "wrong-code");
  EXPECT_EQ(ask(browser, "POST", "/auth/invitation", {{"secret", std::string(43, 'A')}}).word(), "ended");
  for (const std::string& typed : {code(enrolled.secret, 1), enrolled.codes[0]}) {
    Browser other;
    ASSERT_EQ(enter_password(other, "dr").status, 200U);
    ASSERT_EQ(ask(other, "POST", "/auth/second-factor", {{"code", typed}}).status, 200U);
  }
  const auto all = events();
  const auto count = [&](record::AuditOutcome outcome, const std::string& reason) {
    return std::count_if(all.begin(), all.end(), [&](const record::AuditEntry& entry) {
      return entry.outcome == outcome && entry.reason == reason;
    });
  };
  using record::AuditOutcome;
  EXPECT_EQ(count(AuditOutcome::refused, "password"), 1);
  EXPECT_EQ(count(AuditOutcome::refused, "code of the app"), 1);
  EXPECT_EQ(count(AuditOutcome::refused, "invitation"), 1);
  EXPECT_EQ(count(AuditOutcome::success, "password"), 3);
  EXPECT_EQ(count(AuditOutcome::success, "code of the app"), 1);
  EXPECT_EQ(count(AuditOutcome::success, "recovery code"), 1);
}

// Security finding F22
TEST_P(SignInTest, TryingOldPasswordsIsLimitedByAddressToo) {
  Browser browser = person("anna", Role::patient, "a");
  restart({.public_url = {}, .network_url = {}, .password_cost = {1, 8192}, .addresses = {.burst = 1}});
  const Json change = {{"old", "not the old one"}, {"new", "another long one 2"}};
  EXPECT_EQ(ask(browser, "PUT", "/auth/password", change).word(), "wrong-credentials");
  EXPECT_EQ(ask(browser, "PUT", "/auth/password", change).word(), "wait");
}

// Security finding F8; a password that is reset while sessions run
TEST_P(SignInTest, ResettingAPasswordEndsEveryCredential) {
  fill();
  const auto account = make("anna", Role::patient, "a");
  accept(account);
  Browser here;
  Browser there;
  for (Browser* browser : {&here, &there}) ASSERT_EQ(enter_password(*browser, "anna").status, 200U);
  const auto made = ask(here, "POST", "/auth/tokens", {{"name", "app"}, {"scopes", {"user/*.rs"}}});
  ASSERT_EQ(made.status, 201U);
  const auto by_token = [&] {
    Browser program;
    return send(program, {"GET",
                          "/fhir/Patient/a",
                          {{"authorization", "Bearer " + made.json["token"].get<std::string>()}},
                          "",
                          {},
                          true})
        .status;
  };
  Json change = {{"old", kPassword}, {"new", "another long one 2"}, {"keepTokens", true}};
  ASSERT_EQ(ask(here, "PUT", "/auth/password", change).status, 204U);
  EXPECT_EQ(by_token(), 200U) << "kept, as was asked";
  ASSERT_EQ(enter_password(there, "anna", "another long one 2").status, 200U);
  accept(account);
  EXPECT_EQ(by_token(), 401U);
  for (Browser* browser : {&here, &there}) {
    EXPECT_EQ(ask(*browser, "GET", "/auth/session").json["stage"], "none");
    EXPECT_EQ(ask(*browser, "GET", "/fhir/Patient/a").status, 401U);
  }
}

// Security finding F8
TEST_P(SignInTest, ANewPasswordEndsTokensUnlessRequestedOtherwise) {
  fill();
  Browser browser = person("anna", Role::patient, "a");
  ASSERT_EQ(ask(browser, "POST", "/auth/tokens", {{"name", "app"}, {"scopes", {"user/*.rs"}}}).status, 201U);
  ASSERT_EQ(ask(browser, "PUT", "/auth/password", {{"old", kPassword}, {"new", "another long one 2"}}).status,
            204U);
  EXPECT_EQ(ask(browser, "GET", "/auth/tokens").json["tokens"].size(), 0U);
}

// Security finding F10
TEST_P(SignInTest, ASecondFactorShownBeforeAResetIsWorthNothing) {
  const auto zoe = make("zoe", Role::clinician, "dr-a");
  accept(zoe);
  Browser stranger;
  ASSERT_EQ(enter_password(stranger, "zoe").status, 200U);
  const std::string seen = ask(stranger, "POST", "/auth/enrolment", Json::object()).json["secret"];
  accept(zoe);
  Browser own;
  ASSERT_EQ(enter_password(own, "zoe").status, 200U);
  EXPECT_NE(ask(own, "POST", "/auth/enrolment", Json::object()).json["secret"], seen);
  EXPECT_EQ(ask(own, "POST", "/auth/enrolment/confirmation", {{"code", code(seen)}}).word(), "wrong-code");
}

// Security finding F11
TEST_P(SignInTest, CommonPasswordsAndWordsOfTheClinicAreRefused) {
  Browser browser = person("anna", Role::patient, "a");
  for (const char* weak : {"password1234", "Clinic-Clinic1", "reprise12345"}) {
    EXPECT_EQ(ask(browser, "PUT", "/auth/password", {{"old", kPassword}, {"new", weak}}).word(),
              "weak-password")
        << weak;
  }
}

// Security finding F12
TEST_P(SignInTest, LinksInMailsIgnoreTheRequestsHost) {
  fill();
  Browser root = person("root", Role::administrator, "");
  const auto made =
      ask(root, "POST", "/auth/accounts",
          {{"name", "anna"}, {"role", "patient"}, {"person", "a"}, {"mail", "anna@example.org"}});
  ASSERT_EQ(made.status, 201U);
  const std::string network = "https://192.0.2.7:8443";
  restart({.public_url = {}, .network_url = network, .sends_mail = true, .password_cost = {1, 8192}});
  root.host = "evil.example";
  const std::string at = "/auth/accounts/" + made.json["id"].get<std::string>() + "/invitation";
  ASSERT_EQ(ask(root, "POST", at, Json::object()).status, 201U);
  EXPECT_THAT(mails_to("anna@example.org"),
              ::testing::ElementsAre(AllOf(HasSubstr(network), Not(HasSubstr("evil")))));
}

// Security finding F14
TEST_P(SignInTest, TheDevicesKeyIsGivenToItsAccountAloneAndTheCacheIsCleared) {
  Browser anna = person("anna", Role::patient, "a");
  Browser ben = person("ben", Role::patient, "b");
  const std::string key = ask(anna, "GET", "/auth/session").json["deviceKey"];
  EXPECT_EQ(key.size(), 43U);
  EXPECT_NE(ask(ben, "GET", "/auth/session").json["deviceKey"], key);
  Browser again;
  EXPECT_EQ(enter_password(again, "anna").json["deviceKey"], key) << "decrypts earlier data";
  accept(make("dr", Role::clinician, "dr-a"));
  Browser half;
  EXPECT_FALSE(enter_password(half, "dr").json.contains("deviceKey")) << "not before the second factor";
  std::promise<http::Response> answered;
  app_->handle({"DELETE",
                "/auth/session",
                {{"host", "clinic.example"}, {"cookie", anna.cookie}, {"x-csrf-token", anna.csrf}},
                "",
                {},
                true},
               [&](http::Response response) { answered.set_value(std::move(response)); });
  const auto left = answered.get_future().get();
  const auto* cleared = http::find_field(left.fields, "clear-site-data");
  ASSERT_NE(cleared, nullptr);
  EXPECT_EQ(*cleared, "\"cache\"");
  EXPECT_FALSE(ask(anna, "GET", "/auth/session").json.contains("deviceKey"));
}

constexpr std::int64_t kDayUs = in_us(std::chrono::days{1});

AppApiOptions staying(bool staff) {
  AppApiOptions options;
  options.stay = {.idle_us = 14 * kDayUs, .longest_us = 30 * kDayUs};
  options.staff_may_stay = staff;
  options.password_cost = {1, 8192};
  options.addresses = {.burst = 1000};
  return options;
}

TEST_P(SignInTest, FurtherLanguagesAreNamedToEveryone) {
  Browser browser;
  EXPECT_EQ(ask(browser, "GET", "/auth/session").json["extraLanguages"], Json::array());
  AppApiOptions options;
  options.extra_languages = {"ar"};
  restart(options);
  EXPECT_EQ(ask(browser, "GET", "/auth/session").json["extraLanguages"], Json::array({"ar"}));
}

TEST_P(SignInTest, APatientMayStaySignedInOnADevice) {
  restart(staying(false));
  accept(make("anna", Role::patient, "a"));
  Browser phone;
  EXPECT_EQ(ask(phone, "GET", "/auth/session").json["stay"], Json({{"days", 30}, {"staff", false}}));
  const Json typed = {{"name", "anna"}, {"password", kPassword}, {"stay", true}};
  const auto stayed = ask(phone, "POST", "/auth/session", typed);
  EXPECT_THAT(stayed.set_cookie, ::testing::ContainsRegex("; Max-Age=25[0-9]{5}$"));
  EXPECT_EQ(stayed.json["idleSeconds"], 14 * 86'400);
  Browser shared;
  const auto other = enter_password(shared, "anna");
  EXPECT_THAT(other.set_cookie, ::testing::Not(HasSubstr("Max-Age")));
  EXPECT_EQ(other.json["idleSeconds"], 1800);
  int staying_ones = 0;
  const Json sessions = ask(shared, "GET", "/auth/sessions").json["sessions"];
  for (const auto& one : sessions) staying_ones += one["stays"].get<bool>() ? 1 : 0;
  EXPECT_EQ(staying_ones, 1);
  EXPECT_EQ(ask(shared, "PUT", "/auth/password", {{"old", kPassword}, {"new", "another long one 2"}}).status,
            204U);
  EXPECT_EQ(ask(phone, "GET", "/auth/session").json["stage"], "none") << "a new password ends it";
}

TEST_P(SignInTest, StaffStaySignedInOnlyWhereTheSettingAllowsIt) {
  for (const bool staff : {false, true}) {
    restart(staying(staff));
    const std::string name = staff ? "dr2" : "dr";
    accept(make(name, Role::clinician, name));
    Browser browser;
    const Json typed = {{"name", name}, {"password", kPassword}, {"stay", true}};
    const auto first = ask(browser, "POST", "/auth/session", typed);
    EXPECT_EQ(first.json["stage"], "enrolment");
    EXPECT_THAT(first.set_cookie, ::testing::Not(HasSubstr("Max-Age"))) << "not before the second factor";
    const auto enrolled = enrol(browser);
    EXPECT_EQ(ask(browser, "GET", "/auth/session").json["idleSeconds"], staff ? 14 * 86'400 : 1800);
    Browser again;
    (void)ask(again, "POST", "/auth/session", typed);
    const auto full = ask(again, "POST", "/auth/second-factor", {{"code", code(enrolled.secret, 1)}});
    EXPECT_EQ(full.json["stage"], "full");
    EXPECT_EQ(full.set_cookie.find("Max-Age") != std::string::npos, staff);
  }
}

TEST_P(SignInTest, StayingIsNotOfferedWithoutTheSetting) {
  accept(make("anna", Role::patient, "a"));
  Browser browser;
  EXPECT_FALSE(ask(browser, "GET", "/auth/session").json.contains("stay"));
  const auto answer =
      ask(browser, "POST", "/auth/session", {{"name", "anna"}, {"password", kPassword}, {"stay", true}});
  EXPECT_EQ(answer.json["idleSeconds"], 1800);
  EXPECT_THAT(answer.set_cookie, ::testing::Not(HasSubstr("Max-Age")));
}

INSTANTIATE_TEST_SUITE_P(On, SignInTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server

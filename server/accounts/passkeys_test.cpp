// SPDX-License-Identifier: Apache-2.0
#include "base/base64.h"
#include "tests/support/app_browser.h"
#include "tests/support/software_authenticator.h"

// Passkeys by HTTP, with real signatures: adding, signing in, removing, and everything that is refused.
namespace reprise::server {
namespace {

using record::webauthn::Algorithm;
using record::webauthn::AuthenticatorState;
using record::webauthn::SoftwareAuthenticator;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr const char* kOrigin = "https://clinic.example";

/// What a page sends to sign in; a test changes what it is about.
struct Attempt {
  std::string challenge = {};
  std::string origin = kOrigin;
  std::string user = {};
  AuthenticatorState state = {};
};

class PasskeysTest : public AppTest {
 protected:
  Json registration(const SoftwareAuthenticator& device, const std::string& challenge,
                    const AuthenticatorState& state = {}, const std::string& origin = kOrigin) {
    return {{"name", "Anna’s phone"},
            {"transports", {"internal", "hybrid", "telepathy"}},
            {"language", "de"},
            {"clientData",
             to_base64url(record::webauthn::client_data_text("webauthn.create", challenge, origin))},
            {"authenticatorData", to_base64url(device.new_credential(state))}};
  }
  std::string challenge_of(Browser& browser, const std::string& what) {
    const auto begun = ask(browser, "POST", "/auth/" + what + "/challenge", Json::object());
    EXPECT_EQ(begun.status, 200U) << begun.json.dump();
    return begun.json.value("challenge", "");
  }
  Answer add(Browser& browser, const SoftwareAuthenticator& device, const AuthenticatorState& state = {}) {
    return ask(browser, "POST", "/auth/passkeys",
               registration(device, challenge_of(browser, "passkeys"), state));
  }
  Json statement(const SoftwareAuthenticator& device, const Attempt& attempt) {
    const std::string text =
        record::webauthn::client_data_text("webauthn.get", attempt.challenge, attempt.origin);
    const std::string data = record::webauthn::authenticator_data(attempt.state);
    Json sent = {{"id", to_base64url(device.id())},
                 {"clientData", to_base64url(text)},
                 {"authenticatorData", to_base64url(data)},
                 {"signature", to_base64url(device.sign(data, text))}};
    if (!attempt.user.empty()) sent["user"] = to_base64url(attempt.user);
    return sent;
  }
  Answer sign_in(Browser& browser, const SoftwareAuthenticator& device, Attempt attempt) {
    if (attempt.challenge.empty()) attempt.challenge = challenge_of(browser, "passkey-session");
    Json sent = statement(device, attempt);
    sent["stay"] = false;
    return ask(browser, "POST", "/auth/passkey-session", sent);
  }
  /// Signs in anew; the stage, or why not.
  std::string result_of(const SoftwareAuthenticator& device, const Attempt& attempt) {
    Browser browser;
    const auto answer = sign_in(browser, device, attempt);
    return answer.status == 200 ? answer.json.value("stage", "") : answer.word();
  }
  std::string account_of(const std::string& name) {
    return in_database(
               [&](record::Connection& connection) { return record::find_account_by_name(connection, name); })
        ->id;
  }
  /// As if all sessions were open for long.
  void forget_proofs() {
    in_database([](record::Connection& connection) {
      return connection.execute("UPDATE session SET proved_us = 0", {});
    });
  }
  /// Returns the reasons of refused sign-ins; closes the record.
  std::string refusals() {
    std::string all;
    for (const auto& entry : events()) {
      if (entry.act == record::AuditAct::sign_in && entry.outcome == record::AuditOutcome::refused)
        all += entry.reason + "\n";
    }
    return all;
  }
};

TEST_P(PasskeysTest, APatientAddsOneAndSignsInWithoutNameAndPassword) {
  Browser anna = person("anna", Role::patient, "a");
  const SoftwareAuthenticator phone;
  const auto begun = ask(anna, "POST", "/auth/passkeys/challenge", Json::object());
  EXPECT_EQ(begun.json["site"], Json({{"id", "clinic.example"}, {"name", "Reprise"}}));
  EXPECT_EQ(begun.json["user"]["name"], "anna");
  EXPECT_EQ(from_base64url(begun.json["user"]["id"].get<std::string>()), account_of("anna"));
  EXPECT_EQ(begun.json["algorithms"], Json({-7, -8, -257}));
  const auto added = ask(anna, "POST", "/auth/passkeys", registration(phone, begun.json["challenge"]));
  ASSERT_EQ(added.status, 201U) << added.json.dump();
  const auto listed = ask(anna, "GET", "/auth/passkeys").json["passkeys"];
  ASSERT_THAT(listed, SizeIs(1));
  EXPECT_EQ(listed[0]["name"], "Anna’s phone");
  EXPECT_FALSE(listed[0].contains("usedAt"));
  const auto again = ask(anna, "POST", "/auth/passkeys/challenge", Json::object()).json["existing"];
  EXPECT_EQ(again, Json({{{"id", to_base64url(phone.id())}, {"transports", {"hybrid", "internal"}}}}))
      << "the same device is not asked for another; unknown ways are dropped";

  Browser later;
  const auto entered = sign_in(later, phone, {.user = account_of("anna")});
  ASSERT_EQ(entered.status, 200U) << entered.json.dump();
  EXPECT_EQ(entered.json["stage"], "full");
  EXPECT_EQ(entered.json["account"]["name"], "anna");
  EXPECT_EQ(ask(later, "GET", "/fhir/Patient/a").status, 404U) << "signed in; there is no such resource yet";
  EXPECT_TRUE(ask(later, "GET", "/auth/passkeys").json["passkeys"][0].contains("usedAt"));
}

TEST_P(PasskeysTest, AClinicianSignsInByItAlone) {
  Browser browser = person("dr", Role::clinician, "dr-a");
  const SoftwareAuthenticator key{Algorithm::eddsa};
  ASSERT_EQ(add(browser, key).status, 201U);
  EXPECT_EQ(result_of(key, {.user = account_of("dr")}), "full");
}

TEST_P(PasskeysTest, AddingNeedsARecentProof) {
  Browser browser = person("anna", Role::patient, "a");
  forget_proofs();
  EXPECT_EQ(ask(browser, "POST", "/auth/passkeys/challenge", Json::object()).word(), "proof");
  ASSERT_EQ(ask(browser, "POST", "/auth/proof", {{"password", kPassword}}).status, 204U);
  EXPECT_EQ(ask(browser, "POST", "/auth/passkeys/challenge", Json::object()).status, 200U);
}

TEST_P(PasskeysTest, ASensitiveActionIsConfirmedByIt) {
  Browser browser = person("dr", Role::clinician, "dr-a");
  const SoftwareAuthenticator key;
  ASSERT_EQ(add(browser, key).status, 201U);
  forget_proofs();
  const auto begun = ask(browser, "POST", "/auth/passkey-proof/challenge", Json::object());
  ASSERT_EQ(begun.status, 200U) << begun.json.dump();
  EXPECT_EQ(begun.json["site"], "clinic.example");
  EXPECT_EQ(begun.json["passkeys"],
            Json({{{"id", to_base64url(key.id())}, {"transports", {"hybrid", "internal"}}}}));
  EXPECT_EQ(ask(browser, "DELETE", "/auth/sessions").word(), "proof") << "a challenge is no proof";
  const Json body = statement(key, {.challenge = begun.json["challenge"]});
  EXPECT_EQ(ask(browser, "POST", "/auth/passkey-proof", body).status, 204U) << "no user is sent";
  EXPECT_EQ(ask(browser, "DELETE", "/auth/sessions").status, 204U);
  forget_proofs();
  EXPECT_EQ(ask(browser, "POST", "/auth/passkey-proof", body).word(), "wrong-credentials") << "replayed";
  EXPECT_EQ(ask(browser, "DELETE", "/auth/sessions").word(), "proof");
  EXPECT_EQ(ask(browser, "GET", "/auth/session").json["stage"], "full") << "the session goes on";
}

TEST_P(PasskeysTest, OnlyTheOwnPasskeyOfThisSessionConfirms) {
  Browser anna = person("anna", Role::patient, "a");
  Browser ben = person("ben", Role::patient, "b");
  const SoftwareAuthenticator of_anna{Algorithm::es256, "of anna"};
  const SoftwareAuthenticator of_ben{Algorithm::es256, "of ben"};
  EXPECT_EQ(ask(anna, "POST", "/auth/passkey-proof/challenge", Json::object()).status, 404U) << "has none";
  ASSERT_EQ(add(anna, of_anna).status, 201U);
  ASSERT_EQ(add(ben, of_ben).status, 201U);
  forget_proofs();
  const auto answer = [&](const SoftwareAuthenticator& device, const Attempt& attempt) {
    return ask(anna, "POST", "/auth/passkey-proof", statement(device, attempt));
  };
  const auto fresh = [&] { return challenge_of(anna, "passkey-proof"); };
  EXPECT_EQ(answer(of_ben, {.challenge = fresh()}).status, 403U);
  EXPECT_EQ(answer(of_anna, {.challenge = challenge_of(ben, "passkey-proof")}).status, 403U);
  EXPECT_EQ(answer(of_anna, {.challenge = "never made"}).status, 403U);
  EXPECT_EQ(answer(of_anna, {.challenge = fresh(), .origin = "https://evil.example"}).status, 403U);
  EXPECT_EQ(
      answer(of_anna, {.challenge = fresh(), .state = {.flags = record::webauthn::kUserPresent}}).status,
      403U)
      << "the device did not verify its user";
  EXPECT_EQ(ask(anna, "DELETE", "/auth/sessions").word(), "proof");
  EXPECT_THAT(refusals(), testing::AllOf(HasSubstr("of another account"), HasSubstr("challenge was used"),
                                         HasSubstr("another origin"), HasSubstr("did not verify")));
}

TEST_P(PasskeysTest, FailedConfirmationsAreRateLimited) {
  Browser anna = person("anna", Role::patient, "a");
  const SoftwareAuthenticator phone;
  ASSERT_EQ(add(anna, phone).status, 201U);
  const SoftwareAuthenticator forged{Algorithm::es256, phone.id()};
  const auto answer = [&](const SoftwareAuthenticator& device) {
    return ask(anna, "POST", "/auth/passkey-proof",
               statement(device, {.challenge = challenge_of(anna, "passkey-proof")}));
  };
  EXPECT_EQ(answer(forged).word(), "wrong-credentials");
  EXPECT_EQ(answer(phone).status, 204U);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(answer(forged).word(), "wrong-credentials") << "counted anew";
  EXPECT_EQ(answer(phone).word(), "wait");
}

TEST_P(PasskeysTest, ANewOneIsOfThisCeremonySessionSiteAndUser) {
  Browser anna = person("anna", Role::patient, "a");
  Browser ben = person("ben", Role::patient, "b");
  const SoftwareAuthenticator phone;
  const auto answer = [&](const Json& body) { return ask(anna, "POST", "/auth/passkeys", body).word(); };
  EXPECT_EQ(answer(registration(phone, "never made")), "ended");
  EXPECT_EQ(answer(registration(phone, challenge_of(ben, "passkeys"))), "ended") << "of another session";
  EXPECT_EQ(answer(registration(phone, challenge_of(anna, "passkey-session"))), "ended") << "to sign in";
  const std::string challenge = challenge_of(anna, "passkeys");
  EXPECT_EQ(answer(registration(phone, challenge, {}, "https://evil.example")), "invalid");
  EXPECT_EQ(answer(registration(phone, challenge, {.site_id = "evil.example"})), "invalid");
  EXPECT_EQ(answer(registration(phone, challenge, {.flags = record::webauthn::kUserPresent})), "invalid");
  Json body = registration(phone, challenge);
  body["authenticatorData"] = body["authenticatorData"].get<std::string>().substr(0, 100);
  EXPECT_EQ(answer(body), "invalid") << "truncated";
  body["authenticatorData"] = std::string(4000, 'A');
  EXPECT_EQ(answer(body), "invalid") << "huge";
  body = registration(phone, challenge);
  body["name"] = "  ";
  EXPECT_EQ(answer(body), "invalid");
  body["name"] = "two\nlines";
  EXPECT_EQ(answer(body), "invalid");
  EXPECT_THAT(ask(anna, "GET", "/auth/passkeys").json["passkeys"], SizeIs(0));
  EXPECT_EQ(ask(anna, "POST", "/auth/passkeys", registration(phone, challenge)).status, 201U);
  EXPECT_EQ(answer(registration(phone, challenge)), "ended") << "for one use";
  EXPECT_EQ(add(ben, phone).status, 409U) << "of one account";
}

TEST_P(PasskeysTest, WhatIsNotSignedHereNowByItsUserIsRefused) {
  Browser anna = person("anna", Role::patient, "a");
  const SoftwareAuthenticator phone;
  ASSERT_EQ(add(anna, phone, {.counter = 5}).status, 201U);
  const std::string user = account_of("anna");
  EXPECT_EQ(result_of(phone, {.origin = "https://evil.example", .user = user, .state = {.counter = 6}}),
            "wrong-credentials");
  const std::vector<std::pair<const char*, AuthenticatorState>> states = {
      {"foreign site", {.site_id = "evil.example", .counter = 6}},
      {"no verification", {.flags = record::webauthn::kUserPresent, .counter = 6}},
      {"fallen counter", {.counter = 4}}};
  for (const auto& [what, state] : states) {
    EXPECT_EQ(result_of(phone, {.user = user, .state = state}), "wrong-credentials") << what;
  }
  const SoftwareAuthenticator forged{Algorithm::es256, phone.id()};
  EXPECT_EQ(result_of(forged, {.user = user, .state = {.counter = 6}}), "wrong-credentials");
  EXPECT_THAT(refusals(), testing::AllOf(HasSubstr("another origin"), HasSubstr("another site"),
                                         HasSubstr("did not verify"), HasSubstr("not grown"),
                                         HasSubstr("signature is wrong")));
}

TEST_P(PasskeysTest, AReplayedOrForeignChallengeIsRefused) {
  Browser anna = person("anna", Role::patient, "a");
  const SoftwareAuthenticator phone;
  ASSERT_EQ(add(anna, phone).status, 201U);
  Attempt attempt{.user = account_of("anna")};
  Browser first;
  attempt.challenge = challenge_of(first, "passkey-session");
  const Json body = statement(phone, attempt);
  Browser thief;
  (void)challenge_of(thief, "passkey-session");
  EXPECT_EQ(ask(thief, "POST", "/auth/passkey-session", body).word(), "wrong-credentials")
      << "of another browser";
  Browser none;
  EXPECT_EQ(ask(none, "POST", "/auth/passkey-session", body).word(), "wrong-credentials");
  Browser same = first;
  EXPECT_EQ(ask(first, "POST", "/auth/passkey-session", body).status, 200U);
  EXPECT_EQ(ask(same, "POST", "/auth/passkey-session", body).word(), "wrong-credentials") << "replayed";
  EXPECT_THAT(refusals(), HasSubstr("challenge was used"));
}

TEST_P(PasskeysTest, AnotherAccountsPasskeyIsRefused) {
  Browser anna = person("anna", Role::patient, "a");
  Browser ben = person("ben", Role::patient, "b");
  const SoftwareAuthenticator of_anna{Algorithm::es256, "of anna"};
  const SoftwareAuthenticator of_ben{Algorithm::es256, "of ben"};
  ASSERT_EQ(add(anna, of_anna).status, 201U);
  ASSERT_EQ(add(ben, of_ben).status, 201U);
  EXPECT_EQ(result_of(of_ben, {.user = account_of("anna")}), "wrong-credentials");
  EXPECT_EQ(result_of(SoftwareAuthenticator{Algorithm::es256, "unknown"}, {.user = account_of("anna")}),
            "wrong-credentials");
  const auto id = ask(anna, "GET", "/auth/passkeys").json["passkeys"][0]["id"].get<std::string>();
  EXPECT_EQ(ask(ben, "DELETE", "/auth/passkeys/" + id).status, 404U);
  EXPECT_EQ(ask(ben, "PATCH", "/auth/passkeys/" + id, {{"name", "mine"}}).status, 404U);
  EXPECT_THAT(refusals(), HasSubstr("of another account"));
}

TEST_P(PasskeysTest, FailedAttemptsAreRateLimited) {
  Browser anna = person("anna", Role::patient, "a");
  const SoftwareAuthenticator phone;
  ASSERT_EQ(add(anna, phone).status, 201U);
  const Attempt good{.user = account_of("anna")};
  const SoftwareAuthenticator forged{Algorithm::es256, phone.id()};
  for (int i = 0; i < 5; ++i) EXPECT_EQ(result_of(forged, good), "wrong-credentials");
  EXPECT_EQ(result_of(phone, good), "wait");
  Browser other;
  EXPECT_EQ(enter_password(other, "anna").status, 200U) << "the password is counted by itself";
  restart(quick_options({.burst = 1, .per_second = 0.0001}));
  (void)challenge_of(other = Browser{}, "passkey-session");
  EXPECT_EQ(ask(other, "POST", "/auth/passkey-session/challenge", Json::object()).word(), "wait")
      << "by network address";
}

TEST_P(PasskeysTest, ARemovedOneNoLongerWorks) {
  Browser anna = person("anna", Role::patient, "a");
  const SoftwareAuthenticator phone;
  ASSERT_EQ(add(anna, phone).status, 201U);
  const auto id = ask(anna, "GET", "/auth/passkeys").json["passkeys"][0]["id"].get<std::string>();
  EXPECT_EQ(ask(anna, "PATCH", "/auth/passkeys/" + id, {{"name", "Old phone"}}).status, 204U);
  EXPECT_EQ(ask(anna, "GET", "/auth/passkeys").json["passkeys"][0]["name"], "Old phone");
  EXPECT_EQ(ask(anna, "DELETE", "/auth/passkeys/" + id).status, 204U);
  EXPECT_EQ(ask(anna, "DELETE", "/auth/passkeys/" + id).status, 404U);
  EXPECT_EQ(result_of(phone, {.user = account_of("anna")}), "wrong-credentials");
}

TEST_P(PasskeysTest, TheOwnerIsNotified) {
  Browser anna = person("anna", Role::patient, "a");
  const std::string user = account_of("anna");
  in_database([&](record::Connection& connection) {
    return record::set_mail(connection, user, "anna@example.org").map([] { return true; });
  });
  const SoftwareAuthenticator phone;
  const auto id = add(anna, phone).json["id"].get<std::string>();
  EXPECT_EQ(ask(anna, "DELETE", "/auth/passkeys/" + id, {{"language", "es"}}).status, 204U);
  const auto mails = mails_to("anna@example.org");
  ASSERT_THAT(mails, SizeIs(2));
  EXPECT_THAT(mails[0], HasSubstr("https://clinic.example/account"));
  EXPECT_NE(mails[0], mails[1]) << "in the language of the page";
  std::set<std::string> kinds;
  const auto shown = ask(anna, "GET", "/auth/events");
  for (const auto& event : shown.json["events"]) kinds.insert(event["kind"]);
  EXPECT_EQ(kinds, (std::set<std::string>{"passkey-added", "passkey-removed"}));
}

TEST_P(PasskeysTest, ADisabledAccountsPasskeyIsRefused) {
  Browser anna = person("anna", Role::patient, "a");
  const SoftwareAuthenticator phone;
  ASSERT_EQ(add(anna, phone).status, 201U);
  const std::string user = account_of("anna");
  in_database([&](record::Connection& connection) {
    return record::set_disabled(connection, user, true).map([] { return true; });
  });
  EXPECT_EQ(result_of(phone, {.user = user}), "wrong-credentials");
}

TEST_P(PasskeysTest, AreOfferedWhereBrowsersMakeThem) {
  Browser browser;
  EXPECT_EQ(ask(browser, "GET", "/auth/session").json["passkeys"], kOrigin);
  auto options = quick_options();
  options.public_url = "https://192.168.1.20";
  restart(options);
  browser.host = "localhost:8080";
  EXPECT_FALSE(ask(browser, "GET", "/auth/session").json.contains("passkeys"));
  EXPECT_EQ(ask(browser, "POST", "/auth/passkey-session/challenge", Json::object()).status, 409U);
  options.public_url = "";
  restart(options);
  EXPECT_EQ(ask(browser, "GET", "/auth/session").json["passkeys"], "https://localhost:8080");
  for (const char* host : {"192.168.1.20", "clinic.example", "localhost.evil.example", "127.0.0.1:8080"}) {
    browser.host = host;
    EXPECT_FALSE(ask(browser, "GET", "/auth/session").json.contains("passkeys")) << host;
  }
}

TEST_P(PasskeysTest, ASessionThatStaysIsForPatients) {
  auto options = quick_options();
  options.stay = {.idle_us = 86'400'000'000, .longest_us = 172'800'000'000};
  restart(options);
  Browser anna = person("anna", Role::patient, "a");
  const SoftwareAuthenticator phone;
  ASSERT_EQ(add(anna, phone).status, 201U);
  Browser later;
  Json body =
      statement(phone, {.challenge = challenge_of(later, "passkey-session"), .user = account_of("anna")});
  body["stay"] = true;
  const auto entered = ask(later, "POST", "/auth/passkey-session", body);
  ASSERT_EQ(entered.status, 200U) << entered.json.dump();
  EXPECT_THAT(entered.set_cookie, HasSubstr("Max-Age="));
}

INSTANTIATE_TEST_SUITE_P(On, PasskeysTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server

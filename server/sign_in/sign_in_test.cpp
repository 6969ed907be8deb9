#include "server/sign_in/sign_in.h"

#include <gmock/gmock.h>

#include "record/access/invitation.h"
#include "record/access/totp.h"
#include "server/api/api.h"
#include "server/sign_in/first_administrator.h"
#include "tests/support/test_record.h"

namespace reprise::server {
namespace {

using fhir::Json;
using record::Role;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr const char* kPassword = "a long enough one 1";

/// A browser: it keeps the cookie, and knows the token of its session's pages.
struct Browser {
  std::string cookie;
  std::string csrf;
  std::string address = "127.0.0.1";
};

struct Answer {
  unsigned status = 0;
  Json json;
  std::string retry_after;
  std::string word() const {  // why it was refused
    return json.is_object() ? json.value("/issue/0/details/coding/0/code"_json_pointer, std::string{}) : "";
  }
};

class SignInTest : public record::OnBothDatabases {
 protected:
  Answer ask(Browser& browser, const std::string& method, const std::string& target, const Json& body = {},
             const char* type = "application/json") {
    return send(browser,
                {method, target, {{"content-type", type}}, body.is_null() ? "" : body.dump(), {}, true});
  }
  Answer send(Browser& browser, http::Request request) {
    request.fields.push_back({"host", "clinic.example"});
    if (!browser.cookie.empty()) request.fields.push_back({"cookie", "a=b; " + browser.cookie});
    if (!browser.csrf.empty()) request.fields.push_back({"x-csrf-token", browser.csrf});
    request.remote_address = browser.address;
    std::promise<http::Response> answered;
    auto respond = [&](http::Response response) { answered.set_value(std::move(response)); };
    if (request.target.rfind("/fhir", 0) == 0) {
      api_->handle(std::move(request), respond);
    } else {
      sign_in_->handle(std::move(request), respond);
    }
    const auto response = answered.get_future().get();
    if (const auto* kept = http::find_field(response.fields, "set-cookie")) {
      browser.cookie = kept->substr(0, kept->find(';'));
      EXPECT_THAT(*kept, HasSubstr("; Path=/; HttpOnly; SameSite=Strict; Secure"));
    }
    Answer answer{response.status, Json::parse(response.body, nullptr, false), {}};
    if (const auto* wait = http::find_field(response.fields, "retry-after")) answer.retry_after = *wait;
    const Json session =
        answer.json.is_object() && answer.json.contains("session") ? answer.json["session"] : answer.json;
    if (session.is_object() && session.contains("csrf")) browser.csrf = session["csrf"];
    return answer;
  }

  template <class Work>
  auto in_database(Work work) {
    const auto connection = database_.open();
    EXPECT_TRUE(connection->begin_writing());
    auto result = work(*connection);
    EXPECT_TRUE(connection->commit());
    return result.value();
  }
  /// The texts of the mails that wait for somebody.
  std::vector<std::string> mails_to(const std::string& address) {
    const auto connection = database_.open();
    std::vector<std::string> texts;
    const std::array<record::Value, 1> whom = {std::string_view{address}};
    EXPECT_TRUE(connection->query("SELECT body FROM outbox WHERE recipient = $1", whom, [&](record::Row row) {
      return texts.emplace_back(std::get<std::string_view>(row[0])), true;
    }));
    return texts;
  }
  record::Account make(const std::string& name, Role role, const std::string& person) {
    return in_database([&](record::Connection& connection) {
      return record::create_account(connection, {name, role, person}, now());
    });
  }
  static std::int64_t now() { return record::milliseconds_now() * 1000; }

  void accept(const record::Account& account) {
    const auto secret = in_database([&](record::Connection& connection) {
      return record::invite(connection, account.id, account.id, now());
    });
    Browser browser;
    const auto accepted = ask(browser, "POST", "/auth/invitation/acceptance",
                              {{"secret", secret.text}, {"password", kPassword}});
    ASSERT_EQ(accepted.status, 200U) << accepted.json.dump();
    EXPECT_EQ(accepted.json["name"], account.name);
  }
  Answer enter_password(Browser& browser, const std::string& name, const std::string& password = kPassword) {
    return ask(browser, "POST", "/auth/session", {{"name", name}, {"password", password}});
  }
  /// A code that counts: each does so once, so each further one is that of a later step.
  std::string code(const std::string& base32, std::int64_t later = 0) {
    return record::totp_code(*record::parse_totp_secret(base32), record::totp_step_at(now()) + later);
  }
  struct Enrolled {
    std::string secret;
    std::vector<std::string> codes;
  };
  Enrolled enrol(Browser& browser) {
    const auto begun = ask(browser, "POST", "/auth/enrolment", Json::object());
    EXPECT_EQ(begun.status, 200U) << begun.json.dump();
    const std::string secret = begun.json.value("secret", "");
    EXPECT_THAT(begun.json.value("qr", ""), ::testing::StartsWith("<svg"));
    const auto confirmed = ask(browser, "POST", "/auth/enrolment/confirmation", {{"code", code(secret, -1)}});
    EXPECT_EQ(confirmed.status, 200U) << confirmed.json.dump();
    return {secret, confirmed.json["recoveryCodes"].get<std::vector<std::string>>()};
  }
  /// Somebody who is signed in with all that is needed.
  Browser person(const std::string& name, Role role, const std::string& id) {
    accept(make(name, role, id));
    Browser browser;
    EXPECT_EQ(enter_password(browser, name).status, 200U);
    if (needs_second_factor(role)) (void)enrol(browser);
    EXPECT_EQ(ask(browser, "GET", "/auth/session").json["stage"], "full");
    return browser;
  }
  void put(const std::string& type, const std::string& id, Json rest) {
    Json resource = {{"resourceType", type}, {"id", id}};
    resource.update(rest);
    Browser nobody;
    http::Request request{
        "PUT", "/fhir/" + type + "/" + id, {{"content-type", "application/fhir+json"}}, resource.dump(), {},
        true};
    std::promise<http::Response> answered;
    open_api_->handle(std::move(request),
                      [&](http::Response response) { answered.set_value(std::move(response)); });
    EXPECT_EQ(answered.get_future().get().status, 201U);
  }
  /// Two patients, each with a clinician.
  void fill() {
    for (const std::string who : {"a", "b"}) {
      put("Practitioner", "dr-" + who, Json::object());
      put("Patient", who, {{"active", true}});
      put("CareTeam", "team-" + who,
          {{"status", "active"},
           {"subject", {{"reference", "Patient/" + who}}},
           {"participant", {{{"member", {{"reference", "Practitioner/dr-" + who}}}}}}});
    }
  }

  std::unique_ptr<record::Record> record_ = open_record(record_options(database_));
  std::shared_ptr<Api> api_ = std::make_shared<Api>(*record_, ApiOptions{});
  std::shared_ptr<Api> open_api_ =
      std::make_shared<Api>(*record_, ApiOptions{.sign_in = false, .public_base = {}});
  std::unique_ptr<SignIn> sign_in_ =
      std::make_unique<SignIn>(*record_, SignInOptions{.public_url = {},
                                                       .network_url = {},
                                                       .sends_mail = true,
                                                       .password_cost = {1, 8192},
                                                       .addresses = {.burst = 1000}});

  void TearDown() override { end(); }
  void end() {
    if (!sign_in_) return;
    sign_in_->end();
    record_.reset();
    sign_in_.reset();
  }
};

TEST_P(SignInTest, TheFirstAdministratorComesByALinkAndEnrols) {
  const auto secret = in_database(
      [&](record::Connection& connection) { return invite_first_administrator(connection, now()); });
  ASSERT_TRUE(secret);
  Browser browser;
  EXPECT_EQ(ask(browser, "GET", "/auth/session").json, Json({{"stage", "none"}}));
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

TEST_P(SignInTest, WrongNamesAndPasswordsLookAlikeAndMustWait) {
  accept(make("anna", Role::patient, "a"));
  for (const char* name : {"anna", "nobody"}) {
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
    EXPECT_EQ(enter_password(forged, "ben").word(), "csrf") << "nobody is led into another session";
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

TEST_P(SignInTest, CliniciansManageTheirPatientsAccountsAndNoOthers) {
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

TEST_P(SignInTest, AdministratorsManageAllAccountsButNotThemselvesOut) {
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
      ask(root, "POST", "/auth/accounts", {{"name", "z"}, {"role", "patient"}, {"person", "nobody"}}).word(),
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
  EXPECT_EQ(ask(root, "GET", "/fhir/Patient/a").status, 403U) << "no clinical content";
}

TEST_P(SignInTest, BrokenGlassLetsInIsRecordedAndTold) {
  fill();
  Browser doctor = person("dr", Role::clinician, "dr-a");
  Browser patient = person("ben", Role::patient, "b");
  EXPECT_EQ(ask(doctor, "GET", "/fhir/Patient/b").status, 404U);
  EXPECT_EQ(ask(doctor, "POST", "/auth/emergency", {{"patient", "b"}, {"reason", "short"}}).word(),
            "invalid");
  EXPECT_EQ(
      ask(doctor, "POST", "/auth/emergency", {{"patient", "nobody"}, {"reason", "collapsed in the hall"}})
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
    const auto told = ask(*who, "GET", "/auth/emergency").json["accesses"];
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0]["by"], "dr");
    EXPECT_EQ(told[0]["reason"], "collapsed in the hall");
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

TEST_P(SignInTest, TokensOfAnAccountMayWhatItMayAtMost) {
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

TEST_P(SignInTest, AdministratorsErasePatients) {
  fill();
  Browser root = person("root", Role::administrator, "");
  Browser doctor = person("dr", Role::clinician, "dr-a");
  Browser patient = person("anna", Role::patient, "a");
  const Json wanted = {{"patient", "a"}, {"reason", "asked for it in writing"}};
  EXPECT_EQ(ask(doctor, "POST", "/auth/erasure", wanted).word(), "not-allowed");
  EXPECT_EQ(ask(root, "POST", "/auth/erasure", {{"patient", "a"}, {"reason", "short"}}).word(), "invalid");
  EXPECT_EQ(ask(root, "POST", "/auth/erasure", {{"patient", "nobody"}, {"reason", "asked for it in writing"}})
                .status,
            404U);
  const auto erased = ask(root, "POST", "/auth/erasure", wanted);
  ASSERT_EQ(erased.status, 200U) << erased.json.dump();
  EXPECT_EQ(erased.json, Json({{"resources", 2}, {"versions", 0}, {"shared", 0}, {"accounts", 1}}));
  EXPECT_EQ(ask(doctor, "GET", "/fhir/Patient/a").status, 404U);
  EXPECT_EQ(ask(patient, "GET", "/auth/session").json["stage"], "none") << "the account is gone";
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

TEST_P(SignInTest, RefusesWhatItDoesNotUnderstand) {
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
  end();
  record_ = open_record(record_options(database_));
  sign_in_ = std::make_unique<SignIn>(
      *record_,
      SignInOptions{
          .public_url = {}, .network_url = {}, .password_cost = {1, 8192}, .addresses = {.burst = 3}});
  Browser browser;
  for (int i = 0; i < 3; ++i) EXPECT_EQ(enter_password(browser, "n" + std::to_string(i)).status, 401U);
  EXPECT_EQ(enter_password(browser, "n").status, 429U);
  EXPECT_EQ(ask(browser, "POST", "/auth/invitation", {{"secret", "x"}}).status, 429U);
  browser.address = "192.0.2.9";
  EXPECT_EQ(enter_password(browser, "n").status, 401U);
}

INSTANTIATE_TEST_SUITE_P(On, SignInTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server

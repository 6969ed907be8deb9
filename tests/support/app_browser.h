// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests only.

#include <gmock/gmock.h>

#include "record/accounts/invitation.h"
#include "record/accounts/totp.h"
#include "record/audit/entry.h"
#include "server/accounts/routes.h"
#include "server/administration/administration.h"
#include "server/app_api/app_api.h"
#include "server/fhir_api/api.h"
#include "tests/support/search_token.h"
#include "tests/support/test_record.h"

namespace reprise::server {

using record::Role;

constexpr const char* kPassword = "a long enough one 1";

/// A browser: it keeps the cookie, and knows the token of its session's pages.
struct Browser {
  std::string cookie;
  std::string csrf;
  std::string address = "127.0.0.1";
  std::string host = "clinic.example";
};

struct Answer {
  unsigned status = 0;
  Json json;
  std::string retry_after;
  std::string set_cookie = {};
  std::string word() const {  // why it was refused
    return json.is_object() ? json.value("/issue/0/details/coding/0/code"_json_pointer, std::string{}) : "";
  }
};

/// People with browsers, before a record of two patients with a clinician each.
class AppTest : public record::OnBothDatabases {
 protected:
  Answer ask(Browser& browser, const std::string& method, const std::string& target, const Json& body = {},
             const char* type = "application/json") {
    return send(browser,
                {method, target, {{"content-type", type}}, body.is_null() ? "" : body.dump(), {}, true});
  }
  Answer send(Browser& browser, http::Request request) {
    request.fields.push_back({"host", browser.host});
    if (!browser.cookie.empty()) request.fields.push_back({"cookie", "a=b; " + browser.cookie});
    if (!browser.csrf.empty()) request.fields.push_back({"x-csrf-token", browser.csrf});
    request.remote_address = browser.address;
    std::promise<http::Response> answered;
    auto respond = [&](http::Response response) { answered.set_value(std::move(response)); };
    if (request.target.rfind("/fhir", 0) == 0) {
      api_->handle(std::move(request), respond);
    } else {
      app_->handle(std::move(request), respond);
    }
    const auto response = answered.get_future().get();
    if (const auto* kept = http::find_field(response.fields, "set-cookie")) {
      browser.cookie = kept->substr(0, kept->find(';'));
      EXPECT_THAT(*kept, ::testing::HasSubstr("; Path=/; HttpOnly; SameSite=Strict; Secure"));
    }
    Answer answer{response.status, Json::parse(response.body, nullptr, false), {}};
    if (const auto* kept = http::find_field(response.fields, "set-cookie")) answer.set_cookie = *kept;
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
  /// Returns the texts of the queued mails to an address.
  std::vector<std::string> mails_to(const std::string& address) {
    const auto connection = database_.open();
    std::vector<std::string> texts;
    const std::array<record::Value, 1> whom = {std::string_view{address}};
    EXPECT_TRUE(connection->query("SELECT body FROM outbox WHERE recipient = $1", whom, [&](record::Row row) {
      return texts.emplace_back(std::get<std::string_view>(row[0])), true;
    }));
    return texts;
  }
  /// Returns the audit log's entries; closes the record before.
  std::vector<record::AuditEntry> events() {
    end();
    const auto connection = database_.open();
    std::vector<record::AuditEntry> all;
    EXPECT_TRUE(
        connection->query("SELECT entry FROM audit_entry ORDER BY sequence", {}, [&](record::Row row) {
          return all.push_back(record::decode_entry(std::get<std::string_view>(row[0])).value()), true;
        }));
    return all;
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
  /// Signs in a new user with password and second factor.
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
    EXPECT_EQ(put_by_program(resource), 201U);
  }
  /// By a program that may do everything; the status.
  unsigned put_by_program(const Json& resource) {
    http::Request request{
        "PUT",
        "/fhir/" + resource["resourceType"].get<std::string>() + "/" + resource["id"].get<std::string>(),
        {{"content-type", "application/fhir+json"}},
        resource.dump(),
        {},
        true};
    std::promise<http::Response> answered;
    open_api_->handle(std::move(request),
                      [&](http::Response response) { answered.set_value(std::move(response)); });
    return answered.get_future().get().status;
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
  std::unique_ptr<Administration> administration_;
  std::unique_ptr<AppApi> app_ = app_api({.public_url = "https://clinic.example",
                                          .network_url = {},
                                          .sends_mail = true,
                                          .password_cost = {1, 8192},
                                          .addresses = {.burst = 1000}});

  std::unique_ptr<AppApi> app_api(AppApiOptions options, AdministrationServices services = {}) {
    administration_ = std::make_unique<Administration>(std::move(services));
    std::vector<Route> routes = account_routes();
    for (Route& route : administration_->routes()) routes.push_back(std::move(route));
    return std::make_unique<AppApi>(*record_, std::move(options), std::move(routes));
  }

  /// Options with quick passwords and the public address that tests use.
  static AppApiOptions quick_options(record::RateLimit addresses = {.burst = 1000}) {
    return {.public_url = "https://clinic.example",
            .network_url = {},
            .sends_mail = true,
            .password_cost = {1, 8192},
            .addresses = addresses};
  }
  /// Serves the routes of accounts and these.
  void serve_also(std::vector<Route> more, AppApiOptions options) {
    std::vector<Route> routes = account_routes();
    for (Route& route : more) routes.push_back(std::move(route));
    app_->end();
    app_ = std::make_unique<AppApi>(*record_, std::move(options), std::move(routes));
  }

  void restart(AppApiOptions options) {
    end();
    record_ = open_record(record_options(database_));
    app_ = app_api(std::move(options));
    api_ = std::make_shared<Api>(*record_, ApiOptions{});
    open_api_ = std::make_shared<Api>(*record_, ApiOptions{.sign_in = false, .public_base = {}});
  }

  void TearDown() override { end(); }
  void end() {
    if (!app_) return;
    administration_->end();
    app_->end();
    record_.reset();
    app_.reset();
  }
};

}  // namespace reprise::server

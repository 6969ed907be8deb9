// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests only.

#include "record/accounts/account.h"
#include "record/accounts/api_token.h"
#include "server/fhir_api/api.h"
#include "tests/support/search_token.h"
#include "tests/support/test_record.h"

namespace reprise::server {

/// A record in which people and programs have tokens.
class SignedInTest : public record::OnBothDatabases {
 protected:
  struct Answer {
    unsigned status;
    fhir::Json json;
  };

  Answer ask(const std::string& token, const std::string& method, const std::string& target,
             const std::string& body = "", const char* type = "application/fhir+json",
             const std::string& prefer = "") {
    std::vector<http::Field> fields = {{"content-type", type}, {"host", "localhost"}};
    if (!token.empty()) fields.push_back({"authorization", "Bearer " + token});
    if (!prefer.empty()) fields.push_back({"prefer", prefer});
    std::promise<http::Response> answered;
    api_->handle({method, "/fhir" + target, std::move(fields), body, address_, false},
                 [&](http::Response response) { answered.set_value(std::move(response)); });
    const auto response = answered.get_future().get();
    return {response.status, fhir::Json::parse(response.body, nullptr, false)};
  }
  void put(const std::string& target, const std::string& rest) {
    const auto slash = target.find('/');
    const auto put = ask(program_, "PUT", "/" + target,
                         R"({"resourceType":")" + target.substr(0, slash) + R"(","id":")" +
                             target.substr(slash + 1) + "\"" + rest + "}");
    ASSERT_LT(put.status, 300U) << put.json.dump();
  }
  std::string token_of(const std::string& account, std::string_view scopes, const std::string& patient = "") {
    const auto connection = database_.open();
    EXPECT_TRUE(connection->begin_writing());
    const auto made = record::create_token(*connection,
                                           {.name = "t",
                                            .account = account,
                                            .scopes = *record::parse_scopes(scopes),
                                            .patient = patient,
                                            .ends_us = {}},
                                           1);
    EXPECT_TRUE(made) << to_string(made.error());
    EXPECT_TRUE(connection->commit());
    return made->text;
  }
  std::string person_token(record::Role role, const std::string& person) {
    const auto connection = database_.open();
    EXPECT_TRUE(connection->begin_writing());
    const auto account = record::create_account(*connection, {"login-" + person, role, person}, 1);
    EXPECT_TRUE(account) << to_string(account.error());
    EXPECT_TRUE(connection->commit());
    return token_of(account->id, "user/*.cruds");
  }
  static std::string observation(const std::string& patient) {
    return R"(,"status":"final","code":{"text":"x"},"subject":{"reference":"Patient/)" + patient + "\"}";
  }
  static std::size_t entries(const Answer& answer) {
    return answer.json.value("entry", fhir::Json::array()).size();
  }
  /// A patient, and the clinician who cares for that one.
  void put_patient_with_clinician(const std::string& patient) {
    put("Practitioner/dr-" + patient, "");
    put("Patient/" + patient, R"(,"active":true)");
    put("CareTeam/team-" + patient, R"(,"status":"active","subject":{"reference":"Patient/)" + patient +
                                        R"("},"participant":[{"member":{"reference":"Practitioner/dr-)" +
                                        patient + "\"}}]");
  }

  std::unique_ptr<record::Record> record_ = open_record(record_options(database_));
  std::shared_ptr<Api> api_ = std::make_shared<Api>(*record_, ApiOptions{});
  std::string program_ = token_of("", "system/*.cruds");
  std::string address_ = "127.0.0.1";
};

}  // namespace reprise::server

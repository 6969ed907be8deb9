// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests only.

#include "server/fhir_api/api.h"
#include "tests/support/test_record.h"

namespace reprise::server {

struct Answer {
  unsigned status;
  fhir::Json json;
  std::string text;
  http::Response response;

  [[nodiscard]] std::string field(std::string_view name) const {
    const auto* value = http::find_field(response.fields, name);
    return value != nullptr ? *value : "";
  }
};

/// A record without sign-in, and its API.
class OpenApiTest : public record::OnBothDatabases {
 protected:
  Answer ask(const std::string& method, const std::string& target, const std::string& body = "",
             std::vector<http::Field> fields = {}) {
    if (!body.empty() && http::find_field(fields, "content-type") == nullptr) {
      fields.push_back({"content-type", "application/fhir+json"});
    }
    fields.push_back({"host", "localhost:1"});
    std::promise<http::Response> answered;
    api_->handle({method, "/fhir" + target, std::move(fields), body, "127.0.0.1", false},
                 [&](http::Response response) { answered.set_value(std::move(response)); });
    Answer answer{0, {}, {}, answered.get_future().get()};
    answer.status = answer.response.status;
    answer.text = answer.response.body;
    answer.json = fhir::Json::parse(answer.text, nullptr, false);
    return answer;
  }
  std::string create(const std::string& type, const std::string& rest) {
    const auto made = ask("POST", "/" + type, R"({"resourceType":")" + type + "\"" + rest + "}");
    EXPECT_EQ(made.status, 201U) << made.text;
    return made.json.value("id", "");
  }

  /// What the base answers to a transaction of these entries.
  Answer transact(const std::string& entries) {
    return ask("POST", "", R"({"resourceType":"Bundle","type":"transaction","entry":[)" + entries + "]}");
  }

  std::unique_ptr<record::Record> record_ = open_record(record_options(database_));
  std::shared_ptr<Api> api_ =
      std::make_shared<Api>(*record_, ApiOptions{.base_path = "/fhir", .sign_in = false, .public_base = {}});
};

}  // namespace reprise::server

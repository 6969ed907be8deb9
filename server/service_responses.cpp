// SPDX-License-Identifier: Apache-2.0
#include "server/service_responses.h"

#include <array>

#include "fhir/model/operation_outcome.h"
#include "server/fhir_api/answer.h"
#include "server/pages/page_answer.h"
#include "server/pages/start_page.h"

namespace reprise::server {
namespace {

fhir::IssueType issue_of(unsigned status) {
  switch (status) {
    case 404: return fhir::IssueType::not_found;
    case 413:
    case 414:
    case 431: return fhir::IssueType::too_long;
    case 503: return fhir::IssueType::transient;
    default: return fhir::IssueType::structure;
  }
}

}  // namespace

void add_security(http::Response& response, bool secure) {
  // Fields set by the response itself, such as the policy of a page with scripts, stay.
  const auto add = [&](const char* name, const char* value) {
    if (http::find_field(response.fields, name) == nullptr) response.fields.push_back({name, value});
  };
  add("x-content-type-options", "nosniff");
  add("referrer-policy", "no-referrer");
  add("content-security-policy", kContentSecurityPolicy);
  add("cross-origin-resource-policy", "same-origin");
  add("cache-control", "no-store");
  if (secure) add(http::kStrictTransport.name.c_str(), http::kStrictTransport.value.c_str());
}

http::Response refused_request(unsigned status, std::string_view reason) {
  const std::array<fhir::Issue, 1> issues = {
      fhir::Issue{fhir::Severity::error, issue_of(status), std::string{reason}, ""}};
  auto response = answer(status, fhir::operation_outcome(issues).dump());
  add_security(response, false);
  return response;
}

http::Response text_response(const char* media_type, std::string text, unsigned status) {
  return {status, {{"content-type", media_type}}, std::move(text)};
}

}  // namespace reprise::server

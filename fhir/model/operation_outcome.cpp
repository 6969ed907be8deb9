// SPDX-License-Identifier: Apache-2.0
#include "fhir/model/operation_outcome.h"

namespace reprise::fhir {
namespace {

Json as_json(const Issue& issue) {
  Json json = {{"severity", to_string(issue.severity)},
               {"code", to_string(issue.code)},
               {"diagnostics", issue.diagnostics}};
  if (!issue.expression.empty()) json["expression"] = Json::array({issue.expression});
  return json;
}

}  // namespace

Json operation_outcome(std::span<const Issue> issues) {
  Json list = Json::array();
  for (const Issue& issue : issues) list.push_back(as_json(issue));
  if (list.empty()) {
    list.push_back(as_json({Severity::information, IssueType::informational, "no problem found", ""}));
  }
  return {{"resourceType", "OperationOutcome"}, {"issue", std::move(list)}};
}

Issue to_issue(const Error& error) {
  const auto code = [&] {
    switch (error.code) {
      case ErrorCode::corrupt: return IssueType::structure;
      case ErrorCode::not_found: return IssueType::not_found;
      case ErrorCode::unsupported: return IssueType::not_supported;
      default: return IssueType::exception;
    }
  }();
  return {Severity::fatal, code, error.stage + ": " + error.cause + ". What to do: " + error.remedy, ""};
}

}  // namespace reprise::fhir

// SPDX-License-Identifier: Apache-2.0
#include "fhir/model/issue.h"

namespace reprise::fhir {

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::fatal: return "fatal";
    case Severity::error: return "error";
    case Severity::information: return "information";
  }
  return "";
}

std::string_view to_string(IssueType code) {
  switch (code) {
    case IssueType::structure: return "structure";
    case IssueType::required: return "required";
    case IssueType::value: return "value";
    case IssueType::invariant: return "invariant";
    case IssueType::code_invalid: return "code-invalid";
    case IssueType::not_supported: return "not-supported";
    case IssueType::not_found: return "not-found";
    case IssueType::too_costly: return "too-costly";
    case IssueType::exception: return "exception";
    case IssueType::deleted: return "deleted";
    case IssueType::conflict: return "conflict";
    case IssueType::multiple_matches: return "multiple-matches";
    case IssueType::business_rule: return "business-rule";
    case IssueType::forbidden: return "forbidden";
    case IssueType::login: return "login";
    case IssueType::too_long: return "too-long";
    case IssueType::throttled: return "throttled";
    case IssueType::transient: return "transient";
    case IssueType::informational: return "informational";
  }
  return "";
}

std::string to_string(const Issue& issue) {
  return issue.expression.empty() ? issue.diagnostics : issue.expression + ": " + issue.diagnostics;
}

}  // namespace reprise::fhir

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace reprise::fhir {

/// The used codes of http://hl7.org/fhir/issue-severity.
enum class Severity { fatal, error, information };

/// The used codes of http://hl7.org/fhir/issue-type.
enum class IssueType {
  structure,         ///< invalid fields or JSON
  required,          ///< something is missing
  value,             ///< not in the format of its type
  invariant,         ///< contradicting parts
  code_invalid,      ///< not one of the required codes
  not_supported,     ///< valid FHIR, but not supported here
  not_found,         ///< the target of a reference does not exist
  too_costly,        ///< the check stopped
  exception,         ///< the check or the request failed
  deleted,           ///< the resource is deleted
  conflict,          ///< another request changed it
  multiple_matches,  ///< several matches instead of one
  business_rule,     ///< a rule of this record
  forbidden,         ///< the principal is not authorized
  login,             ///< the principal is not authenticated
  too_long,          ///< over the size limit
  throttled,         ///< over the rate limit
  transient,         ///< temporary; retry later
  informational,
};

/// A problem of a resource. The texts contain names of elements, but no content.
struct Issue {
  Severity severity;
  IssueType code;
  std::string diagnostics;  ///< a plain sentence
  std::string expression;   ///< its place as FHIRPath, "Patient.name[0].family"; empty for the whole resource
};

/// Returns HL7's codes: "error", "code-invalid".
[[nodiscard]] std::string_view to_string(Severity severity);
[[nodiscard]] std::string_view to_string(IssueType code);

/// Writes "Patient.birthDate: must be a date …", on one line.
[[nodiscard]] std::string to_string(const Issue& issue);

}  // namespace reprise::fhir

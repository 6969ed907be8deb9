#pragma once

#include <string>
#include <string_view>

namespace reprise::fhir {

/// http://hl7.org/fhir/issue-severity, as far as it is used.
enum class Severity { fatal, error, information };

/// http://hl7.org/fhir/issue-type, as far as it is used.
enum class IssueType {
  structure,         ///< fields or JSON that cannot be
  required,          ///< something is missing
  value,             ///< written otherwise than its type wants
  invariant,         ///< parts that contradict each other
  code_invalid,      ///< not among the codes that must be used
  not_supported,     ///< valid FHIR, but not known here
  not_found,         ///< what is referred to is not there
  too_costly,        ///< the check stopped
  exception,         ///< it could not be checked or done
  deleted,           ///< it is no longer there
  conflict,          ///< somebody else changed it
  multiple_matches,  ///< there are several where one is meant
  business_rule,     ///< a rule of this record
  forbidden,         ///< whoever asks may not
  login,             ///< whoever asks must say who that is
  too_long,          ///< larger than is taken
  throttled,         ///< too often
  transient,         ///< not now
  informational,
};

/// One thing that is wrong with a resource. The texts hold nothing of its content but the names of elements.
struct Issue {
  Severity severity;
  IssueType code;
  std::string diagnostics;  ///< a plain sentence
  std::string expression;   ///< where, as FHIRPath: "Patient.name[0].family"; empty where the whole is meant
};

/// The codes of HL7: "error", "code-invalid".
[[nodiscard]] std::string_view to_string(Severity severity);
[[nodiscard]] std::string_view to_string(IssueType code);

/// "Patient.birthDate: must be a date …", on one line.
[[nodiscard]] std::string to_string(const Issue& issue);

}  // namespace reprise::fhir

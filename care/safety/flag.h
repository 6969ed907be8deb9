#pragma once

#include <optional>
#include <string>

#include "care/safety/patient_reported.h"
#include "care/safety/safety.h"
#include "fhir/fields/fields.h"

// What a clinic is to be told of. The server alone writes these: devices and pages write what was said.
namespace reprise::care {

/// A resource of the record that says something about safety.
struct SafetyStatement {
  std::string patient;
  std::string when;  ///< as FHIR writes times
  SafetyFacts facts;
  std::string exercise;    ///< id of the ServiceRequest that it is about; empty: it does not say
  std::string answers;     ///< identifier of a QuestionnaireResponse, "urn:uuid:…"
  std::string takes_back;  ///< that of the earlier answers that these take back; empty: of none
  bool simulated = false;
};

/// Nothing: it says nothing of the kind, does not count (a draft, an error), or comes of answers that say it
/// themselves.
[[nodiscard]] std::optional<SafetyStatement> statement_of(const Json& resource);

/// Whether an Observation of pain, as said.h makes it; its value.
[[nodiscard]] std::optional<int> pain_of(const Json& observation);

/// When the pain of such an Observation was felt; nothing where it does not say.
[[nodiscard]] std::optional<Moment> moment_of_pain(const Json& observation);

/// As a Flag's code names it: "red-flag", "pain-over-limit", …
[[nodiscard]] const char* code_of(SafetyReason reason);

/// The Flag of a statement, with what it puts on hold. `evidence`: the resource that says it, "TYPE/ID";
/// `identifier`: of the Flag; `now`: an instant, by the record's clock.
[[nodiscard]] Json flag_of(const SafetyStatement& statement, const SafetyVerdict& verdict,
                           const std::string& evidence, const std::string& identifier,
                           const std::string& now);

}  // namespace reprise::care

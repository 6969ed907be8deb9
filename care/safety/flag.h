// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "care/safety/patient_reported.h"
#include "care/safety/safety.h"
#include "fhir/fields/fields.h"

// Safety alerts to the clinic. Only the server writes these Flags; devices and pages write the statements.
namespace reprise::care {

/// A resource of the record that says something about safety.
struct SafetyStatement {
  std::string patient;
  std::string when;  ///< a FHIR dateTime
  SafetyFacts facts;
  std::string exercise;    ///< id of the ServiceRequest it is about; empty if it names none
  std::string answers;     ///< identifier of a QuestionnaireResponse, "urn:uuid:…"
  std::string takes_back;  ///< identifier of the earlier answers that these withdraw; empty if of none
  bool simulated = false;
};

/// Reads the safety statement of a resource. Empty if it has none, does not count (a draft, an error), or
/// derives from answers that state it themselves.
[[nodiscard]] std::optional<SafetyStatement> statement_of(const Json& resource);

/// Returns the pain value of an Observation as patient_reported.h builds it; empty if it is no such
/// Observation.
[[nodiscard]] std::optional<int> pain_of(const Json& observation);

/// Returns when the pain of such an Observation was felt; empty if it does not say.
[[nodiscard]] std::optional<Moment> moment_of_pain(const Json& observation);

/// Returns the code in the Flag: "red-flag", "pain-over-limit", "limit-passed-heart-rate", …
[[nodiscard]] std::string code_of(const SafetyFinding& finding);

/// Builds the Flag of a statement, with its hold. `evidence`: the stating resource, "TYPE/ID"; `identifier`:
/// of the Flag; `now`: an instant, by the record's clock.
[[nodiscard]] Json flag_of(const SafetyStatement& statement, const SafetyVerdict& verdict,
                           const std::string& evidence, const std::string& identifier,
                           const std::string& now);

}  // namespace reprise::care

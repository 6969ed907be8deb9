// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "fhir/fields/fields.h"
#include "fhir/profiles/vocabulary.h"

// Reads what programmes, scores and trajectories need of an Observation or a Procedure.
namespace reprise::care {

/// Returns the code of this system; empty if there is none.
[[nodiscard]] inline std::string_view code_in(const fhir::Json* codeable, std::string_view system) {
  if (codeable == nullptr) return {};
  for (const fhir::Json& coding : json::list_of(*codeable, "coding")) {
    if (json::text_of(coding, "system") == system) return json::text_of(coding, "code");
  }
  return {};
}

/// Returns "left", "right", or empty.
[[nodiscard]] inline std::string side_in(const fhir::Json* body_site) {
  const std::string_view code = code_in(body_site, fhir::kSnomed);
  return code == fhir::kSnomedLeft ? "left" : code == fhir::kSnomedRight ? "right" : "";
}

/// Returns the component with this code of ours; null if there is none.
[[nodiscard]] inline const fhir::Json* component_in(const fhir::Json& observation, std::string_view code) {
  for (const fhir::Json& component : json::list_of(observation, "component")) {
    if (code_in(json::field(component, "code"), fhir::kObservation) == code) return &component;
  }
  return nullptr;
}

/// Returns which of several it is of, as a test or a muscle; empty: of the whole.
[[nodiscard]] inline std::string_view part_in(const fhir::Json& observation) {
  const fhir::Json* part = component_in(observation, "part");
  return part == nullptr ? std::string_view{} : json::text_of(*part, "valueString");
}

/// Returns the identifier of the session that it was measured in; empty if there is none.
[[nodiscard]] inline std::string session_in(const fhir::Json& observation) {
  for (const fhir::Json& identifier : json::list_of(observation, "identifier")) {
    if (json::text_of(identifier, "system") == fhir::kSession)
      return std::string{json::text_of(identifier, "value")};
  }
  return {};
}

/// Whether an Observation is one to rely on, not a draft and no error.
[[nodiscard]] inline bool counts(const fhir::Json& observation) {
  const std::string_view status = json::text_of(observation, "status");
  return status == "final" || status == "amended" || status == "corrected";
}

/// Whether a Procedure was done, wholly or in part: not one that is planned, under way or an error.
[[nodiscard]] inline bool was_done(const fhir::Json& procedure) {
  const std::string_view status = json::text_of(procedure, "status");
  return status == "completed" || status == "stopped";
}

}  // namespace reprise::care

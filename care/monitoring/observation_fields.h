// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "fhir/fields/fields.h"
#include "fhir/profiles/vocabulary.h"

// What the trajectories read of a resource.
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

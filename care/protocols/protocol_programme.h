// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "care/plan/restrictions.h"
#include "care/protocols/protocol.h"

namespace reprise::care {

/// The patient and the options for turning a phase into a programme.
struct ProgrammeOrder {
  std::string patient;  ///< id
  std::optional<AffectedSide> affected;
  std::string language = "en";  ///< of the patient's texts
  std::string start;            ///< its first day, "2026-03-14"
  bool simulated = false;
  bool accepted = false;  ///< by a clinician; if false, all resources are drafts that no page offers
};

/// A programme as in docs/reference/programme.md. The CarePlan's activities refer to the requests, in their
/// order.
struct TemplateProgramme {
  fhir::Json care_plan;
  std::vector<fhir::Json> requests;
};

/// Builds the programme of a phase. `new_id`: returns an id for each resource. Errors: invalid_argument
/// (unknown phase; invalid order; missing affected side; problems of check_phase).
[[nodiscard]] Result<TemplateProgramme> programme_of(const Protocol& protocol, std::string_view phase,
                                                     const std::vector<exercises::CatalogExercise>& catalog,
                                                     const ProgrammeOrder& order,
                                                     const std::function<std::string()>& new_id);

}  // namespace reprise::care

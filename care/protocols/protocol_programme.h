#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "care/plan/restrictions.h"
#include "care/protocols/protocol.h"

namespace reprise::care {

/// For whom a phase becomes a programme.
struct ProgrammeOrder {
  std::string patient;  ///< id
  std::optional<AffectedSide> affected;
  std::string language = "en";  ///< of what the patient reads
  std::string start;            ///< its first day, "2026-03-14"
  bool simulated = false;
  bool accepted = false;  ///< by a clinician; else all of it is a draft, which nobody exercises by
};

/// As docs/programme.md has it; the CarePlan's activities lead to the requests, in their order.
struct TemplateProgramme {
  fhir::Json care_plan;
  std::vector<fhir::Json> requests;
};

/// `new_id`: gives an id for each resource. Errors: invalid_argument (no such phase; what of the order is
/// wrong; the affected side is missing; what check_phase says).
[[nodiscard]] Result<TemplateProgramme> programme_of(const Protocol& protocol, std::string_view phase,
                                                     const std::vector<CatalogExercise>& catalog,
                                                     const ProgrammeOrder& order,
                                                     const std::function<std::string()>& new_id);

}  // namespace reprise::care

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "exercises/catalog.h"
#include "fhir/fields/days.h"
#include "fhir/fields/fields.h"

// The prescription of each day, from all versions of a patient's programmes and their exercises.
namespace reprise::care {

/// An exercise as prescribed on a day.
struct PrescribedOnDay {
  std::string request;   ///< id of the ServiceRequest
  std::string exercise;  ///< its id in the catalog
  exercises::Dosage dosage;
};

/// Compares two prescriptions.
[[nodiscard]] bool same_prescription(std::span<const PrescribedOnDay> a, std::span<const PrescribedOnDay> b);

/// The history of a patient's prescriptions. A version holds from its day until the day before the next one;
/// later changes never reach back. The first version of a CarePlan holds from `period.start` (else
/// `created`), that of a ServiceRequest from `authoredOn`. Later versions hold from a changed `authoredOn`,
/// else from `meta.lastUpdated`. A plan completed before the record had a second version of it holds until
/// its `period.end`.
class ProgrammeHistory {
 public:
  /// Builds the history. `resources`: versions of CarePlans and ServiceRequests in any order, and
  /// ActivityDefinitions, whose dose is the default. Skips other patients and types. `zone_minutes`: the
  /// clinic's offset from UTC, for times given in UTC.
  [[nodiscard]] static ProgrammeHistory of(std::span<const Json> resources, const std::string& patient,
                                           int zone_minutes);

  /// Returns the prescription of a day in the order of the plan; empty if no programme was in force. Skips an
  /// exercise with an unreadable dose.
  [[nodiscard]] std::vector<PrescribedOnDay> on(fhir::Day day) const;

 private:
  struct PlanVersion {
    fhir::Day from = 0;
    bool in_force = false;
    std::optional<fhir::Day> start;
    std::optional<fhir::Day> end;
    std::vector<std::string> requests;
  };
  struct RequestVersion {
    fhir::Day from = 0;
    std::optional<PrescribedOnDay> prescribed;  ///< empty if ended or unreadable
  };

  std::map<std::string, std::vector<PlanVersion>> plans_;        // by id, the oldest version first
  std::map<std::string, std::vector<RequestVersion>> requests_;  // by id, the oldest version first
};

}  // namespace reprise::care

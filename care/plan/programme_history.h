#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "exercises/catalog.h"
#include "fhir/fields/days.h"
#include "fhir/fields/fields.h"

// What was prescribed on which day, from all versions of a patient's programmes and their exercises.
namespace reprise::care {

/// An exercise as it was prescribed on a day.
struct PrescribedOnDay {
  std::string request;   ///< id of the ServiceRequest
  std::string exercise;  ///< its id in the catalog
  Dosage dosage;
};

/// Whether the same was prescribed.
[[nodiscard]] bool same_prescription(std::span<const PrescribedOnDay> a, std::span<const PrescribedOnDay> b);

/// A version holds from the day on which it was made until the day before the next one: a later change never
/// reaches back. The first version of a CarePlan holds from `period.start` (else `created`), that of a
/// ServiceRequest from `authoredOn`; later versions from a changed `authoredOn`, else from
/// `meta.lastUpdated`. A plan that was completed before the record had a second version of it holds until
/// its `period.end`.
class ProgrammeHistory {
 public:
  /// `resources`: versions of CarePlans and ServiceRequests in any order, those of other patients and other
  /// kinds are passed over; and ActivityDefinitions, whose dose holds where a ServiceRequest says none.
  /// `zone_minutes`: of the clinic, ahead of UTC, for times that are given in UTC.
  [[nodiscard]] static ProgrammeHistory of(std::span<const Json> resources, const std::string& patient,
                                           int zone_minutes);

  /// In the order of the plan; none where no programme was in force. An exercise whose dose cannot be read is
  /// left out.
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
    std::optional<PrescribedOnDay> prescribed;  ///< empty: not any more, or it cannot be read
  };

  std::map<std::string, std::vector<PlanVersion>> plans_;        // by id, the oldest version first
  std::map<std::string, std::vector<RequestVersion>> requests_;  // likewise
};

}  // namespace reprise::care

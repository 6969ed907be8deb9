#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "fhir/model/json.h"

// What CareTeams and Consents say about who may, in a form that can be looked up. Pure.
namespace reprise::record {

/// A stretch of time; the end is outside.
struct TimeRange {
  std::int64_t start_us = std::numeric_limits<std::int64_t>::min();
  std::int64_t end_us = std::numeric_limits<std::int64_t>::max();

  friend bool operator==(const TimeRange&, const TimeRange&) = default;
};

/// A clinician in a patient's care team.
struct CareMember {
  std::string patient;
  std::string practitioner;
  TimeRange when;

  friend bool operator==(const CareMember&, const CareMember&) = default;
};

/// The members of a CareTeam that `fhir::validate` accepts: its participants that are Practitioners of this
/// record, while both the team's period and theirs last. None where the team is not active or not for a
/// Patient of this record.
[[nodiscard]] std::vector<CareMember> members_of(const fhir::Json& care_team);

/// One provision of a Consent.
struct ConsentRule {
  std::string patient;
  bool permits = false;
  std::string practitioner;  ///< empty: every one
  TimeRange when;
  std::string place;  ///< of the provision: one inside another begins with the other's, and goes before it

  friend bool operator==(const ConsentRule&, const ConsentRule&) = default;
};

/// The provisions of a Consent that `fhir::validate` accepts. None where it is not active or not about
/// privacy. Where a provision has conditions that are not looked at (purpose, class, data and others), a
/// denial counts without them, and a permission does not count: docs/access.md.
[[nodiscard]] std::vector<ConsentRule> rules_of(const fhir::Json& consent);

}  // namespace reprise::record

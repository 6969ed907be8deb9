// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "fhir/model/json.h"

// Access rules in CareTeams and Consents, extracted for the index. Pure.
namespace reprise::record {

/// A half-open time range: the end is excluded.
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

/// Returns the members of a valid CareTeam: its participants that are Practitioners of this record. A
/// membership lasts while both the team's and the participant's periods last. Empty if the team is not active
/// or not for a Patient of this record.
[[nodiscard]] std::vector<CareMember> members_of(const fhir::Json& care_team);

/// One provision of a Consent.
struct ConsentRule {
  std::string patient;
  bool permits = false;
  std::string practitioner;  ///< empty: all practitioners
  TimeRange when;
  std::string place;  ///< path of the provision: a nested one starts with its parent's path and overrides it

  friend bool operator==(const ConsentRule&, const ConsentRule&) = default;
};

/// Returns the provisions of a valid Consent. Empty if it is not active or not about privacy. If a provision
/// has conditions that are not evaluated (purpose, class, data and others), a denial counts without them and
/// a permission does not count (docs/operations/access.md).
[[nodiscard]] std::vector<ConsentRule> rules_of(const fhir::Json& consent);

}  // namespace reprise::record

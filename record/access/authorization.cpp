// SPDX-License-Identifier: Apache-2.0
#include "record/access/authorization.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "record/accounts/columns.h"

namespace reprise::record {
namespace {

// $1: the practitioner, $2: now, $3: the account. A denial counts unless a permission inside it applies;
// emergency access overrides both.
constexpr std::string_view kPatientsOfClinician = R"sql(
SELECT patient, 0 FROM (
  SELECT m.patient FROM care_member m WHERE m.practitioner = $1 AND m.start_us <= $2 AND m.end_us > $2
  UNION
  SELECT c.patient FROM consent_rule c
  WHERE c.practitioner = $1 AND c.permits = 1 AND c.start_us <= $2 AND c.end_us > $2) AS asked
WHERE NOT EXISTS (
  SELECT 1 FROM consent_rule d
  WHERE d.patient = asked.patient AND d.permits = 0 AND d.practitioner IN ('', $1)
  AND d.start_us <= $2 AND d.end_us > $2
  AND NOT EXISTS (
    SELECT 1 FROM consent_rule p
    WHERE p.consent = d.consent AND p.permits = 1 AND p.practitioner IN ('', $1) AND p.start_us <= $2 AND p.end_us > $2
    AND substr(p.place, 1, length(d.place)) = d.place))
UNION ALL
SELECT patient, 1 FROM emergency_access e WHERE e.account = $3 AND e.start_us <= $2 AND e.end_us > $2)sql";

void sort_once(std::vector<std::string>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

Result<AccessiblePatients> patients_of_clinician(Connection& connection, const Principal& principal,
                                                 std::int64_t now_us) {
  std::vector<std::string> regular;
  std::vector<std::string> emergency;
  const std::array<Value, 3> values = {std::string_view{principal.person}, now_us,
                                       std::string_view{principal.account}};
  const auto read = connection.query(kPatientsOfClinician, values, [&](Row row) {
    (number_in(row, 1) == 0 ? regular : emergency).push_back(text_in(row, 0));
    return true;
  });
  if (!read) return tl::unexpected(read.error());
  sort_once(regular);
  sort_once(emergency);
  AccessiblePatients allowed;
  std::set_union(regular.begin(), regular.end(), emergency.begin(), emergency.end(),
                 std::back_inserter(allowed.patients));
  std::set_difference(emergency.begin(), emergency.end(), regular.begin(), regular.end(),
                      std::back_inserter(allowed.emergency));
  return allowed;
}

bool is_in(const std::vector<std::string>& sorted, const std::string& id) {
  return std::binary_search(sorted.begin(), sorted.end(), id);
}

constexpr bool changes(Need need) {
  return need != Need::read && need != Need::search;
}

// Types that emergency access may create: observations, procedures and notes. Excluded: types that decide
// access (CareTeam, Consent, Patient), appointments, and what a patient is prescribed.
bool is_clinical_entry(std::string_view type) {
  constexpr std::array<std::string_view, 14> kEntries = {
      "Binary",    "Communication", "Composition", "Condition", "DetectedIssue",         "DocumentReference",
      "Encounter", "Media",         "Observation", "Procedure", "QuestionnaireResponse", "RiskAssessment",
      "Task",      "Provenance"};
  return std::find(kEntries.begin(), kEntries.end(), type) != kEntries.end();
}

bool may_change(const AccessiblePatients& allowed, std::string_view type, Need need,
                const std::string& patient) {
  if (!is_in(allowed.patients, patient)) return false;
  return !is_in(allowed.emergency, patient) || (need == Need::create && is_clinical_entry(type));
}

// Narrows the access of a token with patient scopes to that one patient.
void narrow(AccessiblePatients& allowed, const std::string& patient) {
  const bool may = allowed.unrestricted || is_in(allowed.patients, patient);
  const bool emergency = !allowed.unrestricted && is_in(allowed.emergency, patient);
  allowed = {};
  if (may) allowed.patients = {patient};
  if (emergency) allowed.emergency = {patient};
}

}  // namespace

Result<AccessiblePatients> accessible_patients(Connection& connection, const Principal& principal,
                                               std::int64_t now_us) {
  AccessiblePatients allowed;
  if (!principal.complete) return allowed;
  if (const std::string& own = own_patient(principal); !own.empty()) allowed.patients = {own};
  if (principal.role == Role::program) allowed.unrestricted = principal.token.has_value();
  if (principal.role == Role::clinician) {
    auto found = patients_of_clinician(connection, principal, now_us);
    if (!found) return found;
    allowed = std::move(*found);
  }
  if (principal.token && !principal.token->patient.empty()) narrow(allowed, principal.token->patient);
  return allowed;
}

Result<std::int64_t> access_version(Connection& connection) {
  std::int64_t version = 0;
  const auto read = connection.query("SELECT number FROM access_version", {},
                                     [&](Row row) { return version = number_in(row, 0), false; });
  if (!read) return tl::unexpected(read.error());
  return version;
}

bool may(const Principal& principal, const AccessiblePatients& allowed, std::string_view type, Need need,
         std::span<const std::string> compartments) {
  const AccessScope scope = access_scope(principal, type, need);
  if (scope == AccessScope::none) return false;
  if (allowed.unrestricted) return true;
  const bool whole_type = scope == AccessScope::all;
  if (!changes(need)) {
    return whole_type ||
           std::any_of(compartments.begin(), compartments.end(),
                       [&](const std::string& patient) { return is_in(allowed.patients, patient); });
  }
  // Administrators identify all patients, and link and move them.
  if (whole_type && principal.role != Role::clinician) return true;
  // A resource of an open type must not enter the record of a patient of others.
  return (whole_type || !compartments.empty()) &&
         std::all_of(compartments.begin(), compartments.end(),
                     [&](const std::string& patient) { return may_change(allowed, type, need, patient); });
}

std::vector<std::string> only_in_emergency(const AccessiblePatients& allowed,
                                           std::span<const std::string> patients) {
  std::vector<std::string> found;
  std::copy_if(patients.begin(), patients.end(), std::back_inserter(found),
               [&](const std::string& patient) { return is_in(allowed.emergency, patient); });
  return found;
}

SearchAccess search_access(const Principal& principal, const AccessiblePatients& allowed,
                           std::span<const std::string> types) {
  SearchAccess scope;
  for (const std::string& type : types) {
    switch (access_scope(principal, type, Need::search)) {
      case AccessScope::none: scope.closed_types.push_back(type); break;
      case AccessScope::all: scope.open_types.push_back(type); break;
      case AccessScope::patients: break;
    }
  }
  scope.everything = allowed.unrestricted && scope.closed_types.empty();
  if (!allowed.unrestricted) scope.patients = allowed.patients;
  return scope;
}

Result<bool> has_no_care_team(Connection& connection, std::string_view patient) {
  bool unassigned = false;
  const std::array<Value, 1> whose = {patient};
  const auto read = connection.query(
      "SELECT 1 FROM resource r JOIN resource_type t ON t.number = r.type WHERE t.name = 'Patient' AND r.id "
      "= $1 "
      "AND r.content IS NOT NULL AND NOT EXISTS (SELECT 1 FROM assigned_patient a WHERE a.patient = $1)",
      whose, [&](Row) { return unassigned = true, false; });
  if (!read) return tl::unexpected(read.error());
  return unassigned;
}

bool may_register(const Principal& principal, std::string_view type, Need need) {
  const bool person = type == "Patient" && (need == Need::read || need == Need::update);
  const bool team = type == "CareTeam" && need == Need::create;
  return principal.role == Role::clinician && (person || team) &&
         access_scope(principal, type, need) != AccessScope::none &&
         (!principal.token || principal.token->patient.empty());
}

}  // namespace reprise::record

// SPDX-License-Identifier: Apache-2.0
#include "record/access/principal.h"

#include <algorithm>
#include <array>

namespace reprise::record {
namespace {

using Types = std::string_view;  // names, each between blanks

constexpr Types kKnowledge = " ActivityDefinition Library PlanDefinition Questionnaire ";
constexpr Types kDirectory = " CapabilityStatement Organization Practitioner PractitionerRole ";
constexpr Types kCalendar = " Schedule Slot ";
// Resources that patients write. They change only those that no one else may have relied on.
constexpr Types kPatientCreates =
    " Appointment Binary Communication Consent DocumentReference Goal Media Observation "
    "Procedure QuestionnaireResponse ";
constexpr Types kPatientUpdates = " Appointment Consent Goal QuestionnaireResponse ";

bool contains(Types types, std::string_view type) {
  return types.find(" " + std::string{type} + " ") != Types::npos;
}

constexpr bool reads(Need need) {
  return need == Need::read || need == Need::search;
}

AccessScope of_patient(std::string_view type, Need need) {
  if (reads(need)) return is_open_type(type) ? AccessScope::all : AccessScope::patients;
  const bool may = (need == Need::create && contains(kPatientCreates, type)) ||
                   (need == Need::update && contains(kPatientUpdates, type));
  return may ? AccessScope::patients : AccessScope::none;
}

// A carer does what the patient does, except what only the patient decides: consents, the goal in the own
// words.
AccessScope of_carer(std::string_view type, Need need) {
  const bool decides = type == "Consent" || type == "Goal";
  return decides && !reads(need) ? AccessScope::none : of_patient(type, need);
}

AccessScope of_clinician(std::string_view type, Need need) {
  if (is_open_type(type)) {
    const bool writes = contains(kKnowledge, type) || contains(kCalendar, type);
    return reads(need) || writes ? AccessScope::all : AccessScope::none;
  }
  // Only the server's rules write Flags; a clinician decides about one by a Task.
  if (type == "Flag" && !reads(need)) return AccessScope::none;
  // Clinicians register new patients; no one removes a patient.
  if (type == "Patient" && need == Need::create) return AccessScope::all;
  if (type == "Patient" && need == Need::erase) return AccessScope::none;
  return AccessScope::patients;
}

// No clinical content. Administrators arrange care teams, as when a clinician leaves or a patient moves to
// another clinic. For that, and to erase the right patient, they see patients' identities.
AccessScope of_administrator(std::string_view type, Need need) {
  if (type == "AuditEvent") return reads(need) ? AccessScope::all : AccessScope::none;
  if (type == "Patient") return reads(need) || need == Need::update ? AccessScope::all : AccessScope::none;
  if (type == "Consent") return reads(need) ? AccessScope::all : AccessScope::none;
  return is_open_type(type) || type == "CareTeam" ? AccessScope::all : AccessScope::none;
}

AccessScope of_role(Role role, std::string_view type, Need need) {
  // A writable log could hold events that never happened.
  if (type == "AuditEvent" && !reads(need)) return AccessScope::none;
  switch (role) {
    case Role::patient: return of_patient(type, need);
    case Role::clinician: return of_clinician(type, need);
    case Role::administrator: return of_administrator(type, need);
    case Role::program: return AccessScope::all;
    case Role::carer: return of_carer(type, need);
  }
  return AccessScope::none;
}

}  // namespace

Principal principal_of(const LoginSession& session) {
  return {session.account.role,
          session.account.id,
          session.account.person,
          session.stage == SessionStage::full && !session.account.disabled,
          {},
          session.account.patient};
}

const std::string& own_patient(const Principal& principal) {
  static const std::string kNone;
  if (principal.role == Role::patient) return principal.person;
  return principal.role == Role::carer ? principal.helps : kNone;
}

Principal principal_of(const ApiToken& token) {
  return {token.role, token.account.empty() ? token.id : token.account, token.person, true,
          Principal::Limits{token.scopes, token.patient}};
}

bool is_open_type(std::string_view type) {
  return contains(kKnowledge, type) || contains(kDirectory, type) || contains(kCalendar, type);
}

AccessScope access_scope(const Principal& principal, std::string_view type, Need need) {
  if (!principal.complete) return AccessScope::none;
  const AccessScope by_role = of_role(principal.role, type, need);
  if (!principal.token) {
    // A program without a token has no rights.
    return principal.role == Role::program ? AccessScope::none : by_role;
  }
  const auto& scopes = principal.token->scopes;
  const ScopeContext whole = principal.role == Role::program ? ScopeContext::system : ScopeContext::user;
  if (permits(scopes, whole, type, need)) return by_role;
  if (permits(scopes, ScopeContext::patient, type, need)) {
    // Limited to one patient: resources without a compartment can be read, not changed.
    if (by_role == AccessScope::all && is_open_type(type))
      return reads(need) ? AccessScope::all : AccessScope::none;
    return std::min(by_role, AccessScope::patients);
  }
  return AccessScope::none;
}

}  // namespace reprise::record

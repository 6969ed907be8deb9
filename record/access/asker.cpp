#include "record/access/asker.h"

#include <algorithm>
#include <array>

namespace reprise::record {
namespace {

using Types = std::string_view;  // names with a blank before and behind each

constexpr Types kKnowledge = " ActivityDefinition Library PlanDefinition Questionnaire ";
constexpr Types kDirectory = " CapabilityStatement Organization Practitioner PractitionerRole ";
constexpr Types kCalendar = " Schedule Slot ";
// What patients tell of themselves. They change only what nobody else may have relied on.
constexpr Types kPatientCreates =
    " Appointment Binary Communication Consent DocumentReference Media Observation Procedure "
    "QuestionnaireResponse ";
constexpr Types kPatientUpdates = " Appointment Consent QuestionnaireResponse ";

bool contains(Types types, std::string_view type) {
  return types.find(" " + std::string{type} + " ") != Types::npos;
}

constexpr bool reads(Need need) {
  return need == Need::read || need == Need::search;
}

Reach of_patient(std::string_view type, Need need) {
  if (reads(need)) return is_open_type(type) ? Reach::all : Reach::patients;
  const bool may = (need == Need::create && contains(kPatientCreates, type)) ||
                   (need == Need::update && contains(kPatientUpdates, type));
  return may ? Reach::patients : Reach::none;
}

Reach of_clinician(std::string_view type, Need need) {
  if (is_open_type(type)) {
    const bool writes = contains(kKnowledge, type) || contains(kCalendar, type);
    return reads(need) || writes ? Reach::all : Reach::none;
  }
  // Only the server's rules write Flags; what becomes of one, a clinician says by a Task.
  if (type == "Flag" && !reads(need)) return Reach::none;
  // Somebody must be able to register a new patient, and nobody removes one.
  if (type == "Patient" && need == Need::create) return Reach::all;
  if (type == "Patient" && need == Need::erase) return Reach::none;
  return Reach::patients;
}

// No clinical content. Who cares for whom is theirs to arrange, as when a clinician leaves or a patient moves
// to another clinic; for that, and to erase the right one, they see who a patient is.
Reach of_administrator(std::string_view type, Need need) {
  if (type == "AuditEvent") return reads(need) ? Reach::all : Reach::none;
  if (type == "Patient") return reads(need) || need == Need::update ? Reach::all : Reach::none;
  if (type == "Consent") return reads(need) ? Reach::all : Reach::none;
  return is_open_type(type) || type == "CareTeam" ? Reach::all : Reach::none;
}

Reach of_role(Role role, std::string_view type, Need need) {
  // Whoever could write the log could tell what did not happen.
  if (type == "AuditEvent" && !reads(need)) return Reach::none;
  switch (role) {
    case Role::patient: return of_patient(type, need);
    case Role::clinician: return of_clinician(type, need);
    case Role::administrator: return of_administrator(type, need);
    case Role::program: return Reach::all;
  }
  return Reach::none;
}

}  // namespace

Asker asker_of(const Session& session) {
  return {session.account.role,
          session.account.id,
          session.account.person,
          session.stage == SessionStage::full && !session.account.disabled,
          {}};
}

Asker asker_of(const ApiToken& token) {
  return {token.role, token.account.empty() ? token.id : token.account, token.person, true,
          Asker::Limits{token.scopes, token.patient}};
}

bool is_open_type(std::string_view type) {
  return contains(kKnowledge, type) || contains(kDirectory, type) || contains(kCalendar, type);
}

Reach reach_of(const Asker& asker, std::string_view type, Need need) {
  if (!asker.complete) return Reach::none;
  const Reach by_role = of_role(asker.role, type, need);
  if (!asker.token) {
    // A program without a token is nobody.
    return asker.role == Role::program ? Reach::none : by_role;
  }
  const auto& scopes = asker.token->scopes;
  const ScopeContext whole = asker.role == Role::program ? ScopeContext::system : ScopeContext::user;
  if (permits(scopes, whole, type, need)) return by_role;
  if (permits(scopes, ScopeContext::patient, type, need)) {
    // About one patient: what is about nobody is open to read, and not to change.
    if (by_role == Reach::all && is_open_type(type)) return reads(need) ? Reach::all : Reach::none;
    return std::min(by_role, Reach::patients);
  }
  return Reach::none;
}

}  // namespace reprise::record

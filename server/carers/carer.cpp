// SPDX-License-Identifier: Apache-2.0
#include "server/carers/carer.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/base64.h"
#include "fhir/fields/code_systems.h"
#include "fhir/fields/fields.h"
#include "fhir/profiles/simulated.h"
#include "fhir/profiles/vocabulary.h"
#include "record/content/content.h"
#include "server/reactions/system_writes.h"

namespace reprise::server {
namespace {

using fhir::Json;
using Refused = std::optional<record::Refusal>;

constexpr const char* kCarer = "carer";
constexpr const char* kRelatedPerson = "RelatedPerson";
constexpr std::size_t kLongestName = 100;
constexpr std::size_t kMostWords = 20'000;
constexpr const char* kRoleCodes = "http://terminology.hl7.org/CodeSystem/v3-RoleCode";
constexpr const char* kOtherRole = "http://terminology.hl7.org/CodeSystem/v2-0131";

struct Relationship {
  std::string_view key;
  const char* system;
  std::string_view code;
  std::string_view text;
};

constexpr std::array<Relationship, 8> kRelationships = {{
    {"spouse", kRoleCodes, "SPS", "Spouse or partner"},
    {"parent", kRoleCodes, "PRN", "Parent"},
    {"child", kRoleCodes, "CHILD", "Child"},
    {"sibling", kRoleCodes, "SIB", "Brother or sister"},
    {"family", kRoleCodes, "FAMMEMB", "Family member"},
    {"friend", kRoleCodes, "FRND", "Friend"},
    {"neighbor", kRoleCodes, "NBOR", "Neighbor"},
    {"other", kOtherRole, "O", "Other"},
}};

const Relationship* find_relationship(std::string_view key) {
  const auto found = std::find_if(kRelationships.begin(), kRelationships.end(),
                                  [&](const Relationship& one) { return one.key == key; });
  return found == kRelationships.end() ? nullptr : &*found;
}

/// Updates a resource as the server, and logs it as an act of `by`.
Refused update(record::Record& record, const record::WriteTransaction& session, const Json& resource,
               const record::AuditEntry& by, const std::string& patient) {
  const std::string type{json::text_of(resource, "resourceType")};
  const std::string id{json::text_of(resource, "id")};
  const auto done =
      write_as_system(record, session, {{{}, {record::Verb::update, type, id, {}, {}, resource.dump()}}});
  if (!done) return done.error();
  auto entry = by;
  entry.act = record::AuditAct::update;
  entry.resource_type = type;
  entry.resource_id = id;
  entry.resource_version = std::to_string(done->front().stored->version);
  entry.patients = {patient};
  session.entries.push_back(std::move(entry));
  return {};
}

Refused end_consents(record::Record& record, const record::WriteTransaction& session,
                     const record::Account& carer, const record::AuditEntry& by) {
  const auto found = find_all(record, session.connection,
                              record::QueryBuilder("Consent")
                                  .reference("patient", "Patient", carer.patient)
                                  .token("category", fhir::kConsentCategory, kCarer)
                                  .code("status", "active")
                                  .reference("actor", kRelatedPerson, carer.person));
  if (!found) return found.error();
  for (Json consent : *found) {
    consent["status"] = "inactive";
    if (auto refusal = update(record, session, consent, by, carer.patient)) return refusal;
  }
  return {};
}

Refused end_related_person(record::Record& record, const record::WriteTransaction& session,
                           const record::Account& carer, const record::AuditEntry& by) {
  const auto found = find_first(record, session, record::QueryBuilder(kRelatedPerson).id(carer.person));
  if (!found) return found.error();
  if (found->empty() || found->front().value("active", true) == false) return {};
  Json person = found->front();
  person["active"] = false;
  person["period"]["end"] = record::instant_text(session.now_ms);
  return update(record, session, person, by, carer.patient);
}

/// Returns the RelatedPersons whose leave a change ends.
std::set<std::string> ended_by(const record::ChangeResult& change) {
  std::set<std::string> ended;
  if (!change.stored || change.found || !change.before) return ended;
  const auto before = record::resource_of(*change.before).value_or(nullptr);
  const auto after = change.stored->content ? record::resource_of(*change.stored).value_or(nullptr) : nullptr;
  if (before == nullptr) return ended;
  if (change.stored->type == kRelatedPerson && (after == nullptr || !after->value("active", true)))
    ended.insert(change.stored->id);
  if (change.stored->type != "Consent") return ended;
  const auto named_in = [](const Json& consent) {
    std::set<std::string> carers;
    const Json& categories = json::list_of(consent, "category");
    const bool leave = std::any_of(categories.begin(), categories.end(), [](const Json& category) {
      return fhir::has_coding(&category, fhir::kConsentCategory, kCarer);
    });
    const Json* provision = json::field(consent, "provision");
    if (!leave || provision == nullptr || json::text_of(consent, "status") != "active") return carers;
    if (json::text_of(*provision, "type") != "permit") return carers;
    for (const Json& actor : json::list_of(*provision, "actor"))
      carers.emplace(fhir::id_in(json::field(actor, "reference"), kRelatedPerson));
    carers.erase("");
    return carers;
  };
  ended = named_in(*before);
  if (after != nullptr) {
    for (const std::string& still : named_in(*after)) ended.erase(still);
  }
  return ended;
}

}  // namespace

std::optional<std::string> problem_in_leave(const CarerLeave& leave) {
  const std::string name = fhir::clean_text(leave.name);
  if (name.empty() || name.size() > kLongestName) return "name is empty or longer than 100 bytes";
  if (find_relationship(leave.relationship) == nullptr)
    return "relationship is spouse, parent, child, sibling, family, friend, neighbor or other";
  if (leave.language.size() != 2) return "language is a code of two letters";
  if (fhir::clean_text(leave.words).empty() || leave.words.size() > kMostWords)
    return "words, the text agreed to, is empty or over 20,000 bytes";
  return {};
}

Json related_person(const CarerLeave& leave, bool simulated, const std::string& when) {
  const Relationship& relation = *find_relationship(leave.relationship);
  Json person = {{"resourceType", kRelatedPerson}};
  fhir::mark(person, simulated);
  person["active"] = true;
  person["patient"] = fhir::reference_to("Patient", leave.patient);
  person["relationship"] = Json::array({fhir::codeable(relation.system, relation.code, relation.text)});
  person["name"] = Json::array({Json{{"text", fhir::clean_text(leave.name)}}});
  person["period"] = {{"start", when}};
  return person;
}

Json carer_consent(const CarerLeave& leave, bool simulated, const std::string& when,
                   const std::string& carer) {
  Json consent = {{"resourceType", "Consent"}};
  fhir::mark(consent, simulated);
  consent["status"] = "active";
  consent["scope"] = fhir::codeable(fhir::kConsentScope, "patient-privacy", "Privacy Consent");
  consent["category"] =
      Json::array({fhir::codeable(fhir::kConsentCategory, kCarer, "A relative or friend signs in to help")});
  consent["patient"] = fhir::reference_to("Patient", leave.patient);
  consent["dateTime"] = when;
  consent["performer"] = Json::array({fhir::reference_to("Patient", leave.patient)});
  consent["sourceAttachment"] = {{"contentType", "text/plain; charset=utf-8"},
                                 {"language", leave.language},
                                 {"data", to_base64(fhir::clean_text(leave.words))},
                                 {"title", "The text shown, and the answer"}};
  consent["policyRule"] = {{"text", "The words that are attached, as the app showed them."}};
  Json actor = {{"role", fhir::codeable("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP",
                                        "information recipient")},
                {"reference", fhir::reference_to(kRelatedPerson, carer)}};
  consent["provision"] = {{"type", "permit"}, {"actor", Json::array({std::move(actor)})}};
  return consent;
}

std::string_view relationship_of(const Json& related_person) {
  for (const Json& one : json::list_of(related_person, "relationship")) {
    for (const Relationship& relation : kRelationships) {
      if (fhir::has_coding(&one, relation.system, relation.code)) return relation.key;
    }
  }
  return "other";
}

Refused end_carer(record::Record& record, const record::WriteTransaction& session,
                  const record::Account& carer, const record::AuditEntry& by) {
  if (!carer.disabled) {
    if (auto done = record::set_disabled(session.connection, carer.id, true); !done)
      return record::refuse(done.error()).value();
    auto entry = by;
    entry.act = record::AuditAct::account_change;
    entry.reason = "carer ended";
    entry.patients = {carer.patient};
    session.entries.push_back(std::move(entry));
  }
  if (auto refusal = end_related_person(record, session, carer, by)) return refusal;
  return end_consents(record, session, carer, by);
}

Refused follow_ended_carers(record::Record& record, const record::WriteTransaction& session,
                            std::span<const record::ChangeResult> changes) {
  for (const record::ChangeResult& change : changes) {
    for (const std::string& person : ended_by(change)) {
      const auto carer = record::find_carer(session.connection, person);
      if (!carer) return record::refuse(carer.error()).value();
      if (!*carer) continue;
      const auto by = system_audit_entry(record::AuditAct::account_change);
      if (auto refusal = end_carer(record, session, **carer, by)) return refusal;
    }
  }
  return {};
}

}  // namespace reprise::server

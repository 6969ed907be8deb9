// SPDX-License-Identifier: Apache-2.0
#include "record/access/consent.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "fhir/model/date_time.h"
#include "fhir/model/reference.h"

namespace reprise::record {
namespace {

// Returns the field; null if absent.
const Json* field(const Json& json, const char* name) {
  const auto found = json.is_object() ? json.find(name) : json.end();
  return json.is_object() && found != json.end() ? &*found : nullptr;
}

std::string_view text_of(const Json& json, const char* name) {
  const Json* found = field(json, name);
  return found != nullptr && found->is_string() ? std::string_view{found->get_ref<const std::string&>()}
                                                : std::string_view{};
}

// Returns the elements of a list; empty if it is not one.
const Json& list_of(const Json& json, const char* name) {
  static const Json kNone = Json::array();
  const Json* found = field(json, name);
  return found != nullptr && found->is_array() ? *found : kNone;
}

// Returns the id in a Reference to a resource of this record and type; empty if it leads elsewhere.
std::string_view id_in(const Json* reference, std::string_view type) {
  if (reference == nullptr) return {};
  const auto parsed = fhir::parse_reference(text_of(*reference, "reference"));
  const bool ours = parsed && parsed->form == fhir::ReferenceForm::relative && parsed->type == type;
  return ours ? parsed->id : std::string_view{};
}

TimeRange both(const TimeRange& a, const TimeRange& b) {
  return {std::max(a.start_us, b.start_us), std::min(a.end_us, b.end_us)};
}

bool is_empty(const TimeRange& range) {
  return range.start_us >= range.end_us;
}

// Reads a Period. Its end is as precise as written, and included. An unreadable limit makes it empty.
TimeRange period_in(const Json& json) {
  const Json* period = field(json, "period");
  if (period == nullptr) return {};
  TimeRange range;
  const std::string_view start = text_of(*period, "start");
  const std::string_view end = text_of(*period, "end");
  const auto from = fhir::interval_of(start);
  const auto to = fhir::interval_of(end);
  if ((!start.empty() && !from) || (!end.empty() && !to)) return {0, 0};
  if (from && from->start_ms) range.start_us = *from->start_ms * 1000;
  if (to && to->end_ms) range.end_us = *to->end_ms * 1000;
  return range;
}

bool has_code(const Json* concept_json, std::string_view code) {
  if (concept_json == nullptr) return false;
  const Json& codings = list_of(*concept_json, "coding");
  return std::any_of(codings.begin(), codings.end(),
                     [&](const Json& coding) { return text_of(coding, "code") == code; });
}

// The actors of a provision.
struct Actors {
  bool all = false;
  std::vector<std::string> practitioners;  // used unless it applies to all
};

// `cautious`: applies to all if the actor cannot be resolved (an organization, a role, a team).
Actors actors_of(const Json& provision, bool cautious) {
  const Json& actors = list_of(provision, "actor");
  if (actors.empty()) return {true, {}};
  Actors found;
  for (const Json& actor : actors) {
    const Json* reference = field(actor, "reference");
    if (const auto id = id_in(reference, "Practitioner"); !id.empty()) {
      found.practitioners.emplace_back(id);
      continue;
    }
    const auto parsed = fhir::parse_reference(reference == nullptr ? "" : text_of(*reference, "reference"));
    constexpr std::array<std::string_view, 3> kNoClinicians = {"Patient", "RelatedPerson", "Device"};
    const bool other =
        parsed && std::find(kNoClinicians.begin(), kNoClinicians.end(), parsed->type) != kNoClinicians.end();
    found.all = found.all || (cautious && !other);
  }
  return found;
}

// Intersects the actors of a provision with those of the provision inside it.
Actors both(const Actors& outer, const Actors& inner) {
  if (outer.all) return inner;
  if (inner.all) return outer;
  Actors common;
  for (const std::string& id : inner.practitioners) {
    const bool too =
        std::find(outer.practitioners.begin(), outer.practitioners.end(), id) != outer.practitioners.end();
    if (too) common.practitioners.push_back(id);
  }
  return common;
}

bool has_other_conditions(const Json& provision) {
  constexpr std::array<const char*, 7> kConditions = {"action", "securityLabel", "purpose", "class",
                                                      "code",   "dataPeriod",    "data"};
  // Access is the action that counts here.
  const Json& actions = list_of(provision, "action");
  const bool access = std::any_of(actions.begin(), actions.end(),
                                  [](const Json& action) { return has_code(&action, "access"); });
  return std::any_of(kConditions.begin(), kConditions.end(), [&](const char* name) {
    return field(provision, name) != nullptr && !(access && std::string_view{name} == "action");
  });
}

// The root provision has no type in R4 (though examples have one): the policy decides.
std::optional<bool> permits_at_root(const Json& consent, const Json& provision) {
  const std::string_view type = text_of(provision, "type");
  if (!type.empty()) return type == "permit";
  const Json* policy = field(consent, "policyRule");
  for (const char* code : {"OPTOUT", "OPTOUTE"}) {
    if (has_code(policy, code)) return false;
  }
  for (const char* code : {"OPTIN", "OPTINR"}) {
    if (has_code(policy, code)) return true;
  }
  return {};
}

class RuleWriter {
 public:
  explicit RuleWriter(std::string_view patient) : patient_(patient) {}

  // `permits`: nullopt if the provision itself neither permits nor denies.
  void write(const Json& provision, std::optional<bool> permits, const Actors& outer,
             const TimeRange& outer_time, const std::string& place) {
    const Actors who = both(outer, actors_of(provision, permits == false));
    const TimeRange when = both(outer_time, period_in(provision));
    if (is_empty(when)) return;
    if (permits && !(*permits && has_other_conditions(provision))) add(*permits, who, when, place);
    // A permission that is ignored because of its conditions may still hold nested denials.
    std::size_t number = 0;
    for (const Json& inner : list_of(provision, "provision")) {
      std::string digits = std::to_string(1000 + number++);
      const std::string_view type = text_of(inner, "type");
      write(inner, type.empty() ? std::optional<bool>{} : type == "permit", who, when, place + digits + ".");
    }
  }

  std::vector<ConsentRule> rules;

 private:
  void add(bool permits, const Actors& who, const TimeRange& when, const std::string& place) {
    if (who.all) rules.push_back({patient_, permits, "", when, place});
    for (const std::string& id : who.practitioners) rules.push_back({patient_, permits, id, when, place});
  }

  std::string patient_;
};

}  // namespace

std::vector<CareMember> members_of(const Json& care_team) {
  const std::string_view status = text_of(care_team, "status");
  const std::string_view patient = id_in(field(care_team, "subject"), "Patient");
  if (patient.empty() || (!status.empty() && status != "active")) return {};
  std::vector<CareMember> members;
  for (const Json& participant : list_of(care_team, "participant")) {
    const std::string_view practitioner = id_in(field(participant, "member"), "Practitioner");
    const TimeRange when = both(period_in(care_team), period_in(participant));
    if (practitioner.empty() || is_empty(when)) continue;
    members.push_back({std::string{patient}, std::string{practitioner}, when});
  }
  return members;
}

std::vector<ConsentRule> rules_of(const Json& consent) {
  const std::string_view patient = id_in(field(consent, "patient"), "Patient");
  const Json* provision = field(consent, "provision");
  if (patient.empty() || text_of(consent, "status") != "active" ||
      !has_code(field(consent, "scope"), "patient-privacy")) {
    return {};
  }
  RuleWriter writer(patient);
  const Json none = Json::object();
  const Json& root = provision == nullptr ? none : *provision;
  writer.write(root, permits_at_root(consent, root), {true, {}}, {}, "r.");
  return std::move(writer.rules);
}

}  // namespace reprise::record

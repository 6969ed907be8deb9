// SPDX-License-Identifier: Apache-2.0
#include "record/access/may_author.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "record/access/patient_goal.h"

namespace reprise::record {
namespace {

enum class Named : unsigned char {
  writer,  ///< the principal only
  source,  ///< also the patient whose words a clinician records, if the clinician is named too
};

/// A field of a resource that names an author.
struct Author {
  std::string_view type;  ///< empty: every type
  std::string_view path;
  Named named = Named::writer;
  bool must = false;   ///< required of patients: without it the author would be unknown
  bool words = false;  ///< the resource is a statement or an act of this person; others may change its status
                       ///< only
};

constexpr std::array<Author, 29> kAuthors = {{
    {"", "note.authorReference"},
    {"Basic", "author"},
    {"CarePlan", "author"},
    {"CarePlan", "contributor"},
    {"CarePlan", "activity.progress.authorReference"},
    {"Claim", "enterer"},
    {"Communication", "sender", Named::writer, true, true},
    {"Condition", "recorder"},
    {"Condition", "asserter", Named::source},
    {"Consent", "performer", Named::source, true},
    {"DetectedIssue", "author"},
    {"DocumentReference", "author", Named::source, true, true},
    {"DocumentReference", "authenticator", Named::writer, false, true},
    {"Goal", "expressedBy", Named::source, true},
    {"List", "source", Named::source},
    {"Media", "operator", Named::source, true, true},
    {"Observation", "performer", Named::source, true, true},
    {"Procedure", "performer.actor", Named::source, true, true},
    {"Procedure", "recorder"},
    {"Procedure", "asserter", Named::source},
    {"Provenance", "agent.who", Named::source, false, true},
    {"Provenance", "agent.onBehalfOf", Named::source, false, true},
    {"Provenance", "signature.who", Named::writer, false, true},
    {"Provenance", "signature.onBehalfOf", Named::writer, false, true},
    {"QuestionnaireResponse", "author", Named::writer, true, true},
    {"QuestionnaireResponse", "source", Named::source, false, true},
    {"RiskAssessment", "performer"},
    {"ServiceRequest", "requester"},
    {"Task", "requester"},
}};

using References = std::vector<const Json*>;

void collect_at(const Json& value, std::string_view path, References& found) {
  if (value.is_array()) {
    for (const Json& item : value) collect_at(item, path, found);
    return;
  }
  if (path.empty()) return found.push_back(&value);
  if (!value.is_object()) return;
  const auto dot = path.find('.');
  const auto at = value.find(path.substr(0, dot));
  if (at != value.end())
    collect_at(*at, dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1), found);
}

References named_at(const Json* resource, const Author& author) {
  References found;
  if (resource != nullptr) collect_at(*resource, author.path, found);
  return found;
}

std::string_view text_at(const Json& resource, const char* name) {
  const auto found = resource.is_object() ? resource.find(name) : resource.end();
  return resource.is_object() && found != resource.end() && found->is_string()
             ? std::string_view{found->get_ref<const std::string&>()}
             : std::string_view{};
}

std::vector<Author> authors_of(std::string_view type) {
  std::vector<Author> found;
  std::copy_if(kAuthors.begin(), kAuthors.end(), std::back_inserter(found),
               [&](const Author& author) { return author.type.empty() || author.type == type; });
  return found;
}

bool is_kind(const Json& reference, std::string_view type) {
  return text_at(reference, "reference").substr(0, type.size()) == type;
}

/// The principal, as a reference names them.
struct Self {
  std::string reference;

  // A device, such as the coach, may be named beside the person.
  [[nodiscard]] bool is_own(const Json& named) const {
    return text_at(named, "reference") == reference || is_kind(named, "Device/");
  }
};

Self self_of(const Principal& principal) {
  switch (principal.role) {
    case Role::patient: return {"Patient/" + principal.person};
    case Role::carer: return {"RelatedPerson/" + principal.person};
    default: return {"Practitioner/" + principal.person};
  }
}

// Compares without regard to the order of fields.
bool differ_in_status_alone(const Json& before, Json after) {
  const auto status = before.find("status");
  if (status == before.end()) return false;
  after["status"] = *status;
  return nlohmann::json(after) == nlohmann::json(before);
}

std::optional<std::string_view> refuse_patient_author(const Self& self, const Json* before,
                                                      const Json& after) {
  constexpr std::string_view kOwn = "the patient, or the carer, must be named as the author, and no one else";
  const std::string_view type = text_at(after, "resourceType");
  if (before != nullptr && type == "QuestionnaireResponse" && text_at(*before, "status") != "in-progress")
    return "answers that were given stay as they are; send new ones";
  for (const Author& author : authors_of(type)) {
    const References named = named_at(&after, author);
    if (named.empty() && author.must) return kOwn;
    const auto is_own = [&](const Json* one) { return self.is_own(*one); };
    const References was = named_at(before, author);
    if (!std::all_of(named.begin(), named.end(), is_own) || !std::all_of(was.begin(), was.end(), is_own))
      return kOwn;
  }
  return type == "Goal" ? refuse_patient_goal(self.reference, before, after) : std::nullopt;
}

bool is_of_another_person(const Self& self, const Json& resource, const std::vector<Author>& authors) {
  bool others = false;
  for (const Author& author : authors) {
    if (!author.words) continue;
    for (const Json* one : named_at(&resource, author)) {
      if (text_at(*one, "reference") == self.reference) return false;
      others = others || !is_kind(*one, "Device/");
    }
  }
  return others;
}

bool is_named(const Self& self, const Json& resource, const std::vector<Author>& authors) {
  return std::any_of(authors.begin(), authors.end(), [&](const Author& author) {
    const References named = named_at(&resource, author);
    return std::any_of(named.begin(), named.end(),
                       [&](const Json* one) { return text_at(*one, "reference") == self.reference; });
  });
}

std::optional<std::string_view> refuse_staff_author(const Self& self, const Json* before, const Json& after) {
  const auto authors = authors_of(text_at(after, "resourceType"));
  if (before != nullptr && is_of_another_person(self, *before, authors) &&
      !differ_in_status_alone(*before, after)) {
    return "another person's statement cannot be edited; only its status may change";
  }
  const bool named = is_named(self, after, authors);
  for (const Author& author : authors) {
    const References was = named_at(before, author);
    for (const Json* one : named_at(&after, author)) {
      const bool stays = std::any_of(was.begin(), was.end(), [&](const Json* old) { return *old == *one; });
      const bool reported = author.named == Named::source && named && is_kind(*one, "Patient/");
      if (!stays && !reported && !self.is_own(*one))
        return "the author must be the signed-in person; a patient's statement also names the person who "
               "recorded it";
    }
  }
  return {};
}

// A consent that only the patient's account can write: see `must`.
bool is_patients_own_consent(const Json& resource) {
  if (text_at(resource, "resourceType") != "Consent") return false;
  const References named = named_at(&resource, {"Consent", "performer"});
  return !named.empty() &&
         std::all_of(named.begin(), named.end(), [](const Json* one) { return is_kind(*one, "Patient/"); });
}

// A carer asks for no erasure: it would end the patient's record.
bool asks_for_erasure(const Json& resource) {
  if (text_at(resource, "resourceType") != "Communication") return false;
  const References codes = named_at(&resource, {"Communication", "category.coding.code"});
  return std::any_of(codes.begin(), codes.end(), [](const Json* code) {
    return code->is_string() && code->get_ref<const std::string&>() == "erasure-request";
  });
}

/// Returns whether it is a Flag that the server's own rules raised (care/safety/flag.h, care/monitoring).
bool is_raised_here(const Json* resource) {
  if (resource == nullptr || text_at(*resource, "resourceType") != "Flag") return false;
  const References systems = named_at(resource, {"Flag", "identifier.system"});
  return std::any_of(systems.begin(), systems.end(), [](const Json* system) {
    return system->is_string() && system->get_ref<const std::string&>() == "urn:reprise:flag";
  });
}

}  // namespace

std::optional<std::string_view> refuse_foreign_author(const Principal& principal, const Json* before,
                                                      const Json* after) {
  if (principal.role == Role::program) {
    // Such a Flag may keep a patient from exercising. Only a clinician's decision ends it.
    if (is_raised_here(before) || is_raised_here(after))
      return "Flags with an identifier of urn:reprise:flag are written by the server alone; a Task of a "
             "clinician decides about them";
    return {};
  }
  if (principal.role != Role::patient && before != nullptr && is_patients_own_consent(*before))
    return "a patient's own Consent is changed by the patient only; add another Consent";
  if (after == nullptr) return {};
  if (principal.role == Role::carer && asks_for_erasure(*after))
    return "only the patient asks for the own data to be erased";
  const Self self = self_of(principal);
  return !own_patient(principal).empty() ? refuse_patient_author(self, before, *after)
                                         : refuse_staff_author(self, before, *after);
}

}  // namespace reprise::record

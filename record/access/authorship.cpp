#include "record/access/authorship.h"

#include <algorithm>
#include <array>

namespace reprise::record {
namespace {

using fhir::Json;

/// Where a resource says whose it is: an element, or one inside each item of an element.
struct Author {
  std::string_view type;
  std::string_view element;
  std::string_view inside;
  bool must = false;  ///< nobody would know whose it is
};

constexpr std::array<Author, 9> kAuthors = {{{"Communication", "sender", "", true},
                                             {"QuestionnaireResponse", "author", ""},
                                             {"QuestionnaireResponse", "source", ""},
                                             {"Observation", "performer", ""},
                                             {"Procedure", "performer", "actor"},
                                             {"Procedure", "recorder", ""},
                                             {"Procedure", "asserter", ""},
                                             {"DocumentReference", "author", ""},
                                             {"Media", "operator", ""}}};

// A device, such as the coach, is no person.
bool is_own(const Json& reference, std::string_view patient) {
  const auto found = reference.is_object() ? reference.find("reference") : reference.end();
  if (!reference.is_object() || found == reference.end() || !found->is_string()) return false;
  const std::string_view text = found->get_ref<const std::string&>();
  return text == "Patient/" + std::string{patient} || text.substr(0, 7) == "Device/";
}

bool is_right(const Json& value, std::string_view inside, std::string_view patient) {
  if (value.is_array()) {
    return std::all_of(value.begin(), value.end(),
                       [&](const Json& item) { return is_right(item, inside, patient); });
  }
  if (inside.empty()) return is_own(value, patient);
  const auto found = value.is_object() ? value.find(inside) : value.end();
  return value.is_object() && found != value.end() && is_own(*found, patient);
}

// A decision about a patient is signed by whoever took it.
bool is_own_task(const Asker& asker, const Json& resource) {
  const auto type = resource.find("resourceType");
  if (type == resource.end() || *type != "Task") return true;
  const auto requester = resource.find("requester");
  if (requester == resource.end() || !requester->is_object()) return true;
  const auto said = requester->find("reference");
  return said == requester->end() || *said == "Practitioner/" + asker.person;
}

}  // namespace

bool is_in_own_name(const Asker& asker, const Json& resource) {
  if (asker.role == Role::clinician) return is_own_task(asker, resource);
  if (asker.role != Role::patient) return true;
  const auto type = resource.find("resourceType");
  if (type == resource.end() || !type->is_string()) return true;
  return std::all_of(kAuthors.begin(), kAuthors.end(), [&](const Author& author) {
    if (author.type != type->get_ref<const std::string&>()) return true;
    const auto said = resource.find(author.element);
    return said == resource.end() ? !author.must : is_right(*said, author.inside, asker.person);
  });
}

}  // namespace reprise::record

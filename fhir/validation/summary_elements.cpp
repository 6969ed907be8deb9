// SPDX-License-Identifier: Apache-2.0
#include "fhir/validation/summary_elements.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "fhir/model/definitions.h"
#include "fhir/validation/value_checks.h"

namespace reprise::fhir {
namespace {

bool is_always_kept(std::string_view field) {
  return field == "resourceType" || field == "id" || field == "meta";
}

// The element of a field; what stands beside a primitive value ("_birthDate") goes with it.
const Element* element_of(const Structure& structure, const std::string& field) {
  return find_element(structure, field.rfind('_', 0) == 0 ? field.substr(1) : field);
}

template <class Keep>
Json kept_fields(const Json& group, const Structure& structure, Keep keep) {
  Json kept = Json::object();
  for (const auto& [field, value] : group.get_ref<const Json::object_t&>()) {
    const Element* element = element_of(structure, field);
    if (is_always_kept(field) || (element != nullptr && keep(*element))) kept[field] = value;
  }
  return kept;
}

void mark_as_subset(Json& resource) {
  const Json tag = {{"system", "http://terminology.hl7.org/CodeSystem/v3-ObservationValue"},
                    {"code", "SUBSETTED"}};
  Json& meta = resource["meta"];
  if (!meta.is_object()) meta = Json::object();
  Json& tags = meta["tag"];
  if (!tags.is_array()) tags = Json::array();
  if (std::find(tags.begin(), tags.end(), tag) == tags.end()) tags.push_back(tag);
}

template <class Keep>
Json subset_of(const Json& resource, Keep keep) {
  const std::string* type = text_field(resource, "resourceType");
  const Structure* structure = type != nullptr ? find_resource(*type) : nullptr;
  if (structure == nullptr) return Json::object();
  Json kept = kept_fields(resource, *structure, keep);
  mark_as_subset(kept);
  return kept;
}

// "Observation.component", and no data type.
bool is_group_of_resource(const Structure& structure) {
  return structure.kind == Kind::group && structure.name.find('.') != std::string_view::npos &&
         find_resource(structure.name.substr(0, structure.name.find('.'))) != nullptr;
}

void keep_summary_of_groups(Json& group, const Structure& structure) {
  const auto summary_of_one = [](Json& value, const Structure& of) {
    if (!value.is_object()) return;
    value = kept_fields(value, of,
                        [](const Element& one) { return one.summary || one.required || one.modifier; });
    keep_summary_of_groups(value, of);
  };
  for (auto& [field, value] : group.get_ref<Json::object_t&>()) {
    const Element* element = find_element(structure, field);
    if (element == nullptr || !is_group_of_resource(structure_of(*element))) continue;
    if (!value.is_array()) summary_of_one(value, structure_of(*element));
    if (value.is_array()) {
      for (Json& one : value) summary_of_one(one, structure_of(*element));
    }
  }
}

}  // namespace

Json summary_of(const Json& resource) {
  Json summary =
      subset_of(resource, [](const Element& one) { return one.summary || one.required || one.modifier; });
  const std::string* type = text_field(summary, "resourceType");
  if (type != nullptr) keep_summary_of_groups(summary, *find_resource(*type));
  return summary;
}

Json text_of_resource(const Json& resource) {
  return subset_of(resource,
                   [](const Element& one) { return one.name == "text" || one.required || one.modifier; });
}

Json without_text(const Json& resource) {
  return subset_of(resource, [](const Element& one) { return one.name != "text"; });
}

Json with_elements(const Json& resource, std::span<const std::string> names) {
  return subset_of(resource, [&](const Element& one) {
    return one.required || one.modifier ||
           std::find(names.begin(), names.end(), path_name(one)) != names.end();
  });
}

}  // namespace reprise::fhir

// SPDX-License-Identifier: Apache-2.0
#include "fhir/validation/validate.h"

#include <bitset>
#include <string>
#include <utility>

#include "base/nearest_names.h"
#include "fhir/model/definitions.h"
#include "fhir/model/element_path.h"
#include "fhir/validation/findings.h"
#include "fhir/validation/invariants.h"
#include "fhir/validation/value_checks.h"

namespace reprise::fhir {
namespace {

constexpr std::size_t kMostElements = 128;  // of one structure; compile_definitions.mjs sees to it

// Walks through a resource and its definitions side by side.
class Validator {
 public:
  explicit Validator(Findings& findings) : findings_(findings) {}

  void resource(const Json& value, const ElementPath& place, const Surroundings& around) {
    const Structure* structure = resource_structure(value, place);
    if (structure == nullptr) return;
    if (around.in_contained) {
      group(value, *structure, place, around);
      return;
    }
    const Container container = container_of(value, structure->name);
    group(value, *structure, place, {&container, false, around.in_bundle || structure->name == "Bundle"});
  }

 private:
  const Structure* resource_structure(const Json& value, const ElementPath& place) {
    if (!value.is_object() || value.empty()) {
      findings_.add(IssueType::structure, place, "must be a resource: a group of fields with a resourceType");
      return nullptr;
    }
    const std::string* type = text_field(value, "resourceType");
    if (type == nullptr) {
      findings_.add(IssueType::required, place, "has no resourceType");
      return nullptr;
    }
    const Structure* structure = find_resource(*type);
    if (structure == nullptr && is_resource_type(*type)) {
      findings_.add(IssueType::not_supported, place, "resources of the type " + *type + " are not supported");
    } else if (structure == nullptr) {
      findings_.add(IssueType::value, place, "its resourceType is no resource type of R4");
    }
    return structure;
  }

  void group(const Json& value, const Structure& structure, const ElementPath& place,
             const Surroundings& around) {
    if (!value.is_object()) {
      findings_.add(IssueType::structure, place, "must be a group of fields");
      return;
    }
    if (value.empty()) {
      findings_.add(IssueType::structure, place, "is empty; leave out what has no value");
      return;
    }
    const auto elements = elements_of(structure);
    std::bitset<kMostElements> seen;
    for (const auto& [name, field] : value.get_ref<const Json::object_t&>()) {
      if (findings_.full()) return;
      if (structure.kind == Kind::resource && name == "resourceType") continue;
      const bool beside = name.front() == '_';
      const std::string_view bare = std::string_view{name}.substr(beside ? 1 : 0);
      const Element* found = find_element(structure, bare);
      if (found == nullptr || (beside && !may_stand_beside(*found))) {
        unknown(name, structure, place);
        continue;
      }
      seen.set(static_cast<std::size_t>(found - elements.data()));
      if (!beside) {
        const auto extra = may_stand_beside(*found) ? value.find('_' + name) : value.end();
        element(*found, &field, extra != value.end() ? &*extra : nullptr, place, around);
      } else if (!value.contains(bare)) {  // else it was looked at with its value
        element(*found, nullptr, &field, place, around);
      }
    }
    presence(elements, seen, place);
    check_invariants(structure, value, place, findings_);
  }

  static bool may_stand_beside(const Element& element) {
    return is_primitive(structure_of(element).kind) && !element.plain;
  }

  void unknown(const std::string& name, const Structure& structure, const ElementPath& place) {
    const std::string has_none = std::string{structure.name} + " has no such element";
    if (!may_be_shown(name)) {
      findings_.add(IssueType::structure, place, "a field has a name that no element has; " + has_none);
      return;
    }
    std::vector<std::string> known;
    for (const Element& one : elements_of(structure)) known.emplace_back(one.name);
    const std::string meant = did_you_mean(name, known);
    const std::string_view bare = std::string_view{name}.substr(name.front() == '_' ? 1 : 0);
    findings_.add(IssueType::structure, {&place, bare, {}}, has_none + (meant.empty() ? "" : ". " + meant));
  }

  // What must be there, and that a choice is made once.
  void presence(std::span<const Element> elements, const std::bitset<kMostElements>& seen,
                const ElementPath& place) {
    for (std::size_t i = 0; i < elements.size();) {
      const std::string_view name = path_name(elements[i]);
      std::size_t count = 0;
      const bool required = elements[i].required;
      // The types of a choice stand one after the other, because a structure's elements are sorted.
      const std::size_t first = i;
      do {
        count += seen[i] ? 1 : 0;
        ++i;
      } while (i < elements.size() && elements[first].stem < elements[first].name.size() &&
               elements[i].stem < elements[i].name.size() && path_name(elements[i]) == name);
      if (count == 0 && required) {
        findings_.add(IssueType::required, {&place, name, {}}, "is missing");
      } else if (count > 1) {
        findings_.add(IssueType::structure, {&place, name, {}}, "must have one type only");
      }
    }
  }

  // `own`: the value or list of values; `extra`: what stands beside it, of a primitive type. At least one is
  // given.
  void element(const Element& element, const Json* own, const Json* extra, const ElementPath& parent,
               const Surroundings& around) {
    ElementPath place{&parent, path_name(element), {}};
    if (!element.many) {
      single(element, own, extra, place, around);
      return;
    }
    if ((own != nullptr && !own->is_array()) || (extra != nullptr && !extra->is_array())) {
      findings_.add(IssueType::structure, place, "must be a list");
      return;
    }
    const std::size_t size = (own != nullptr ? own : extra)->size();
    if (size == 0) {
      findings_.add(IssueType::structure, place, "is an empty list; leave out what has no value");
    }
    if (own != nullptr && extra != nullptr && extra->size() != size) {
      findings_.add(IssueType::structure, place,
                    "its values and what stands beside them are lists of different lengths");
      return;
    }
    for (std::size_t i = 0; i < size && !findings_.full(); ++i) {
      place.index = i;
      const auto item = [i](const Json* list) {
        return list != nullptr && !(*list)[i].is_null() ? &(*list)[i] : nullptr;
      };
      one(element, item(own), item(extra), place, around);
    }
    if (element.name == "contained" && !around.in_contained) contained_ids(*around.container, place);
  }

  void single(const Element& element, const Json* own, const Json* extra, const ElementPath& place,
              const Surroundings& around) {
    if ((own != nullptr && own->is_array()) || (extra != nullptr && extra->is_array())) {
      findings_.add(IssueType::structure, place, "must not be a list");
    } else if ((own != nullptr && own->is_null()) || (extra != nullptr && extra->is_null())) {
      findings_.add(IssueType::structure, place, "is null; leave out what has no value");
    } else {
      one(element, own, extra, place, around);
    }
  }

  // One value; null pointers stand for JSON's null, which lists of primitive values may hold.
  void one(const Element& element, const Json* own, const Json* extra, const ElementPath& place,
           const Surroundings& around) {
    const Structure& structure = structure_of(element);
    if (own == nullptr && extra == nullptr) {
      findings_.add(IssueType::structure, place, "is null; leave out what has no value");
      return;
    }
    if (is_primitive(structure.kind)) {
      if (extra != nullptr) group(*extra, beside_primitive(), place, around);
      if (own != nullptr) check_primitive(element, *own, place, findings_);
    } else if (structure.kind == Kind::any_resource) {
      inner_resource(element, *own, place, around);
    } else {
      group(*own, structure, place, around);
      if (structure.name == "Reference") check_reference(element, *own, place, around, findings_);
      if (structure.name == "CodeableConcept") check_concept(element, *own, place, findings_);
      if (structure.name == "Extension") check_extension(*own, place, findings_);
    }
  }

  void inner_resource(const Element& element, const Json& value, const ElementPath& place,
                      const Surroundings& around) {
    if (element.name != "contained") {  // an entry: a whole of its own, with its own contained resources
      resource(value, place, {nullptr, false, around.in_bundle});
      return;
    }
    if (around.in_contained) {
      findings_.add(IssueType::invariant, place, "a contained resource must not contain others");
      return;
    }
    if (text_field(value, "id") == nullptr) {
      findings_.add(IssueType::required, {&place, "id", {}},
                    "is missing; a contained resource is found by it");
    }
    resource(value, place, {around.container, true, around.in_bundle});
  }

  void contained_ids(const Container& container, const ElementPath& place) {
    for (std::size_t i = 1; i < container.contained.size(); ++i) {
      if (container.contained[i].first != container.contained[i - 1].first) continue;
      findings_.add(IssueType::invariant, {place.parent, place.name, {}},
                    "two contained resources have the same id");
      return;
    }
  }

  Findings& findings_;
};

}  // namespace

std::vector<Issue> validate(const Json& resource, const ValidateOptions& options) {
  Findings findings(options);
  const std::string* type = text_field(resource, "resourceType");
  const bool named = type != nullptr && is_resource_type(*type);
  Validator(findings).resource(resource, {nullptr, named ? std::string_view{*type} : "Resource", {}}, {});
  return std::move(findings).take();
}

}  // namespace reprise::fhir

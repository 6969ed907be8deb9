// SPDX-License-Identifier: Apache-2.0
#include "fhir/validation/value_checks.h"

#include <algorithm>
#include <string>

#include "base/nearest_names.h"
#include "fhir/model/primitive.h"
#include "fhir/model/reference.h"
#include "fhir/validation/narrative.h"

namespace reprise::fhir {
namespace {

std::string must_be_one_of(const Element& element, std::span<const Code> codes) {
  constexpr std::size_t kMostShown = 12;
  std::string text = "must be a code of " + std::string{tables().value_sets[element.value_set].url};
  if (codes.size() > kMostShown) return text;
  std::vector<std::string> names;
  for (const Code& code : codes) names.emplace_back(code.code);
  return text + ": " + any_of(names);
}

void check_target(const Element& element, std::string_view type, const ElementPath& place,
                  Findings& findings) {
  if (may_refer_to(element, type)) return;
  std::vector<std::string> allowed;
  for (const std::string_view name : tables().resource_types) {
    if (may_refer_to(element, name)) allowed.emplace_back(name);
  }
  findings.add(IssueType::value, place, "must refer to " + any_of(allowed) + ", not to " + std::string{type});
}

// The type of what the text refers to; empty where it does not tell or where that was a problem.
std::string_view check_literal_reference(const std::string& text, const ElementPath& place,
                                         const Surroundings& around, Findings& findings) {
  const auto parsed = parse_reference(text);
  if (!parsed || (parsed->form == ReferenceForm::conditional && !around.in_bundle)) {
    findings.add(
        IssueType::value, place,
        "must be TYPE/ID with a resource type of R4, an address with a scheme, or # with the id of a "
        "contained resource");
    return {};
  }
  if (parsed->form != ReferenceForm::contained || around.container == nullptr) return parsed->type;
  const std::string_view type = type_behind(*around.container, parsed->id);
  if (!type.empty()) return type;
  findings.add(IssueType::not_found, place, "no contained resource has this id");
  return {};
}

}  // namespace

const std::string* text_field(const Json& group, std::string_view name) {
  if (!group.is_object()) return nullptr;
  for (const auto& [key, value] : group.get_ref<const Json::object_t&>()) {
    if (key == name) return value.get_ptr<const std::string*>();
  }
  return nullptr;
}

std::string_view text_in(const Json& group, std::string_view name) {
  const std::string* text = text_field(group, name);
  return text != nullptr ? std::string_view{*text} : std::string_view{};
}

Container container_of(const Json& resource, std::string_view type) {
  Container container{type, {}};
  const auto contained = resource.find("contained");
  if (contained == resource.end() || !contained->is_array()) return container;
  for (const Json& one : *contained) {
    const std::string* id = text_field(one, "id");
    const std::string* its_type = text_field(one, "resourceType");
    if (id != nullptr && its_type != nullptr) container.contained.emplace_back(*id, *its_type);
  }
  std::sort(container.contained.begin(), container.contained.end());
  return container;
}

std::string_view type_behind(const Container& container, std::string_view id) {
  if (id.empty()) return container.type;
  const auto& contained = container.contained;
  const auto at = std::lower_bound(contained.begin(), contained.end(), std::pair{id, std::string_view{}});
  return at != contained.end() && at->first == id ? at->second : std::string_view{};
}

void check_primitive(const Element& element, const Json& value, const ElementPath& place,
                     Findings& findings) {
  const Kind kind = structure_of(element).kind;
  if (value.is_structured()) {
    findings.add(IssueType::structure, place, "must be a single value, not a group or a list");
    return;
  }
  if (!is_written_as(kind, value)) {
    findings.add(IssueType::value, place, std::string{rule_of(kind)});
    return;
  }
  if (kind == Kind::xhtml) {
    if (const auto problem = problem_in_narrative(value.get_ref<const std::string&>())) {
      findings.add(IssueType::value, place, std::string{*problem});
    }
  }
  const auto codes = required_codes(element);
  if (kind == Kind::code && !codes.empty() && !contains_code(codes, value.get_ref<const std::string&>())) {
    findings.add(IssueType::code_invalid, place, must_be_one_of(element, codes));
  }
}

void check_concept(const Element& element, const Json& value, const ElementPath& place, Findings& findings) {
  const auto codes = required_codes(element);
  if (codes.empty() || !value.is_object()) return;
  const auto codings = value.find("coding");
  if (codings == value.end() && !value.contains("text")) return;
  if (codings != value.end() && codings->is_array()) {
    for (const Json& coding : *codings) {
      const std::string* system = text_field(coding, "system");
      const std::string* code = text_field(coding, "code");
      if (system == nullptr || code == nullptr) continue;
      const std::string_view of_system = *system;
      if (contains_code(codes, *code, &of_system)) return;
    }
  }
  findings.add(IssueType::code_invalid, place, "one coding " + must_be_one_of(element, codes));
}

void check_reference(const Element& element, const Json& reference, const ElementPath& place,
                     const Surroundings& around, Findings& findings) {
  std::string_view type;
  const ElementPath at_text{&place, "reference", {}};
  const std::string* text = text_field(reference, "reference");
  if (text != nullptr && is_written_as(Kind::string, *text)) {
    type = check_literal_reference(*text, at_text, around, findings);
    if (!type.empty()) check_target(element, type, at_text, findings);
  }
  const std::string* said = text_field(reference, "type");
  if (said == nullptr || said->find(':') != std::string::npos) return;  // a logical model's address
  const ElementPath at_type{&place, "type", {}};
  if (!is_resource_type(*said)) {
    findings.add(IssueType::value, at_type, "must be a resource type of R4 or an address");
  } else if (!type.empty() && type != *said) {
    findings.add(IssueType::invariant, at_type,
                 "contradicts the reference, which leads to a resource of another type");
  } else {
    check_target(element, *said, at_type, findings);
  }
}

void check_extension(const Json& extension, const ElementPath& place, Findings& findings) {
  if (!extension.is_object()) return;
  const auto& fields = extension.get_ref<const Json::object_t&>();
  const bool value = std::any_of(fields.begin(), fields.end(), [](const auto& field) {
    return field.first.rfind("value", 0) == 0 || field.first.rfind("_value", 0) == 0;
  });
  if (value == extension.contains("extension")) {
    findings.add(IssueType::invariant, place, "must have either a value or further extensions");
  }
}

}  // namespace reprise::fhir

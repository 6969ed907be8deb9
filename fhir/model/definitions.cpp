// SPDX-License-Identifier: Apache-2.0
#include "fhir/model/definitions.h"

#include <algorithm>
#include <cassert>

namespace reprise::fhir {

const Structure* find_structure(std::string_view name) {
  const auto all = tables().structures;
  const auto at = std::lower_bound(all.begin(), all.end(), name,
                                   [](const Structure& s, std::string_view n) { return s.name < n; });
  return at != all.end() && at->name == name ? &*at : nullptr;
}

const Structure* find_resource(std::string_view name) {
  const Structure* found = find_structure(name);
  return found != nullptr && found->kind == Kind::resource ? found : nullptr;
}

bool is_resource_type(std::string_view name) {
  const auto all = tables().resource_types;
  return std::binary_search(all.begin(), all.end(), name);
}

const Structure& beside_primitive() {
  const Structure* found = find_structure("Element");
  assert(found != nullptr);
  return *found;
}

std::span<const Element> elements_of(const Structure& structure) {
  return tables().elements.subspan(structure.first_element, structure.element_count);
}

const Element* find_element(const Structure& structure, std::string_view name) {
  const auto all = elements_of(structure);
  const auto at = std::lower_bound(all.begin(), all.end(), name,
                                   [](const Element& e, std::string_view n) { return e.name < n; });
  return at != all.end() && at->name == name ? &*at : nullptr;
}

const Structure& structure_of(const Element& element) {
  return tables().structures[element.structure];
}

bool may_refer_to(const Element& element, std::string_view resource_type) {
  const auto targets = tables().targets.subspan(element.first_target, element.target_count);
  return targets.empty() || std::any_of(targets.begin(), targets.end(), [&](std::uint16_t target) {
           return tables().resource_types[target] == resource_type;
         });
}

std::span<const Code> required_codes(const Element& element) {
  if (element.value_set == kNoValueSet) return {};
  const ValueSet& set = tables().value_sets[element.value_set];
  return tables().codes.subspan(set.first_code, set.code_count);
}

namespace {

auto first_with_code(std::span<const Code> codes, std::string_view code) {
  return std::lower_bound(codes.begin(), codes.end(), code,
                          [](const Code& c, std::string_view wanted) { return c.code < wanted; });
}

}  // namespace

bool contains_code(std::span<const Code> codes, std::string_view code, const std::string_view* system) {
  auto at = first_with_code(codes, code);
  // The same code may stand in two systems.
  for (; at != codes.end() && at->code == code; ++at) {
    if (system == nullptr || tables().systems[at->system] == *system) return true;
  }
  return false;
}

std::string_view system_of(std::span<const Code> codes, std::string_view code) {
  const auto at = first_with_code(codes, code);
  return at != codes.end() && at->code == code ? tables().systems[at->system] : std::string_view{};
}

}  // namespace reprise::fhir

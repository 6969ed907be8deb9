// SPDX-License-Identifier: Apache-2.0
#include "fhir/search/search_path.h"

#include <algorithm>
#include <string>

#include "fhir/model/reference.h"

namespace reprise::fhir {
namespace {

bool leads_to(const Json& reference, std::string_view type, const PathRoot& root) {
  if (const std::string* said = text_field(reference, "type"); said != nullptr && *said == type) return true;
  const std::string* text = text_field(reference, "reference");
  const auto parsed = text != nullptr ? parse_reference(*text) : std::nullopt;
  if (!parsed) return false;
  if (parsed->form != ReferenceForm::contained) return parsed->type == type;
  return type_behind(root.container(), parsed->id) == type;
}

// Whether there is anything but false.
std::vector<Node> presence_of(const std::vector<Node>& nodes) {
  static const Json kTrue = true;
  static const Json kFalse = false;
  const bool present =
      std::any_of(nodes.begin(), nodes.end(), [](const Node& node) { return *node.value != kFalse; });
  return {{present ? &kTrue : &kFalse, find_structure("boolean")}};
}

bool may_be_kept(const SearchStep& step, const Structure& structure) {
  switch (step.kind) {
    case StepKind::equals: return find_element(structure, step.name) != nullptr;
    case StepKind::resolves_to: return true;
    default: return structure.name == step.name;
  }
}

std::span<const SearchStep> steps_of(const SearchPath& path) {
  return search_tables().steps.subspan(path.first_step, path.step_count);
}

}  // namespace

std::optional<PathRoot> PathRoot::of(const Json& resource) {
  const std::string* type = text_field(resource, "resourceType");
  const Structure* structure = type != nullptr ? find_resource(*type) : nullptr;
  if (structure == nullptr) return {};
  return PathRoot({&resource, structure});
}

const Container& PathRoot::container() const {
  if (!container_) container_ = container_of(*node_.value, node_.structure->name);
  return *container_;
}

bool is_kept(const SearchStep& step, const Node& node, const PathRoot& root) {
  if (step.kind == StepKind::as_type) return node.structure->name == step.name;
  if (step.kind == StepKind::resolves_to) return leads_to(*node.value, step.name, root);
  const std::string* text = text_field(*node.value, step.name);
  return text != nullptr && *text == step.value;
}

void add_children(const Node& group, const std::string& field, const Json& value, std::string_view name,
                  std::vector<Node>& found) {
  if (field.compare(0, name.size(), name) != 0) return;
  const Element* element = find_element(*group.structure, field);
  if (element == nullptr || path_name(*element) != name) return;
  const Structure* structure = &structure_of(*element);
  if (!value.is_array()) {
    found.push_back({&value, structure, element});
    return;
  }
  for (const Json& one : value) {
    if (!one.is_null()) found.push_back({&one, structure, element});
  }
}

std::vector<Node> children(const Node& group, std::string_view name) {
  std::vector<Node> found;
  if (!group.value->is_object()) return found;
  for (const auto& [field, value] : group.value->get_ref<const Json::object_t&>()) {
    add_children(group, field, value, name, found);
  }
  return found;
}

std::vector<Node> follow(const SearchPath& path, const Node& from, const PathRoot& root) {
  std::vector<Node> nodes = {from};
  for (const SearchStep& step : steps_of(path)) {
    if (step.kind == StepKind::present) return presence_of(nodes);
    std::vector<Node> next;
    for (const Node& node : nodes) {
      if (step.kind == StepKind::child) {
        const std::vector<Node> found = children(node, step.name);
        next.insert(next.end(), found.begin(), found.end());
      } else if (is_kept(step, node, root)) {
        next.push_back(node);
      }
    }
    nodes = std::move(next);
  }
  return nodes;
}

std::vector<const Structure*> ends_of(const SearchPath& path, const Structure& start) {
  std::vector<const Structure*> ends = {&start};
  for (const SearchStep& step : steps_of(path)) {
    if (step.kind == StepKind::present) return {find_structure("boolean")};
    std::vector<const Structure*> next;
    for (const Structure* end : ends) {
      if (step.kind != StepKind::child) {
        if (may_be_kept(step, *end)) next.push_back(end);
        continue;
      }
      for (const Element& one : elements_of(*end)) {
        if (path_name(one) == step.name) next.push_back(&structure_of(one));
      }
    }
    std::sort(next.begin(), next.end());
    next.erase(std::unique(next.begin(), next.end()), next.end());
    ends = std::move(next);
  }
  return ends;
}

}  // namespace reprise::fhir

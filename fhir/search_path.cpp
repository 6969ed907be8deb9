#include "fhir/search_path.h"

#include <algorithm>
#include <string>

#include "fhir/reference.h"

namespace reprise::fhir {
namespace {

bool leads_to(const Json& reference, std::string_view type, const Container& container) {
  if (const std::string* said = text_field(reference, "type"); said != nullptr && *said == type) return true;
  const std::string* text = text_field(reference, "reference");
  const auto parsed = text != nullptr ? parse_reference(*text) : std::nullopt;
  if (!parsed) return false;
  if (parsed->form != ReferenceForm::contained) return parsed->type == type;
  return type_behind(container, parsed->id) == type;
}

template <class Keep>
std::vector<Node> only(const std::vector<Node>& nodes, Keep keep) {
  std::vector<Node> kept;
  std::copy_if(nodes.begin(), nodes.end(), std::back_inserter(kept), keep);
  return kept;
}

// Whether there is anything but false.
std::vector<Node> presence_of(const std::vector<Node>& nodes) {
  static const Json kTrue = true;
  static const Json kFalse = false;
  const bool present =
      std::any_of(nodes.begin(), nodes.end(), [](const Node& node) { return *node.value != kFalse; });
  return {{present ? &kTrue : &kFalse, find_structure("boolean")}};
}

}  // namespace

std::vector<Node> children(const Node& group, std::string_view name) {
  std::vector<Node> found;
  if (!group.value->is_object()) return found;
  for (const auto& [field, value] : group.value->get_ref<const Json::object_t&>()) {
    const Element* element = find_element(*group.structure, field);
    if (element == nullptr || path_name(*element) != name) continue;
    const Structure* structure = &structure_of(*element);
    if (!value.is_array()) {
      found.push_back({&value, structure});
      continue;
    }
    for (const Json& one : value) {
      if (!one.is_null()) found.push_back({&one, structure});
    }
  }
  return found;
}

std::vector<Node> follow(const SearchPath& path, const Json& resource, const Structure& structure) {
  const Container container = container_of(resource, structure.name);
  std::vector<Node> nodes = {{&resource, &structure}};
  for (const SearchStep& step : search_tables().steps.subspan(path.first_step, path.step_count)) {
    switch (step.kind) {
      case StepKind::child: {
        std::vector<Node> next;
        for (const Node& node : nodes) {
          const std::vector<Node> found = children(node, step.name);
          next.insert(next.end(), found.begin(), found.end());
        }
        nodes = std::move(next);
        break;
      }
      case StepKind::as_type:
        nodes = only(nodes, [&](const Node& node) { return node.structure->name == step.name; });
        break;
      case StepKind::equals:
        nodes = only(nodes, [&](const Node& node) {
          const std::string* text = text_field(*node.value, step.name);
          return text != nullptr && *text == step.value;
        });
        break;
      case StepKind::resolves_to:
        nodes = only(nodes, [&](const Node& node) { return leads_to(*node.value, step.name, container); });
        break;
      case StepKind::present: nodes = presence_of(nodes); break;
    }
  }
  return nodes;
}

}  // namespace reprise::fhir

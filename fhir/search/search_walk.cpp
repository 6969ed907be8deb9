// SPDX-License-Identifier: Apache-2.0
#include "fhir/search/search_walk.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "fhir/search/search_kinds.h"
#include "fhir/search/search_path.h"

namespace reprise::fhir {
namespace {

// The paths of all parameters of a type with their common beginnings put together.
struct Branch {
  const SearchStep* step = nullptr;  // null at the root
  std::vector<Branch> next;
  std::vector<const SearchParameter*> ends;
};

struct Tree {
  Branch root;
  std::vector<const SearchParameter*> apart;  // asks whether there is anything at all: not seen by walking
};

bool is_same(const SearchStep& a, const SearchStep& b) {
  return a.kind == b.kind && a.name == b.name && a.value == b.value;
}

void grow(Branch& root, std::span<const SearchStep> steps, const SearchParameter& parameter) {
  Branch* at = &root;
  for (const SearchStep& step : steps) {
    const auto known = std::find_if(at->next.begin(), at->next.end(),
                                    [&](const Branch& branch) { return is_same(*branch.step, step); });
    at = known != at->next.end() ? &*known : &at->next.emplace_back(Branch{&step, {}, {}});
  }
  at->ends.push_back(&parameter);
}

void grow(Tree& tree, const SearchParameter& parameter) {
  const SearchTables& all = search_tables();
  for (const SearchPath& path : all.paths.subspan(parameter.first_path, parameter.path_count)) {
    const auto steps = all.steps.subspan(path.first_step, path.step_count);
    if (!steps.empty() && steps.back().kind == StepKind::present) {
      tree.apart.push_back(&parameter);
    } else {
      grow(tree.root, steps, parameter);
    }
  }
}

using Trees = std::map<std::string_view, Tree, std::less<>>;

Trees grown() {
  Trees trees;
  for (const Structure& structure : tables().structures) {
    if (structure.kind != Kind::resource) continue;
    Tree& tree = trees[structure.name];
    for (const std::string_view type : {std::string_view{"Resource"}, structure.name}) {
      for (const SearchParameter& parameter : search_parameters(type)) grow(tree, parameter);
    }
  }
  return trees;
}

class SearchWalker {
 public:
  SearchWalker(const PathRoot& root, const ValueVisitor& see) : root_(root), see_(see) {}

  void walk(const Branch& branch, const Node& node) {
    for (const SearchParameter* parameter : branch.ends) show(*parameter, node);
    for (const Branch& next : branch.next) {
      if (next.step->kind != StepKind::child && is_kept(*next.step, node, root_)) walk(next, node);
    }
    if (!node.value->is_object()) return;
    for (const auto& [field, value] : node.value->get_ref<const Json::object_t&>()) {
      for (const Branch& next : branch.next) {
        if (next.step->kind != StepKind::child) continue;
        std::vector<Node> found;
        add_children(node, field, value, next.step->name, found);
        for (const Node& child : found) walk(next, child);
      }
    }
  }

  void show(const SearchParameter& parameter, const Node& node) {
    if (parameter.kind == SearchKind::composite) return show_parts(parameter, node);
    show_values(parameter, 0, take_values(parameter.kind, node));
  }

 private:
  static std::vector<SearchValue> take_values(SearchKind kind, const Node& node) {
    std::vector<SearchValue> values;
    add_search_values(kind, node, values);
    return values;
  }

  void show_values(const SearchParameter& parameter, std::uint32_t place, std::vector<SearchValue> values) {
    for (SearchValue& value : values) see_(parameter, place, std::move(value));
  }

  // An element that lacks one of the parts cannot match.
  void show_parts(const SearchParameter& composite, const Node& node) {
    const auto parts = parts_of(composite);
    std::vector<std::vector<SearchValue>> values;
    for (const SearchParameter& part : parts) {
      auto& own = values.emplace_back();
      for (const SearchPath& path : search_tables().paths.subspan(part.first_path, part.path_count)) {
        for (const Node& end : follow(path, node, root_)) add_search_values(part.kind, end, own);
      }
      if (own.empty()) return;
    }
    ++place_;
    for (std::size_t i = 0; i < parts.size(); ++i) show_values(parts[i], place_, std::move(values[i]));
  }

  const PathRoot& root_;
  const ValueVisitor& see_;
  std::uint32_t place_ = 0;
};

}  // namespace

void each_search_value(const Json& resource, const ValueVisitor& see) {
  static const Trees kTrees = grown();
  const auto root = PathRoot::of(resource);
  if (!root) return;
  const Tree& tree = kTrees.find(root->node().structure->name)->second;
  SearchWalker walker(*root, see);
  walker.walk(tree.root, root->node());
  for (const SearchParameter* parameter : tree.apart) {
    for (SearchValue& value : search_values(*parameter, resource)) see(*parameter, 0, std::move(value));
  }
}

}  // namespace reprise::fhir

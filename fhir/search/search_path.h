// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "fhir/model/definitions.h"
#include "fhir/model/json.h"
#include "fhir/search/search_tables.h"
#include "fhir/validation/value_checks.h"

namespace reprise::fhir {

/// A value inside a resource, and what it is by the definitions.
struct Node {
  const Json* value;
  const Structure* structure;
  const Element* element = nullptr;  ///< that it is a value of; null of a resource
};

/// A resource that paths are followed through.
class PathRoot {
 public:
  /// Nothing where it says no supported type. The resource must outlive it.
  [[nodiscard]] static std::optional<PathRoot> of(const Json& resource);

  [[nodiscard]] const Node& node() const { return node_; }
  [[nodiscard]] const Container& container() const;  ///< looked at on first use

 private:
  explicit PathRoot(Node node) : node_(node) {}

  Node node_;
  mutable std::optional<Container> container_;
};

/// What the steps of a path lead to from a node.
[[nodiscard]] std::vector<Node> follow(const SearchPath& path, const Node& from, const PathRoot& root);

/// Whether a step that chooses among values keeps this one. `step`: neither `child` nor `present`.
[[nodiscard]] bool is_kept(const SearchStep& step, const Node& node, const PathRoot& root);

/// The values of a group's field, if it is the element `name` or one of its types of a choice.
void add_children(const Node& group, const std::string& field, const Json& value, std::string_view name,
                  std::vector<Node>& found);

/// The values of a group's element, of all types of a choice.
[[nodiscard]] std::vector<Node> children(const Node& group, std::string_view name);

/// The structures that a path may lead to, by the definitions alone.
[[nodiscard]] std::vector<const Structure*> ends_of(const SearchPath& path, const Structure& start);

}  // namespace reprise::fhir

#pragma once

#include <vector>

#include "fhir/definitions.h"
#include "fhir/json.h"
#include "fhir/search_tables.h"
#include "fhir/value_checks.h"

namespace reprise::fhir {

/// A value inside a resource, and what it is by the definitions.
struct Node {
  const Json* value;
  const Structure* structure;
};

/// What the steps of a path lead to from a resource.
[[nodiscard]] std::vector<Node> follow(const SearchPath& path, const Json& resource,
                                       const Structure& structure);

/// The values of a group's element, of all types of a choice.
[[nodiscard]] std::vector<Node> children(const Node& group, std::string_view name);

}  // namespace reprise::fhir

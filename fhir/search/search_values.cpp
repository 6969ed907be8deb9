// SPDX-License-Identifier: Apache-2.0
#include "fhir/search/search_values.h"

#include <algorithm>

#include "fhir/search/search_kinds.h"

namespace reprise::fhir {

std::span<const SearchParameter> search_parameters(std::string_view resource_type) {
  const auto all = search_tables().parameters;
  const auto first =
      std::lower_bound(all.begin(), all.end(), resource_type,
                       [](const SearchParameter& p, std::string_view t) { return p.resource_type < t; });
  const auto last =
      std::upper_bound(first, all.end(), resource_type,
                       [](std::string_view t, const SearchParameter& p) { return t < p.resource_type; });
  return {first, last};
}

const SearchParameter* find_search_parameter(std::string_view resource_type, std::string_view code) {
  for (const std::string_view type : {resource_type, std::string_view{"Resource"}}) {
    const auto own = search_parameters(type);
    const auto at = std::lower_bound(own.begin(), own.end(), code,
                                     [](const SearchParameter& p, std::string_view c) { return p.code < c; });
    if (at != own.end() && at->code == code) return &*at;
  }
  return nullptr;
}

std::span<const SearchParameter> parts_of(const SearchParameter& composite) {
  return search_tables().parts.subspan(composite.first_part, composite.part_count);
}

std::span<const std::string_view> targets_of(const SearchParameter& reference) {
  return search_tables().targets.subspan(reference.first_target, reference.target_count);
}

bool leads_to_structure(const SearchParameter& parameter, std::string_view structure) {
  const Structure* start =
      find_resource(parameter.resource_type == "Resource" ? "Basic" : parameter.resource_type);
  const auto paths = search_tables().paths.subspan(parameter.first_path, parameter.path_count);
  return std::any_of(paths.begin(), paths.end(), [&](const SearchPath& path) {
    const auto ends = ends_of(path, *start);
    return std::any_of(ends.begin(), ends.end(),
                       [&](const Structure* end) { return end->name == structure; });
  });
}

std::vector<SearchValue> search_values(const SearchParameter& parameter, const Json& resource) {
  std::vector<SearchValue> values;
  const auto root = PathRoot::of(resource);
  if (!root) return values;
  for (const SearchPath& path : search_tables().paths.subspan(parameter.first_path, parameter.path_count)) {
    for (const Node& node : follow(path, root->node(), *root)) {
      add_search_values(parameter.kind, node, values);
    }
  }
  return values;
}

}  // namespace reprise::fhir

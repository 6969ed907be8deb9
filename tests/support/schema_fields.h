// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <string>

namespace reprise {

/// Adds the names of all fields that a JSON Schema has, at any depth.
inline void collect_fields(const nlohmann::json& schema, std::set<std::string>& names) {
  if (schema.is_object() && schema.contains("properties") && schema["properties"].is_object()) {
    for (const auto& item : schema["properties"].items()) names.insert(item.key());
  }
  for (const auto& part : schema) {
    if (part.is_structured()) collect_fields(part, names);
  }
}

}  // namespace reprise

// SPDX-License-Identifier: Apache-2.0
#include "fhir/profiles/extension_parts.h"

#include <algorithm>

#include "fhir/profiles/vocabulary.h"

namespace reprise::fhir {

const Json* Parts::find(std::string_view name) const {
  const auto found = by_name.find(name);
  return found == by_name.end() ? nullptr : found->second;
}

tl::expected<Parts, Why> parts_in(const Json& extension, const char* url,
                                  std::initializer_list<std::string_view> known) {
  Parts parts;
  bool right = json::field(extension, "extension") != nullptr;
  for (const Json& part : json::list_of(extension, "extension")) {
    const std::string_view name = json::text_of(part, "url");
    right = right && std::find(known.begin(), known.end(), name) != known.end() &&
            parts.by_name.emplace(name, &part).second;
  }
  if (!right) return tl::unexpected(Why{url} + " cannot be read");
  return parts;
}

tl::expected<std::optional<Parts>, Why> parts_of(const Json& element, const char* url,
                                                 std::initializer_list<std::string_view> known) {
  const auto found = extensions(element, url);
  if (found.empty()) return std::optional<Parts>{};
  if (found.size() > 1) return tl::unexpected(Why{url} + " cannot be read");
  auto parts = parts_in(*found.front(), url, known);
  if (!parts) return tl::unexpected(std::move(parts.error()));
  return std::optional{std::move(*parts)};
}

std::optional<double> measured_in(const Parts& parts, std::string_view name, engine::Measure measure) {
  const Json* part = parts.find(name);
  const Json* quantity = part == nullptr ? nullptr : json::field(*part, "valueQuantity");
  if (quantity == nullptr || json::text_of(*quantity, "system") != kUnits ||
      json::text_of(*quantity, "code") != (engine::is_angle(measure) ? "deg" : "1") ||
      json::field(*quantity, "comparator") != nullptr) {
    return {};
  }
  return json::number_of(*quantity, "value");
}

}  // namespace reprise::fhir

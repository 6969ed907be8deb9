#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fhir/model/json.h"
#include "fhir/model/primitive.h"

// Looking into resources of which nothing is known but that they are JSON, and making parts of them.
namespace reprise::fhir {

/// Whether a CodeableConcept (null: none) has this coding.
[[nodiscard]] bool has_coding(const Json* codeable, std::string_view system, std::string_view code);
[[nodiscard]] bool has_tag(const Json& resource, std::string_view system, std::string_view code);

/// All extensions of this URL.
[[nodiscard]] std::vector<const Json*> extensions(const Json& element, std::string_view url);

/// The id in a reference to a resource of this type: "TYPE/ID" or an address that ends so; empty: it leads
/// elsewhere.
[[nodiscard]] std::string_view id_in(const Json* reference, std::string_view type);

[[nodiscard]] Json codeable(std::string_view system, std::string_view code, std::string_view text);
[[nodiscard]] Json reference_to(std::string_view type, std::string_view id);
[[nodiscard]] Json quantity(double value, std::string_view unit, std::string_view code);
/// A text in other languages, as extensions of its `_field`; null where there are none.
[[nodiscard]] Json translations(const std::vector<std::pair<std::string, std::string>>& by_language);

/// What a person wrote, as a record takes it: without control characters; empty where nothing is to be seen.
[[nodiscard]] std::string clean_text(std::string_view text);

/// Whether it is a UUID in lower case.
[[nodiscard]] bool is_uuid(std::string_view text);

}  // namespace reprise::fhir

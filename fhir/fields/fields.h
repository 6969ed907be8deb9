// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fhir/model/json.h"
#include "fhir/model/primitive.h"

// Reads and writes parts of resources that are only known to be JSON.
namespace reprise::fhir {

/// Checks whether a CodeableConcept (null: none) has this coding.
[[nodiscard]] bool has_coding(const Json* codeable, std::string_view system, std::string_view code);
[[nodiscard]] bool has_tag(const Json& resource, std::string_view system, std::string_view code);

/// Returns all extensions with this URL.
[[nodiscard]] std::vector<const Json*> extensions(const Json& element, std::string_view url);

/// Returns the id in a reference to a resource of this type: "TYPE/ID" or a URL that ends so; empty for any
/// other reference.
[[nodiscard]] std::string_view id_in(const Json* reference, std::string_view type);

[[nodiscard]] Json codeable(std::string_view system, std::string_view code, std::string_view text);
[[nodiscard]] Json reference_to(std::string_view type, std::string_view id);
[[nodiscard]] Json quantity(double value, std::string_view unit, std::string_view code);
/// Sets the field `name` to the English text, and its other languages as extensions of `_name`. `texts`: by
/// language code, with "en".
void add_translated(Json& element, const std::string& name, const std::map<std::string, std::string>& texts);

/// Cleans a person's text for the record: removes control characters; empty if nothing visible is left.
[[nodiscard]] std::string clean_text(std::string_view text);

}  // namespace reprise::fhir

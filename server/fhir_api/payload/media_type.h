// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

// Media types of header fields and of `_format`.
namespace reprise::server {

/// Returns the type without parameters: "application/fhir+json" of "Application/FHIR+JSON; charset=utf-8".
[[nodiscard]] std::string media_type(std::string_view field);

/// Returns a parameter: "4.0" of "application/fhir+json; fhirVersion=4.0" for "fhirversion"; empty if absent.
[[nodiscard]] std::string media_parameter(std::string_view field, std::string_view name);

/// Splits an Accept field into media ranges with their parameters.
[[nodiscard]] std::vector<std::string_view> media_ranges(std::string_view accept);

/// Returns whether it names FHIR's JSON.
[[nodiscard]] bool is_json(std::string_view type);

/// Returns whether it names R4 or no version of FHIR.
[[nodiscard]] bool is_of_r4(std::string_view field);

}  // namespace reprise::server

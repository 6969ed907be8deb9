#pragma once

#include <string>
#include <string_view>
#include <vector>

// Media types of header fields and of `_format`.
namespace reprise::server {

/// "application/fhir+json" of "Application/FHIR+JSON; charset=utf-8".
[[nodiscard]] std::string media_type(std::string_view field);

/// "4.0" of "application/fhir+json; fhirVersion=4.0" for "fhirversion"; empty where it is not there.
[[nodiscard]] std::string media_parameter(std::string_view field, std::string_view name);

/// The media ranges of an Accept field, each with its parameters.
[[nodiscard]] std::vector<std::string_view> media_ranges(std::string_view accept);

/// Whether it is a name of FHIR's JSON.
[[nodiscard]] bool is_json(std::string_view type);

/// Whether it names no other version of FHIR than R4.
[[nodiscard]] bool is_of_r4(std::string_view field);

}  // namespace reprise::server

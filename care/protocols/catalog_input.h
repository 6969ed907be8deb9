// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exercises/catalog_document.h"

// The common parts of protocol and contraindication files.
namespace reprise::care {

inline constexpr const char* kPrecaution = "urn:reprise:precaution";
inline constexpr const char* kIcd10Cm = "http://hl7.org/fhir/sid/icd-10-cm";
inline constexpr const char* kProtocolGuide = "docs/clinician/protocols.md";

[[nodiscard]] std::vector<exercises::Code> codes_of(const json::Node& codes);
[[nodiscard]] std::vector<exercises::Translations> list_of_translations(const json::Node& list);

/// Refuses weeks that end before they begin.
void check_weeks(const json::Node& weeks, exercises::CatalogDocument& document);

/// A passage that the authors have read, and the parts of the file that it supports.
struct ReadSource {
  std::vector<std::string> supports;
  std::string source;
  std::string address;  ///< DOI or URL
  std::string says;     ///< in our own words
};

struct Provenance {
  std::vector<ReadSource> sources;
  std::vector<std::string> unsourced_defaults;
};

/// Reads `sources` and `unsourced_defaults`. Refuses a file unless each of `sections` is in one of them.
[[nodiscard]] Provenance provenance_of(exercises::CatalogDocument& document,
                                       std::span<const std::string_view> sections);

/// Writes both as sentences, for the `purpose` of a resource.
[[nodiscard]] std::string purpose_of(const Provenance& provenance);

}  // namespace reprise::care

#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "exercises/catalog.h"
#include "json/reader.h"

// The common parts of protocol and contraindication files.
namespace reprise::care {

inline constexpr const char* kPrecaution = "urn:reprise:precaution";
inline constexpr const char* kIcd10Cm = "http://hl7.org/fhir/sid/icd-10-cm";

/// Refuses any other field: a misspelled limit that is silently ignored is a danger.
void allow_only(json::Reader& input, std::initializer_list<std::string_view> known);

/// Checks for lower-case letters, digits and '-'.
[[nodiscard]] bool is_catalog_id(std::string_view id);

/// Reads the field `id`, which must be the file's name.
[[nodiscard]] std::string id_of_file(json::Reader& input, const CatalogFile& file);

/// Reads a text with at least one visible character.
[[nodiscard]] std::string shown_text(json::Reader& input, std::string_view name, std::size_t most);

/// Reads a text in English, German and Spanish, all required.
[[nodiscard]] Translations words_of(json::Reader& input, std::string_view name, std::size_t most = 600);

/// Reads a list of such texts.
[[nodiscard]] std::vector<Translations> list_of_words(json::Reader& input, std::string_view name,
                                                      std::size_t most);

/// Reads codes with system and display; at least one.
[[nodiscard]] std::vector<Code> codes_of(json::Reader& input, std::string_view name);

/// A passage that the authors have read, and the parts of the file that it supports.
struct ReadSource {
  std::vector<std::string> supports;
  std::string source;
  std::string address;  ///< DOI or URL
  std::string says;     ///< in our own words
};

/// `sources` and `unsourced_defaults`. Each of `sections` must be in one of them.
struct Provenance {
  std::vector<ReadSource> sources;
  std::vector<std::string> unsourced_defaults;
};
[[nodiscard]] Provenance provenance_of(json::Reader& input, std::initializer_list<std::string_view> sections);

/// Writes both as sentences, for the `purpose` of a resource.
[[nodiscard]] std::string purpose_of(const Provenance& provenance);

/// Returns the first error of a document, with where to read about the expected value; empty if there is
/// none.
[[nodiscard]] std::optional<Error> problem_in(const json::Document& page);

}  // namespace reprise::care

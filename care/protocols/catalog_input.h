#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "exercises/catalog.h"
#include "json/reader.h"

// What the files of protocols and of contraindications have in common.
namespace reprise::care {

inline constexpr const char* kPrecaution = "urn:reprise:precaution";
inline constexpr const char* kIcd10Cm = "http://hl7.org/fhir/sid/icd-10-cm";

/// Refuses a field that is none of these: a misspelt limit that nobody reads is a danger.
void allow_only(json::Reader& input, std::initializer_list<std::string_view> known);

/// Small letters, digits and '-'.
[[nodiscard]] bool is_catalog_id(std::string_view id);

/// The field `id`, which must be the file's name.
[[nodiscard]] std::string id_of_file(json::Reader& input, const CatalogFile& file);

/// A text in which there is something to be seen.
[[nodiscard]] std::string shown_text(json::Reader& input, std::string_view name, std::size_t most);

/// A text in English, German and Spanish, each of which must be there.
[[nodiscard]] Translations words_of(json::Reader& input, std::string_view name, std::size_t most = 600);

/// A list of such texts.
[[nodiscard]] std::vector<Translations> list_of_words(json::Reader& input, std::string_view name,
                                                      std::size_t most);

/// Codes with system and display; at least one.
[[nodiscard]] std::vector<Code> codes_of(json::Reader& input, std::string_view name);

/// A passage that somebody has read, and the parts of the file that rest on it.
struct ReadSource {
  std::vector<std::string> supports;
  std::string source;
  std::string address;  ///< DOI or web address
  std::string says;     ///< in our own words
};

/// `sources` and `unsourced_defaults`. Refused where one of `sections` is in neither.
struct Provenance {
  std::vector<ReadSource> sources;
  std::vector<std::string> unsourced_defaults;
};
[[nodiscard]] Provenance provenance_of(json::Reader& input, std::initializer_list<std::string_view> sections);

/// Both as a sentence each, for the `purpose` of a resource.
[[nodiscard]] std::string purpose_of(const Provenance& provenance);

/// The first thing wrong with a document, with where to read what belongs there.
[[nodiscard]] std::optional<Error> problem_in(const json::Document& page);

}  // namespace reprise::care

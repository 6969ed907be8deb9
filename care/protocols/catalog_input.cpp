#include "care/protocols/catalog_input.h"

#include <algorithm>
#include <array>

#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

constexpr std::array<std::string_view, 3> kWordLanguages = {"en", "de", "es"};

bool shows(std::string_view text) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ') return false;
  return std::none_of(text.begin(), text.end(), [](char c) { return c >= 0 && c < ' '; });
}

Translations read_words(json::Reader& group, std::size_t most) {
  Translations words;
  for (const std::string_view language : kWordLanguages) {
    if (!group.right()) return {};
    words.emplace(language, shown_text(group, language, most));
  }
  allow_only(group, {"en", "de", "es"});
  return words;
}

// Checks for a code of the three systems, in the characters that records use.
bool is_code(const Code& code) {
  constexpr std::array<std::string_view, 3> kSystems = {kIcd10Cm, fhir::kSnomed, kPrecaution};
  return std::find(kSystems.begin(), kSystems.end(), code.system) != kSystems.end() &&
         std::all_of(code.code.begin(), code.code.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
                  c == '-';
         });
}

std::vector<std::string> sections_in(json::Reader& input, std::string_view name,
                                     std::initializer_list<std::string_view> known) {
  std::vector<std::string> sections;
  for (const json::Reader& item : input.items(name, known.size())) {
    const Json& section = item.json();
    const bool right = section.is_string() && std::find(known.begin(), known.end(),
                                                        section.get_ref<const std::string&>()) != known.end();
    if (right)
      sections.push_back(section.get<std::string>());
    else
      input.refuse(name, "a list of sections of such a file");
  }
  return sections;
}

}  // namespace

void allow_only(json::Reader& input, std::initializer_list<std::string_view> known) {
  for (const auto& item : input.json().items()) {
    if (std::find(known.begin(), known.end(), item.key()) == known.end())
      input.refuse(item.key(), "one of the fields that may stand there");
  }
}

bool is_catalog_id(std::string_view id) {
  return !id.empty() && id.size() <= 64 && id.front() >= 'a' && id.front() <= 'z' &&
         std::all_of(id.begin(), id.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

std::string id_of_file(json::Reader& input, const CatalogFile& file) {
  std::string id = input.text("id", 64);
  if (input.right() && (!is_catalog_id(id) || file.name != id + ".json"))
    input.refuse("id", "lower-case letters, digits and '-', and the name of its file");
  return id;
}

std::string shown_text(json::Reader& input, std::string_view name, std::size_t most) {
  std::string text = input.text(name, most);
  if (input.right() && !shows(text))
    input.refuse(name, "a text without control characters or blanks at its ends");
  return text;
}

Translations words_of(json::Reader& input, std::string_view name, std::size_t most) {
  json::Reader group = input.group(name);
  return read_words(group, most);
}

std::vector<Translations> list_of_words(json::Reader& input, std::string_view name, std::size_t most) {
  std::vector<Translations> all;
  for (json::Reader& item : input.items(name, most)) all.push_back(read_words(item, 600));
  return all;
}

std::vector<Code> codes_of(json::Reader& input, std::string_view name) {
  std::vector<Code> codes;
  for (json::Reader& item : input.items(name, 40)) {
    allow_only(item, {"system", "code", "display"});
    Code code{shown_text(item, "system", 200), shown_text(item, "code", 40),
              shown_text(item, "display", 200)};
    if (item.right() && !is_code(code))
      item.refuse("system", "ICD-10-CM, SNOMED CT or a precaution of ours, with a code that they could have");
    codes.push_back(std::move(code));
  }
  if (codes.empty()) input.refuse(name, "a list of codes");
  return codes;
}

Provenance provenance_of(json::Reader& input, std::initializer_list<std::string_view> sections) {
  Provenance provenance;
  for (json::Reader& item : input.items("sources", 10)) {
    allow_only(item, {"supports", "source", "address", "says"});
    ReadSource source;
    source.supports = sections_in(item, "supports", sections);
    source.source = shown_text(item, "source", 300);
    source.address = shown_text(item, "address", 300);
    source.says = shown_text(item, "says", 600);
    if (source.supports.empty()) item.refuse("supports", "a list of sections of such a file");
    provenance.sources.push_back(std::move(source));
  }
  provenance.unsourced_defaults = sections_in(input, "unsourced_defaults", sections);
  for (const std::string_view section : sections) {
    const auto names = [&](const std::vector<std::string>& list) {
      return std::find(list.begin(), list.end(), section) != list.end();
    };
    const bool sourced = std::any_of(provenance.sources.begin(), provenance.sources.end(),
                                     [&](const ReadSource& source) { return names(source.supports); });
    if (!sourced && !names(provenance.unsourced_defaults))
      input.refuse("unsourced_defaults", "complete: no source supports " + std::string{section});
  }
  return provenance;
}

std::string purpose_of(const Provenance& provenance) {
  std::string purpose;
  for (const ReadSource& source : provenance.sources)
    purpose += source.source + " (" + source.address + "): " + source.says + " ";
  std::string defaults;
  for (const std::string& section : provenance.unsourced_defaults)
    defaults += (defaults.empty() ? "" : ", ") + section;
  if (!defaults.empty()) purpose += "Unsourced default: " + defaults + ".";
  while (!purpose.empty() && purpose.back() == ' ') purpose.pop_back();
  return purpose;
}

std::optional<Error> problem_in(const json::Document& page) {
  auto problem = page.problem();
  if (problem) problem->remedy = "correct the file; docs/clinician/protocols.md explains each field";
  return problem;
}

}  // namespace reprise::care

// SPDX-License-Identifier: Apache-2.0
#include "care/protocols/catalog_input.h"

#include <algorithm>

namespace reprise::care {

std::vector<exercises::Code> codes_of(const json::Node& codes) {
  std::vector<exercises::Code> read;
  for (const json::Node& one : codes.items())
    read.push_back({exercises::text_of(one["system"]), exercises::text_of(one["code"]),
                    exercises::text_of(one["display"])});
  return read;
}

std::vector<exercises::Translations> list_of_translations(const json::Node& list) {
  std::vector<exercises::Translations> read;
  for (const json::Node& one : list.items()) read.push_back(exercises::translations_of(one));
  return read;
}

void check_weeks(const json::Node& weeks, exercises::CatalogDocument& document) {
  const json::Node to = weeks["to"];
  if (to.there() && *to.number() <= weeks["from"].number().value_or(0))
    document.refuse(to, "must be after \"from\"", "Correct one of the two.");
}

Provenance provenance_of(exercises::CatalogDocument& document, std::span<const std::string_view> sections) {
  const json::Node root = document.root();
  Provenance provenance;
  std::vector<std::string> named = root["unsourced_defaults"].texts();
  provenance.unsourced_defaults = named;
  for (const json::Node& one : root["sources"].items()) {
    provenance.sources.push_back({one["supports"].texts(), exercises::text_of(one["source"]),
                                  exercises::text_of(one["address"]), exercises::text_of(one["says"])});
    const auto& supports = provenance.sources.back().supports;
    named.insert(named.end(), supports.begin(), supports.end());
  }
  for (const std::string_view section : sections) {
    if (std::find(named.begin(), named.end(), section) != named.end()) continue;
    document.refuse(root["unsourced_defaults"],
                    "must be complete: no source supports " + std::string{section},
                    "Add the section here, or to the source that supports it.");
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

}  // namespace reprise::care

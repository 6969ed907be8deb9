// SPDX-License-Identifier: Apache-2.0
#include "exercises/catalog_document.h"

#include "json/strict_json.h"

namespace reprise::exercises {

CatalogDocument::CatalogDocument(const CatalogFile& file, const json::Schema& schema)
    : file_(file.name), json_(json::parse_strict(file.text, file.name, problems_)) {
  if (!right()) return;
  problems_ = schema.check(json_, file_);
  const json::Node id = root()["id"];
  if (right() && text_of(id) + ".json" != file_)
    refuse(id, "must be the file's name without .json", "Rename the file, or correct the id.");
}

void CatalogDocument::refuse(const json::Node& where, std::string limit, std::string remedy) {
  problems_.push_back({file_, where.path(), where.found(), std::move(limit), std::move(remedy)});
}

Error CatalogDocument::error(std::string stage, const std::string& guide) const {
  return {ErrorCode::invalid_argument, std::move(stage), to_string(problems_),
          "correct the file; " + guide + " explains each field"};
}

std::string text_of(const json::Node& node) {
  return node.text().value_or("");
}

int whole_of(const json::Node& node) {
  return static_cast<int>(node.number().value_or(0));
}

Translations translations_of(const json::Node& texts) {
  Translations translations;
  for (const auto& [language, text] : texts.fields()) translations.emplace(language, text_of(text));
  return translations;
}

}  // namespace reprise::exercises

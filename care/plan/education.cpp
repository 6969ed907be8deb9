// SPDX-License-Identifier: Apache-2.0
#include "care/plan/education.h"

#include <array>

#include "base/base64.h"
#include "exercises/catalog_document.h"
#include "exercises/catalog_schemas.h"
#include "fhir/fields/attachment.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

constexpr const char* kEducationStage = "reading a text of the catalog";
constexpr std::array<const char*, 3> kLanguages = {"en", "de", "es"};

const json::Schema& schema() {
  static const json::Schema kSchema(exercises::education_schema());
  return kSchema;
}

// A part of the text in each language.
exercises::Translations part_of(const json::Node& text, const char* name) {
  exercises::Translations part;
  for (const char* language : kLanguages) part.emplace(language, exercises::text_of(text[language][name]));
  return part;
}

// Paragraphs and lists as Markdown has them.
Json content_of(const json::Node& text, const char* language) {
  std::string body;
  for (const std::string& paragraph : text["body"].texts()) body += (body.empty() ? "" : "\n\n") + paragraph;
  return {{"contentType", "text/markdown"},
          {"language", language},
          {"data", to_base64(body)},
          {"title", exercises::text_of(text["title"])}};
}

}  // namespace

Result<Json> education_library(const exercises::CatalogFile& file) {
  const exercises::CatalogDocument document(file, schema());
  if (!document.right()) return tl::unexpected(document.error(kEducationStage, "docs/reference/catalog.md"));
  const json::Node root = document.root();
  const json::Node text = root["text"];
  const std::string id = exercises::text_of(root["id"]);
  Json resource = Json::object();
  resource["resourceType"] = "Library";
  resource["extension"] =
      Json::array({Json{{"url", fhir::kOrder}, {"valueInteger", exercises::whole_of(root["order"])}}});
  resource["url"] = fhir::kEducationPrefix + id;
  resource["version"] = std::to_string(exercises::whole_of(root["version"]));
  resource["name"] = fhir::computer_name(id);
  fhir::add_translated(resource, "title", part_of(text, "title"));
  resource["subtitle"] = exercises::text_of(root["review"]);
  resource["status"] = "active";
  resource["experimental"] = false;
  resource["type"] = fhir::codeable(fhir::kLibrary, "education", "A text for patients");
  const std::string theme = exercises::text_of(root["theme"]);
  resource["topic"] = Json::array({fhir::codeable(fhir::kEducationTheme, theme, theme)});
  fhir::add_translated(resource, "description", part_of(text, "lead"));
  resource["purpose"] = exercises::text_of(root["source"]);
  resource["content"] = Json::array();
  for (const char* language : kLanguages) resource["content"].push_back(content_of(text[language], language));
  return resource;
}

}  // namespace reprise::care

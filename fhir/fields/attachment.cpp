// SPDX-License-Identifier: Apache-2.0
#include "fhir/fields/attachment.h"

#include "base/base64.h"

namespace reprise::fhir {
namespace {

constexpr const char* kJsonType = "application/json";

}  // namespace

Json attach_json(std::string_view label, std::string_view name, std::string_view text) {
  return Json::array(
      {Json{{"type", "documentation"},
            {"label", label},
            {"document", {{"contentType", kJsonType}, {"data", to_base64(text)}, {"title", name}}}}});
}

tl::expected<std::string, std::string> attached_json(const Json& resource) {
  const Json* found = nullptr;
  for (const Json& artifact : json::list_of(resource, "relatedArtifact")) {
    const Json* document = json::field(artifact, "document");
    if (document == nullptr || json::text_of(*document, "contentType") != kJsonType) continue;
    if (found != nullptr)
      return tl::unexpected<std::string>("several documents are attached that could be it");
    found = document;
  }
  if (found == nullptr) return tl::unexpected<std::string>("no file is attached to it");
  auto text = from_base64(json::text_of(*found, "data"));
  if (!text) return tl::unexpected<std::string>("its attachment is not base64");
  return std::move(*text);
}

std::string computer_name(std::string_view id) {
  std::string name;
  bool capital = true;
  for (const char c : id) {
    const bool letter = c >= 'a' && c <= 'z';
    const bool gap = c == '_' || c == '-';
    if (!gap) name += capital && letter ? static_cast<char>(c - 'a' + 'A') : c;
    capital = gap;
  }
  return name;
}

}  // namespace reprise::fhir

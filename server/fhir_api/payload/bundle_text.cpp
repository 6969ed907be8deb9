// SPDX-License-Identifier: Apache-2.0
#include "server/fhir_api/payload/bundle_text.h"

#include "fhir/model/json.h"

namespace reprise::server {
namespace {

void append_entry(std::string& text, const BundleEntry& entry) {
  const char* between = "";
  text += '{';
  const auto append = [&](std::string_view name, std::string_view value) {
    text += between;
    text += name;
    text += value;
    between = ",";
  };
  if (!entry.full_url.empty()) append("\"fullUrl\":", json_text(entry.full_url));
  if (!entry.resource.empty()) append("\"resource\":", entry.resource);
  if (!entry.rest.empty()) append("", entry.rest);
  text += '}';
}

}  // namespace

std::string json_text(std::string_view text) {
  return fhir::Json(text).dump(-1, ' ', false, fhir::Json::error_handler_t::replace);
}

std::string bundle_text(BundleParts parts) {
  std::size_t size = 200;
  for (const auto& entry : parts.entries)
    size += entry.full_url.size() + entry.resource.size() + entry.rest.size() + 40;
  std::string text;
  text.reserve(size);
  text += R"({"resourceType":"Bundle","type":")";
  text += parts.type;
  text += '"';
  if (parts.total) text += ",\"total\":" + std::to_string(*parts.total);
  for (std::size_t i = 0; i < parts.links.size(); ++i) {
    text += i == 0 ? ",\"link\":[" : ",";
    text += R"({"relation":")";
    text += parts.links[i].relation;
    text += "\",\"url\":" + json_text(parts.links[i].url) + "}";
  }
  if (!parts.links.empty()) text += ']';
  for (std::size_t i = 0; i < parts.entries.size(); ++i) {
    text += i == 0 ? ",\"entry\":[" : ",";
    append_entry(text, parts.entries[i]);
    parts.entries[i] = {};
  }
  if (!parts.entries.empty()) text += ']';
  return text += '}';
}

}  // namespace reprise::server

// SPDX-License-Identifier: Apache-2.0
#include "fhir/fields/fields.h"

#include <algorithm>
#include <cmath>

#include "fhir/fields/code_systems.h"
#include "fhir/model/reference.h"

namespace reprise::fhir {

namespace {

bool is_coding(const Json& coding, std::string_view system, std::string_view code) {
  return json::text_of(coding, "system") == system && json::text_of(coding, "code") == code;
}

}  // namespace

bool has_coding(const Json* codeable, std::string_view system, std::string_view code) {
  if (codeable == nullptr) return false;
  const Json& codings = json::list_of(*codeable, "coding");
  return std::any_of(codings.begin(), codings.end(),
                     [&](const Json& coding) { return is_coding(coding, system, code); });
}

bool has_tag(const Json& resource, std::string_view system, std::string_view code) {
  const Json* meta = json::field(resource, "meta");
  if (meta == nullptr) return false;
  const Json& tags = json::list_of(*meta, "tag");
  return std::any_of(tags.begin(), tags.end(), [&](const Json& tag) { return is_coding(tag, system, code); });
}

std::vector<const Json*> extensions(const Json& element, std::string_view url) {
  std::vector<const Json*> found;
  for (const Json& extension : json::list_of(element, "extension")) {
    if (json::text_of(extension, "url") == url) found.push_back(&extension);
  }
  return found;
}

std::string_view id_in(const Json* reference, std::string_view type) {
  if (reference == nullptr) return {};
  const auto parsed = fhir::parse_reference(json::text_of(*reference, "reference"));
  return parsed && parsed->type == type ? parsed->id : std::string_view{};
}

Json codeable(std::string_view system, std::string_view code, std::string_view text) {
  Json made = Json::object();
  made["coding"] = Json::array({Json{{"system", system}, {"code", code}}});
  made["text"] = text;
  return made;
}

Json reference_to(std::string_view type, std::string_view id) {
  return Json{{"reference", std::string{type} + "/" + std::string{id}}};
}

Json quantity(double value, std::string_view unit, std::string_view code) {
  Json made = Json::object();
  // A whole number is written without a fraction.
  if (value == std::floor(value) && std::abs(value) < 1e15) {
    made["value"] = static_cast<std::int64_t>(value);
  } else {
    made["value"] = value;
  }
  made["unit"] = unit;
  made["system"] = kUnits;
  made["code"] = code;
  return made;
}

void add_translated(Json& element, const std::string& name, const std::map<std::string, std::string>& texts) {
  element[name] = texts.at("en");
  Json list = Json::array();
  for (const auto& [language, text] : texts) {
    if (language == "en") continue;
    list.push_back({{"url", kTranslation},
                    {"extension", Json::array({Json{{"url", "lang"}, {"valueCode", language}},
                                               Json{{"url", "content"}, {"valueString", text}}})}});
  }
  if (!list.empty()) element["_" + name]["extension"] = std::move(list);
}

std::string clean_text(std::string_view text) {
  std::string clean;
  bool seen = false;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (static_cast<unsigned char>(c) < ' ' && !space) continue;
    seen = seen || !space;
    clean += c;
  }
  return seen ? clean : std::string{};
}

}  // namespace reprise::fhir

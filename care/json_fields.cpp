#include "care/json_fields.h"

#include <algorithm>
#include <cmath>

#include "care/vocabulary.h"
#include "fhir/reference.h"

namespace reprise::care {

const Json* field(const Json& json, std::string_view name) {
  if (!json.is_object()) return nullptr;
  const auto found = json.find(name);
  return found == json.end() ? nullptr : &*found;
}

std::string_view text_of(const Json& json, std::string_view name) {
  const Json* found = field(json, name);
  return found != nullptr && found->is_string() ? std::string_view{found->get_ref<const std::string&>()}
                                                : std::string_view{};
}

const Json& list_of(const Json& json, std::string_view name) {
  static const Json kNone = Json::array();
  const Json* found = field(json, name);
  return found != nullptr && found->is_array() ? *found : kNone;
}

namespace {

bool is_coding(const Json& coding, std::string_view system, std::string_view code) {
  return text_of(coding, "system") == system && text_of(coding, "code") == code;
}

bool is_small_hexadecimal(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

}  // namespace

bool has_coding(const Json* codeable, std::string_view system, std::string_view code) {
  if (codeable == nullptr) return false;
  const Json& codings = list_of(*codeable, "coding");
  return std::any_of(codings.begin(), codings.end(),
                     [&](const Json& coding) { return is_coding(coding, system, code); });
}

bool has_tag(const Json& resource, std::string_view system, std::string_view code) {
  const Json* meta = field(resource, "meta");
  if (meta == nullptr) return false;
  const Json& tags = list_of(*meta, "tag");
  return std::any_of(tags.begin(), tags.end(), [&](const Json& tag) { return is_coding(tag, system, code); });
}

std::vector<const Json*> extensions(const Json& element, std::string_view url) {
  std::vector<const Json*> found;
  for (const Json& extension : list_of(element, "extension")) {
    if (text_of(extension, "url") == url) found.push_back(&extension);
  }
  return found;
}

std::optional<bool> truth_of(const Json& json, std::string_view name) {
  const Json* found = field(json, name);
  if (found == nullptr || !found->is_boolean()) return {};
  return found->get<bool>();
}

std::optional<int> whole_of(const Json& json, std::string_view name, int least, int most) {
  const auto number = number_of(json, name);
  if (!number || *number < least || *number > most || *number != std::floor(*number)) return {};
  return static_cast<int>(*number);
}

std::optional<double> number_of(const Json& json, std::string_view name) {
  const Json* found = field(json, name);
  if (found == nullptr || !found->is_number()) return {};
  const double number = found->get<double>();
  return std::isfinite(number) ? std::optional{number} : std::nullopt;
}

std::string_view id_in(const Json* reference, std::string_view type) {
  if (reference == nullptr) return {};
  const auto parsed = fhir::parse_reference(text_of(*reference, "reference"));
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

Json translations(const std::vector<std::pair<std::string, std::string>>& by_language) {
  Json list = Json::array();
  for (const auto& [language, text] : by_language) {
    list.push_back({{"url", kTranslation},
                    {"extension", Json::array({Json{{"url", "lang"}, {"valueCode", language}},
                                               Json{{"url", "content"}, {"valueString", text}}})}});
  }
  return list.empty() ? Json{} : Json{{"extension", std::move(list)}};
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

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.';
  });
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !is_small_hexadecimal(text[i])) return false;
  }
  return true;
}

}  // namespace reprise::care

// SPDX-License-Identifier: Apache-2.0
#include "json/fields.h"

#include <cmath>
#include <string>

namespace reprise::json {

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

}  // namespace reprise::json

// SPDX-License-Identifier: Apache-2.0
#include "fhir/model/element_path.h"

#include <algorithm>

namespace reprise::fhir {

std::string expression(const ElementPath& place) {
  std::string text = place.parent != nullptr ? expression(*place.parent) + '.' : std::string{};
  text += place.name;
  if (place.index) text += '[' + std::to_string(*place.index) + ']';
  return text;
}

bool may_be_shown(std::string_view field_name) {
  constexpr std::size_t kLongest = 64;  // R4's longest is half of it
  if (!field_name.empty() && field_name.front() == '_') field_name.remove_prefix(1);
  return !field_name.empty() && field_name.size() <= kLongest &&
         std::all_of(field_name.begin(), field_name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
         });
}

}  // namespace reprise::fhir

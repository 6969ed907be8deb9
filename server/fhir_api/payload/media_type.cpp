// SPDX-License-Identifier: Apache-2.0
#include "server/fhir_api/payload/media_type.h"

#include "base/text.h"

namespace reprise::server {
namespace {

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Returns the part before the separator, and removes both.
std::string_view take_part(std::string_view& rest, char separator) {
  const auto end = rest.find(separator);
  const auto part = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  return without_blanks(part);
}

}  // namespace

std::string media_type(std::string_view field) {
  return lower_case(take_part(field, ';'));
}

std::string media_parameter(std::string_view field, std::string_view name) {
  (void)take_part(field, ';');
  while (!field.empty()) {
    std::string_view value = take_part(field, ';');
    if (lower_case(take_part(value, '=')) != name) continue;
    value = without_blanks(value);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
      value = value.substr(1, value.size() - 2);
    return std::string{value};
  }
  return {};
}

std::vector<std::string_view> media_ranges(std::string_view accept) {
  std::vector<std::string_view> ranges;
  while (!accept.empty()) {
    const auto one = take_part(accept, ',');
    if (!one.empty()) ranges.push_back(one);
  }
  return ranges;
}

bool is_json(std::string_view type) {
  // The last was FHIR's type before its third edition; clients still request it.
  return type == "application/fhir+json" || type == "application/json" || type == "text/json" ||
         type == "application/json+fhir";
}

bool is_of_r4(std::string_view field) {
  const std::string version = media_parameter(field, "fhirversion");
  return version.empty() || version == "4.0" || version == "4.0.1";
}

}  // namespace reprise::server

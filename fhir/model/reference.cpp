// SPDX-License-Identifier: Apache-2.0
#include "fhir/model/reference.h"

#include <algorithm>

#include "fhir/model/definitions.h"
#include "fhir/model/primitive.h"

namespace reprise::fhir {
namespace {

// "Type/id" at the end of `path`, perhaps with a version behind it.
std::optional<ParsedReference> type_and_id(std::string_view path, ReferenceForm form) {
  constexpr std::string_view kHistory = "/_history/";
  if (const std::size_t at = path.rfind(kHistory); at != std::string_view::npos) {
    if (!is_id(path.substr(at + kHistory.size()))) return {};
    path = path.substr(0, at);
  }
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return {};
  const std::string_view id = path.substr(slash + 1);
  std::string_view type = path.substr(0, slash);
  if (form == ReferenceForm::absolute) type = type.substr(type.rfind('/') + 1);
  if (!is_resource_type(type) || !is_id(id)) return {};
  return ParsedReference{form, type, id};
}

// RFC 3986: a letter, then letters, digits and "+-.".
bool has_scheme(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == 0 || colon == std::string_view::npos || colon + 1 == text.size()) return false;
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const std::string_view scheme = text.substr(0, colon);
  return is_letter(scheme.front()) && std::all_of(scheme.begin(), scheme.end(), [&](char c) {
           return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
         });
}

}  // namespace

std::optional<ParsedReference> parse_reference(std::string_view text) {
  if (text.empty() || text.find_first_of(" \t\r\n") != std::string_view::npos) return {};
  if (text.front() == '#') {
    if (text.size() > 1 && !is_id(text.substr(1))) return {};
    return ParsedReference{ReferenceForm::contained, {}, text.substr(1)};
  }
  if (has_scheme(text)) {
    // Of an address elsewhere the last two steps tell the type, where they look like it.
    if (text.substr(0, 4) == "http") {
      if (const auto found = type_and_id(text, ReferenceForm::absolute)) return found;
    }
    return ParsedReference{ReferenceForm::absolute, {}, {}};
  }
  if (const std::size_t question = text.find('?'); question != std::string_view::npos) {
    const std::string_view type = text.substr(0, question);
    if (!is_resource_type(type)) return {};
    return ParsedReference{ReferenceForm::conditional, type, {}};
  }
  return type_and_id(text, ReferenceForm::relative);
}

}  // namespace reprise::fhir

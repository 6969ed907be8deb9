// SPDX-License-Identifier: Apache-2.0
#include "fhir/model/lossless_json.h"

namespace reprise::fhir {
namespace {

// FHIR's texts have no control characters, so none of them begins like this.
constexpr std::string_view kMarkInText = "\"\\u0001";

bool is_of_number(char c) {
  return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

std::size_t end_of_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\') ++at;
  }
  return at + 1;
}

std::string with_marked_decimals(std::string_view text) {
  std::string marked;
  marked.reserve(text.size() + 64);
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    if (text[at] == '"') {
      end = std::min(end_of_string(text, at), text.size());
      marked += text.substr(at, end - at);
    } else if (is_of_number(text[at]) && (text[at] == '-' || (text[at] >= '0' && text[at] <= '9'))) {
      while (end < text.size() && is_of_number(text[end])) ++end;
      const auto number = text.substr(at, end - at);
      const bool decimal = number.find_first_of(".eE") != std::string_view::npos;
      if (decimal) (marked += kMarkInText) += number;
      if (decimal) marked += '"';
      if (!decimal) marked += number;
    } else {
      marked += text[at];
    }
    at = end;
  }
  return marked;
}

}  // namespace

Result<Json> parse_lossless(std::string_view text) {
  if (text.find(kMarkInText) != std::string_view::npos) {
    return fail(ErrorCode::corrupt, "reading JSON", "a text begins with the control character U+0001",
                "leave it out");
  }
  Json json = Json::parse(with_marked_decimals(text), nullptr, false);
  if (json.is_discarded()) {
    return fail(ErrorCode::corrupt, "reading JSON", "the text is not JSON", "send JSON");
  }
  return json;
}

std::string write_exactly(const Json& json, int indent) {
  const std::string marked = json.dump(indent, ' ', false, Json::error_handler_t::replace);
  std::string text;
  text.reserve(marked.size());
  std::size_t at = 0;
  for (auto mark = marked.find(kMarkInText); mark != std::string::npos; mark = marked.find(kMarkInText, at)) {
    text.append(marked, at, mark - at);
    const auto end = marked.find('"', mark + kMarkInText.size());
    text.append(marked, mark + kMarkInText.size(), end - mark - kMarkInText.size());
    at = end + 1;
  }
  return text.append(marked, at);
}

}  // namespace reprise::fhir

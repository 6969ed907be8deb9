// SPDX-License-Identifier: Apache-2.0
#include "record/search/query_string.h"

#include "record/index/text_folding.h"

namespace reprise::record {
namespace {

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
  return {};
}

std::optional<std::string> form_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      decoded.push_back(' ');
    } else if (text[i] != '%') {
      decoded.push_back(text[i]);
    } else {
      if (i + 2 >= text.size()) return {};
      const auto high = hex_digit(text[i + 1]);
      const auto low = hex_digit(text[i + 2]);
      if (!high || !low) return {};
      decoded.push_back(static_cast<char>(*high * 16 + *low));
      i += 2;
    }
  }
  if (!is_plain_text(decoded)) return {};
  return decoded;
}

void append_encoded(std::string_view text, std::string& form) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  // RFC 3986, what may stand in a query, without what a form gives a meaning.
  constexpr std::string_view kPlain = "-._~:/,@!*()";
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || kPlain.find(c) != std::string_view::npos) {
      form.push_back(c);
    } else {
      const auto byte = static_cast<unsigned char>(c);
      form.push_back('%');
      form.push_back(kDigits[byte >> 4U]);
      form.push_back(kDigits[byte & 15U]);
    }
  }
}

}  // namespace

std::optional<std::vector<std::pair<std::string, std::string>>> parse_query_string(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> fields;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view field = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (field.empty()) continue;
    const std::size_t sign = std::min(field.find('='), field.size());
    auto name = form_decoded(field.substr(0, sign));
    auto value = form_decoded(field.substr(std::min(sign + 1, field.size())));
    if (!name || !value) return {};
    fields.emplace_back(std::move(*name), std::move(*value));
  }
  return fields;
}

std::string write_query_string(const std::vector<std::pair<std::string, std::string>>& fields) {
  std::string form;
  for (const auto& [name, value] : fields) {
    if (!form.empty()) form.push_back('&');
    append_encoded(name, form);
    form.push_back('=');
    append_encoded(value, form);
  }
  return form;
}

std::vector<std::string_view> split_unescaped(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  std::size_t from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == separator) {
      pieces.push_back(text.substr(from, i - from));
      from = i + 1;
    }
  }
  pieces.push_back(text.substr(from));
  return pieces;
}

std::string unescaped(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '\\' && i + 1 < text.size() &&
                        std::string_view{",|$\\"}.find(text[i + 1]) != std::string_view::npos;
    if (escape) ++i;
    plain.push_back(text[i]);
  }
  return plain;
}

}  // namespace reprise::record

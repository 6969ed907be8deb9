// SPDX-License-Identifier: Apache-2.0
#include "base/plain_text.h"

#include <algorithm>
#include <cstdint>

namespace reprise {
namespace {

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// How many bytes the character at the front has; 0 where there is none that a text may hold.
std::size_t character_length(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  if (first < 0x80) return first >= 0x20 && first != 0x7F ? 1 : 0;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
  std::uint32_t code = first & (0xFFU >> (length + 1));
  for (const char c : text.substr(1, length - 1)) {
    if (!is_continuation(c)) return 0;
    code = code << 6U | (static_cast<unsigned char>(c) & 0x3FU);
  }
  const bool too_long = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  const bool control = code < 0xA0;
  return too_long || surrogate || control || code > 0x10FFFF ? 0 : length;
}

}  // namespace

bool is_one_line(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

void make_plain(std::string& text, std::size_t most_bytes) {
  // Nearly every text is short and plain already.
  const bool simple = std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
  if (simple) {
    if (text.size() > most_bytes) text.resize(most_bytes);
    return;
  }
  std::string plain;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t length = character_length(rest);
    if (plain.size() + std::max<std::size_t>(length, 1) > most_bytes) break;
    if (length == 0) {
      plain += '?';
      rest.remove_prefix(1);
    } else {
      plain += rest.substr(0, length);
      rest.remove_prefix(length);
    }
  }
  text = std::move(plain);
}

}  // namespace reprise

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace reprise::record {

/// Encodes each byte as two lower-case digits.
[[nodiscard]] inline std::string hexadecimal(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (const std::uint8_t byte : bytes) {
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 15U];
  }
  return text;
}

/// Decodes a given number of bytes; nullopt if the text has another form.
template <std::size_t size>
[[nodiscard]] std::optional<std::array<std::uint8_t, size>> from_hexadecimal(std::string_view text) {
  if (text.size() != 2 * size) return {};
  std::array<std::uint8_t, size> bytes{};
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool digit = c >= '0' && c <= '9';
    if (!digit && (c < 'a' || c > 'f')) return {};
    const int value = digit ? c - '0' : c - 'a' + 10;
    bytes[i / 2] = static_cast<std::uint8_t>(bytes[i / 2] << 4U | value);
  }
  return bytes;
}

}  // namespace reprise::record

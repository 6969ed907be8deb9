// SPDX-License-Identifier: Apache-2.0
#include "base/base64.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace reprise {
namespace {

constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kPadding = 64;
constexpr std::uint8_t kSpace = 65;
constexpr std::uint8_t kOther = 66;

// The value of each letter.
constexpr std::array<std::uint8_t, 256> kValues = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(kOther);
  for (std::size_t i = 0; i < kLetters.size(); ++i)
    values[static_cast<unsigned char>(kLetters[i])] = static_cast<std::uint8_t>(i);
  values['='] = kPadding;
  for (const unsigned char space : {' ', '\t', '\r', '\n'}) values[space] = kSpace;
  return values;
}();

}  // namespace

std::string to_base64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::size_t there = std::min<std::size_t>(3, bytes.size() - at);
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      bits = bits << 8U | (i < there ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      text += i <= there ? kLetters[bits >> (18 - 6 * i) & 63U] : '=';
    }
  }
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string bytes(text.size() / 4 * 3 + 3, '\0');
  std::size_t size = 0;
  std::uint32_t bits = 0;
  unsigned letters = 0;  // of the present four
  unsigned padding = 0;
  for (const char c : text) {
    const std::uint8_t value = kValues[static_cast<unsigned char>(c)];
    if (value < 64 && padding == 0) {
      bits = bits << 6U | value;
      if (++letters < 4) continue;
      for (const unsigned shift : {16U, 8U, 0U}) bytes[size++] = static_cast<char>(bits >> shift & 255U);
      bits = letters = 0;
    } else if (value == kPadding) {
      ++padding;
    } else if (value != kSpace) {
      return {};
    }
  }
  if (padding != (4 - letters) % 4 || letters == 1) return {};
  // The last letter's bits that belong to no byte are zero.
  if ((bits & ((1U << (2 * padding)) - 1)) != 0) return {};
  bits >>= 2 * padding;
  if (letters == 3) bytes[size++] = static_cast<char>(bits >> 8U & 255U);
  if (letters >= 2) bytes[size++] = static_cast<char>(bits & 255U);
  bytes.resize(size);
  return bytes;
}

std::string to_base64url(std::string_view bytes) {
  std::string text = to_base64(bytes);
  text.erase(std::min(text.find('='), text.size()));
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string usual{text};
  for (char& c : usual) {
    if (kValues[static_cast<unsigned char>(c)] >= 62 && c != '-' && c != '_') return {};
    c = c == '-' ? '+' : (c == '_' ? '/' : c);
  }
  usual.append((4 - usual.size() % 4) % 4, '=');
  return from_base64(usual);
}

}  // namespace reprise

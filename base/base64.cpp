#include "base/base64.h"

#include <algorithm>
#include <cstdint>

namespace reprise {
namespace {

constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

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
  std::string letters;
  letters.reserve(text.size());
  for (const char c : text) {
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t') letters += c;
  }
  if (letters.size() % 4 != 0) return {};
  std::size_t padding = 0;
  while (padding < 2 && padding < letters.size() && letters[letters.size() - 1 - padding] == '=') ++padding;
  letters.resize(letters.size() - padding);
  std::string bytes;
  bytes.reserve(letters.size() / 4 * 3 + 2);
  std::uint32_t bits = 0;
  unsigned waiting = 0;  // bits that are no byte yet
  for (const char c : letters) {
    const auto value = kLetters.find(c);
    if (value == std::string_view::npos) return {};
    bits = bits << 6U | static_cast<std::uint32_t>(value);
    waiting += 6;
    if (waiting < 8) continue;
    waiting -= 8;
    bytes += static_cast<char>(bits >> waiting & 255U);
  }
  return bytes;
}

}  // namespace reprise

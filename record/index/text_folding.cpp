#include "record/index/text_folding.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "record/index/text_folding_table.h"

namespace reprise::record {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD
constexpr char32_t kLastLetter = 0x10FFFF;

bool continues(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80;
}

struct Letter {
  char32_t code = 0;
  std::size_t bytes = 1;
  bool valid = false;
};

// The letter at the start of a text that is not empty.
Letter first_letter(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < bytes) return {};
  char32_t code = lead & (0xFFU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    if (!continues(text[i])) return {};
    code = (code << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> kLeast = {0, 0, 0x80, 0x800, 0x10000};
  if (code < kLeast[bytes] || code > kLastLetter || (code >= 0xD800 && code <= 0xDFFF)) return {};
  return {code, bytes, true};
}

std::string utf8(char32_t code) {
  const auto byte = [&](unsigned shift, unsigned mark, unsigned mask) {
    return static_cast<char>(mark | ((code >> shift) & mask));
  };
  if (code < 0x80) return {byte(0, 0, 0x7F)};
  if (code < 0x800) return {byte(6, 0xC0, 0x1F), byte(0, 0x80, 0x3F)};
  if (code < 0x10000) return {byte(12, 0xE0, 0x0F), byte(6, 0x80, 0x3F), byte(0, 0x80, 0x3F)};
  return {byte(18, 0xF0, 0x07), byte(12, 0x80, 0x3F), byte(6, 0x80, 0x3F), byte(0, 0x80, 0x3F)};
}

// What stands for a letter; nothing where it stands for itself.
std::optional<std::string_view> folding_of(char32_t letter) {
  const auto all = folding_table().foldings;
  const auto at = std::lower_bound(all.begin(), all.end(), letter,
                                   [](const Folding& f, char32_t wanted) { return f.letter < wanted; });
  if (at == all.end() || at->letter != letter) return {};
  return folding_table().folds.substr(at->first, at->length);
}

// One space for several, none at the start.
void append_folded(std::string_view piece, std::string& folded) {
  for (const char c : piece) {
    const bool space = c == ' ' || (c >= '\t' && c <= '\r');
    if (!space) {
      folded.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    } else if (!folded.empty() && folded.back() != ' ') {
      folded.push_back(' ');
    }
  }
}

}  // namespace

std::string fold_text(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  while (!text.empty()) {
    const auto plain = std::find_if(text.begin(), text.end(), [](char c) { return c <= 0; });
    const auto length = static_cast<std::size_t>(plain - text.begin());
    append_folded(text.substr(0, length), folded);
    text.remove_prefix(length);
    if (text.empty()) break;
    const Letter letter = first_letter(text);
    const std::string_view own = text.substr(0, letter.bytes);
    append_folded(letter.valid && letter.code != 0 ? folding_of(letter.code).value_or(own) : kReplacement,
                  folded);
    text.remove_prefix(letter.bytes);
  }
  if (!folded.empty() && folded.back() == ' ') folded.pop_back();
  return folded;
}

std::string_view beginning(std::string_view text) {
  if (text.size() <= kLongestIndexed) return text;
  std::size_t length = kLongestIndexed;
  while (length > 0 && continues(text[length])) --length;
  return text.substr(0, length);
}

std::string short_text(std::string_view text) {
  std::string plain = plain_text(text);
  if (plain.size() <= kLongestIndexed) return plain;
  std::array<unsigned char, 32> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(plain.data()),
                     plain.size(), nullptr, 0);
  std::string shortened{beginning(plain)};
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (const unsigned char byte : hash) {
    shortened.push_back(kDigits[byte >> 4U]);
    shortened.push_back(kDigits[byte & 15U]);
  }
  return shortened;
}

bool is_plain_text(std::string_view text) {
  while (!text.empty()) {
    const Letter letter = first_letter(text);
    if (!letter.valid || letter.code == 0) return false;
    text.remove_prefix(letter.bytes);
  }
  return true;
}

std::string plain_text(std::string_view text) {
  if (is_plain_text(text)) return std::string{text};
  std::string plain;
  while (!text.empty()) {
    const Letter letter = first_letter(text);
    plain += letter.valid && letter.code != 0 ? text.substr(0, letter.bytes) : kReplacement;
    text.remove_prefix(letter.bytes);
  }
  return plain;
}

std::optional<std::string> after_prefix(std::string_view prefix) {
  while (!prefix.empty()) {
    std::size_t last = prefix.size() - 1;
    while (last > 0 && continues(prefix[last])) --last;
    const Letter letter = first_letter(prefix.substr(last));
    prefix = prefix.substr(0, last);
    if (!letter.valid || letter.code == kLastLetter) continue;
    const char32_t next = letter.code + 1;
    return std::string{prefix} + utf8(next == 0xD800 ? 0xE000 : next);
  }
  return {};
}

}  // namespace reprise::record

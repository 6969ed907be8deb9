// SPDX-License-Identifier: Apache-2.0
#include "record/index/text_folding.h"

#include <sodium.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text.h"

namespace reprise::record {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD
constexpr char32_t kLastCodePoint = 0x10FFFF;

bool continues(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80;
}

struct CodePoint {
  char32_t code = 0;
  std::size_t bytes = 1;
  bool valid = false;
};

// The code point at the start of a text that is not empty.
CodePoint first_code_point(std::string_view text) {
  utf8proc_int32_t code = 0;
  const auto size = static_cast<utf8proc_ssize_t>(std::min<std::size_t>(text.size(), 4));
  const auto bytes = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), size, &code);
  if (bytes <= 0) return {};
  return {static_cast<char32_t>(code), static_cast<std::size_t>(bytes), true};
}

std::string utf8(char32_t code) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(code), bytes.data());
  return {reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(size)};
}

struct Range {
  char32_t first;
  char32_t last;
};

bool is_in(Range range, char32_t letter) {
  return letter >= range.first && letter <= range.last;
}

// Korean syllables stay whole: their parts are letters, not accents.
constexpr Range kKorean = {0xAC00, 0xD7A3};

// Latin, Greek, Cyrillic, Hebrew and Arabic accents and points, and invisible joiners and breaks. Marks of
// other scripts stay: there they are vowels.
bool is_mark(char32_t letter) {
  // Sorted.
  static constexpr Range kMarks[] = {{0xAD, 0xAD},     {0x300, 0x36F},   {0x483, 0x489},   {0x591, 0x5BD},
                                     {0x5BF, 0x5BF},   {0x5C1, 0x5C2},   {0x5C4, 0x5C5},   {0x5C7, 0x5C7},
                                     {0x64B, 0x65F},   {0x670, 0x670},   {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF},
                                     {0x200B, 0x200F}, {0x2060, 0x2060}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F},
                                     {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}};
  const auto* range =
      std::find_if(std::begin(kMarks), std::end(kMarks), [&](Range r) { return r.last >= letter; });
  return range != std::end(kMarks) && range->first <= letter;
}

bool is_space(char32_t letter) {
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(letter));
  return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
         category == UTF8PROC_CATEGORY_ZP;
}

// Spells letters that Unicode does not decompose, as people without them on the keyboard write them.
std::string_view spelled(char32_t letter) {
  switch (letter) {
    case U'ß': return "ss";
    case U'æ': return "ae";
    case U'œ': return "oe";
    case U'ø': return "o";
    case U'đ': return "d";
    case U'ð': return "d";
    case U'þ': return "th";
    case U'ł': return "l";
    case U'ħ': return "h";
    case U'ı': return "i";
    case U'ŧ': return "t";
    case U'ŋ': return "n";
    case U'ĸ': return "k";
    case U'ς': return "σ";
    default: return {};
  }
}

// Calls `use` with each part of the letter's compatibility decomposition (NFKD) that is no mark.
template <class Use>
void each_part(char32_t letter, const Use& use) {
  std::array<utf8proc_int32_t, 32> parts{};  // the longest decomposition has 18
  const auto count = utf8proc_decompose_char(
      static_cast<utf8proc_int32_t>(letter), parts.data(), static_cast<utf8proc_ssize_t>(parts.size()),
      static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT), nullptr);
  for (utf8proc_ssize_t i = 0; i < count; ++i) {
    const auto part = static_cast<char32_t>(parts.at(static_cast<std::size_t>(i)));
    if (!is_mark(part)) use(part);
  }
}

std::string folded_letter(char32_t letter) {
  if (is_in(kKorean, letter)) return utf8(letter);
  std::string folded;
  const auto add = [&](char32_t lower) {
    const std::string_view spelling = is_space(lower) ? " " : spelled(lower);
    folded += spelling.empty() ? utf8(lower) : std::string{spelling};
  };
  each_part(letter, [&](char32_t part) {
    const auto lower = static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(part)));
    lower == part ? add(part) : each_part(lower, add);
  });
  return folded;
}

// One space for several, none at the start.
void append_folded(std::string_view piece, std::string& folded) {
  for (const char c : piece) {
    const bool space = c == ' ' || (c >= '\t' && c <= '\r');
    if (!space) {
      folded.push_back(lower_case(c));
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
    const CodePoint letter = first_code_point(text);
    append_folded(letter.valid && letter.code != 0 ? folded_letter(letter.code) : std::string{kReplacement},
                  folded);
    text.remove_prefix(letter.bytes);
  }
  if (!folded.empty() && folded.back() == ' ') folded.pop_back();
  return folded;
}

std::string folding_version() {
  return std::string{"1 Unicode "} + utf8proc_unicode_version();
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
    const CodePoint letter = first_code_point(text);
    if (!letter.valid || letter.code == 0) return false;
    text.remove_prefix(letter.bytes);
  }
  return true;
}

std::string plain_text(std::string_view text) {
  if (is_plain_text(text)) return std::string{text};
  std::string plain;
  while (!text.empty()) {
    const CodePoint letter = first_code_point(text);
    plain += letter.valid && letter.code != 0 ? text.substr(0, letter.bytes) : kReplacement;
    text.remove_prefix(letter.bytes);
  }
  return plain;
}

std::optional<std::string> after_prefix(std::string_view prefix) {
  while (!prefix.empty()) {
    std::size_t last = prefix.size() - 1;
    while (last > 0 && continues(prefix[last])) --last;
    const CodePoint letter = first_code_point(prefix.substr(last));
    prefix = prefix.substr(0, last);
    if (!letter.valid || letter.code == kLastCodePoint) continue;
    const char32_t next = letter.code + 1;
    return std::string{prefix} + utf8(next == 0xD800 ? 0xE000 : next);
  }
  return {};
}

}  // namespace reprise::record

// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/account_name.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace reprise::record {
namespace {

constexpr std::size_t kLongestName = 128;

enum class Script : std::uint8_t { common, latin, greek, cyrillic, east_asian, other };

struct Range {
  char32_t first;
  char32_t last;
  Script script;
};

// Unicode blocks in order; characters between them are refused.
constexpr std::array kRanges = {
    Range{0x20, 0x40, Script::common},
    Range{0x41, 0x5A, Script::latin},
    Range{0x5B, 0x60, Script::common},
    Range{0x61, 0x7A, Script::latin},
    Range{0x7B, 0x7E, Script::common},
    Range{0xB7, 0xB7, Script::common},  // the middle dot of Catalan
    Range{0xC0, 0xD6, Script::latin},
    Range{0xD8, 0xF6, Script::latin},
    Range{0xF8, 0x24F, Script::latin},
    Range{0x370, 0x3FF, Script::greek},
    Range{0x400, 0x482, Script::cyrillic},
    Range{0x48A, 0x52F, Script::cyrillic},
    Range{0x531, 0x587, Script::other},    // Armenian
    Range{0x5D0, 0x5EA, Script::other},    // Hebrew
    Range{0x620, 0x64A, Script::other},    // Arabic
    Range{0x660, 0x669, Script::other},    // its digits
    Range{0x671, 0x6D3, Script::other},    // Persian, Urdu
    Range{0x6F0, 0x6F9, Script::other},    // their digits
    Range{0x900, 0xDFF, Script::other},    // India
    Range{0xE01, 0xE4E, Script::other},    // Thai
    Range{0x10D0, 0x10FA, Script::other},  // Georgian
    Range{0x1200, 0x137F, Script::other},  // Ethiopic
    Range{0x1E00, 0x1EFF, Script::latin},
    Range{0x1F00, 0x1FFF, Script::greek},
    Range{0x3005, 0x3007, Script::east_asian},
    Range{0x3041, 0x3096, Script::east_asian},
    Range{0x30A1, 0x30FE, Script::east_asian},
    Range{0x3105, 0x312F, Script::east_asian},
    Range{0x3400, 0x4DBF, Script::east_asian},
    Range{0x4E00, 0x9FFF, Script::east_asian},
    Range{0xAC00, 0xD7A3, Script::east_asian},
};

// Code points that look like a Latin letter, lower and upper case.
constexpr std::u32string_view kLikeLatin =
    U"\u0430\u0435\u043E\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u051B\u051D\u04BB\u04CF\u043A\u043C"
    U"\u0442"
    U"\u0410\u0412\u0415\u041A\u041C\u041D\u041E\u0420\u0421\u0422\u0423\u0425\u0405\u0406\u0408"
    U"\u03BF\u03B1\u03C1\u03BD\u03B9\u03BA\u03C5\u03C7\u03B3\u03F2\u03F3"
    U"\u0391\u0392\u0395\u0396\u0397\u0399\u039A\u039C\u039D\u039F\u03A1\u03A4\u03A5\u03A7";

/// Returns nullopt if the text is not UTF-8.
std::optional<std::u32string> characters_of(std::string_view utf8) {
  std::u32string all;
  while (!utf8.empty()) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(utf8[at]); };
    const std::size_t length = byte(0) < 0x80   ? 1
                               : byte(0) < 0xC2 ? 0
                               : byte(0) < 0xE0 ? 2
                               : byte(0) < 0xF0 ? 3
                               : byte(0) < 0xF5 ? 4
                                                : 0;
    if (length == 0 || length > utf8.size()) return {};
    char32_t c = length == 1 ? byte(0) : byte(0) & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
      if ((byte(i) & 0xC0U) != 0x80U) return {};
      c = c << 6U | (byte(i) & 0x3FU);
    }
    constexpr std::array<char32_t, 5> kLeast = {0, 0, 0x80, 0x800, 0x10000};
    if (c < kLeast.at(length) || (c >= 0xD800 && c <= 0xDFFF) || c > 0x10FFFF) return {};
    all += c;
    utf8.remove_prefix(length);
  }
  return all;
}

const Range* range_of(char32_t c) {
  const auto* found = std::find_if(kRanges.begin(), kRanges.end(),
                                   [&](const Range& range) { return c >= range.first && c <= range.last; });
  return found == kRanges.end() ? nullptr : found;
}

/// Returns the same number for all letters of a script.
char32_t script_number(const Range& range, char32_t c) {
  if (range.script != Script::other) return static_cast<char32_t>(range.script);
  return 0x100 + (range.first == 0x900                           ? c / 128
                  : range.first >= 0x620 && range.first <= 0x6F0 ? 0x620U
                                                                 : range.first);
}

}  // namespace

std::optional<std::string> problem_in_account_name(std::string_view name) {
  if (name.empty() || name.size() > kLongestName || name.front() == ' ' || name.back() == ' ')
    return "must have 1 to 128 bytes, and no blank at its ends";
  const auto characters = characters_of(name);
  if (!characters) return "must be UTF-8";
  std::optional<char32_t> script;
  bool like_latin = true;
  for (const char32_t c : *characters) {
    const Range* range = range_of(c);
    if (range == nullptr)
      return "must have only letters, digits and common signs; none that is invisible or an accent of its "
             "own";
    if (range->script == Script::common) continue;
    const char32_t number = script_number(*range, c);
    if (script && *script != number) return "must have letters of one script only";
    script = number;
    like_latin = like_latin && kLikeLatin.find(c) != std::u32string_view::npos;
  }
  if (script && like_latin) return "must not have only letters that look like Latin ones";
  return {};
}

}  // namespace reprise::record

// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/device_used.h"

#include <algorithm>
#include <cstddef>

namespace reprise::session {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_hex(char c) {
  return is_digit(c) || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

bool joins_words(char c) {
  return is_control(c) || c == ' ' || c == '_' || c == '-' || c == ':' || c == '(' || c == ')' || c == '[' ||
         c == ']';
}

// Models have few digits in a row, single devices many. Unsourced defaults.
constexpr std::size_t kShortestSerial = 5;
constexpr std::size_t kShortestHexSerial = 6;

bool is_serial(std::string_view word) {
  const auto digits = static_cast<std::size_t>(std::count_if(word.begin(), word.end(), is_digit));
  const bool hex = std::all_of(word.begin(), word.end(), is_hex);
  return digits >= kShortestSerial || (hex && digits > 0 && word.size() >= kShortestHexSerial);
}

// At the end of a name the last digits of an address are usual: "TICKR 4F2A". Unsourced default.
bool is_short_serial(std::string_view word) {
  constexpr std::size_t kShortest = 4;
  return word.size() >= kShortest && std::all_of(word.begin(), word.end(), is_hex) &&
         std::any_of(word.begin(), word.end(), is_digit);
}

// Pairs of hexadecimal digits, as in an address: "A0:9E:1A:12:34:56".
std::size_t address_length(std::string_view text) {
  constexpr std::size_t kPairs = 6;
  std::size_t at = 0;
  for (std::size_t pair = 0; pair < kPairs; ++pair) {
    if (pair > 0) {
      if (at >= text.size() || (text[at] != ':' && text[at] != '-')) return 0;
      ++at;
    }
    if (at + 2 > text.size() || !is_hex(text[at]) || !is_hex(text[at + 1])) return 0;
    at += 2;
  }
  return at;
}

}  // namespace

std::string device_name(std::string_view told) {
  constexpr std::size_t kMostBytes = 80;
  std::string name;
  for (std::size_t at = 0; at < told.size();) {
    if (const std::size_t address = address_length(told.substr(at)); address > 0) {
      at += address;
      continue;
    }
    std::size_t end = at;
    while (end < told.size() && !joins_words(told[end])) ++end;
    const std::string_view word = told.substr(at, end - at);
    const bool last = std::all_of(told.begin() + static_cast<std::ptrdiff_t>(end), told.end(), joins_words);
    if (!is_serial(word) && !(last && is_short_serial(word))) name += word;
    for (at = end; at < told.size() && joins_words(told[at]); ++at)
      if (!is_control(told[at])) name += told[at];
  }
  // An omitted serial number leaves its brackets and dashes behind.
  for (const char* empty : {"()", "[]"})
    while (name.find(empty) != std::string::npos) name.erase(name.find(empty), 2);
  constexpr const char* kBetween = " _-:";
  name.erase(0, std::min(name.find_first_not_of(kBetween), name.size()));
  name.erase(name.find_last_not_of(kBetween) + 1);
  if (name.size() <= kMostBytes) return name;
  std::size_t length = kMostBytes;
  while (length > 0 && (static_cast<unsigned char>(name[length]) & 0xC0U) == 0x80U) --length;
  return name.substr(0, length);
}

}  // namespace reprise::session

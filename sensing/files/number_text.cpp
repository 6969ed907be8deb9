// SPDX-License-Identifier: Apache-2.0
#include "sensing/files/number_text.h"

#include <cassert>
#include <charconv>
#include <cmath>

namespace reprise::sensing {
namespace {

template <class Number>
std::optional<Number> parse(std::string_view text) {
  text = trimmed(text);
  if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::optional<double> parse_number(std::string_view text) {
  return parse<double>(text);
}

std::optional<long long> parse_integer(std::string_view text) {
  return parse<long long>(text);
}

void append_number(std::string& out, double value) {
  assert(std::isfinite(value));
  char buffer[32];
  const auto result = std::to_chars(buffer, buffer + sizeof buffer, value);
  out.append(buffer, result.ptr);
}

void append_fixed(std::string& out, double value, int decimals) {
  assert(std::isfinite(value) && decimals >= 0 && decimals <= 12);
  char buffer[340];  // the largest double has 309 digits before the point
  const auto result =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed, decimals);
  std::string_view text{buffer, static_cast<std::size_t>(result.ptr - buffer)};
  if (text.front() == '-' && text.find_first_not_of("-0.") == std::string_view::npos) text.remove_prefix(1);
  out.append(text);
}

std::string shown(std::string_view text, std::size_t max) {
  std::string result{text.substr(0, max)};
  for (char& c : result) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  }
  if (text.size() > max) result += "...";
  return result;
}

}  // namespace reprise::sensing

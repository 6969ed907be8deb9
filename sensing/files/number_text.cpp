// SPDX-License-Identifier: Apache-2.0
#include "sensing/files/number_text.h"

#include <charconv>
#include <cmath>
#include <cstdlib>

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
#ifdef __cpp_lib_to_chars
  return parse<double>(text);
#else
  // The browser's library reads no fractions otherwise. Its only locale has a decimal point.
  std::string number{trimmed(text)};
  if (number.size() > 1 && number.front() == '+' && number[1] != '-') number.erase(0, 1);
  const std::size_t sign = !number.empty() && number.front() == '-' ? 1 : 0;
  const bool other_form = number.size() == sign || number[sign] == '+' || number[sign] == ' ' ||
                          number.find_first_of("xX") != std::string::npos;
  if (other_form) return std::nullopt;
  char* end = nullptr;
  const double value = std::strtod(number.c_str(), &end);
  const bool too_large = std::isinf(value) && number.find_first_of("nN") == std::string::npos;
  if (end != number.c_str() + number.size() || too_large) return std::nullopt;
  return value;
#endif
}

std::optional<long long> parse_integer(std::string_view text) {
  return parse<long long>(text);
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

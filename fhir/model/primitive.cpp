// SPDX-License-Identifier: Apache-2.0
#include "fhir/model/primitive.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include "base/text.h"
#include "fhir/model/date_time.h"

namespace reprise::fhir {
namespace {

constexpr std::size_t kLongestString = 1024U * 1024;  // characters

constexpr bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
constexpr bool is_decimal_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool starts_with(std::string_view text, std::string_view with) {
  return text.substr(0, with.size()) == with;
}

// Something to see, no control characters, and not beyond the largest size.
bool is_string(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), is_space)) return false;
  if (std::any_of(text.begin(), text.end(),
                  [](char c) { return static_cast<unsigned char>(c) < 0x20 && !is_space(c); })) {
    return false;
  }
  const auto characters = std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
  return static_cast<std::size_t>(characters) <= kLongestString;
}

// Words with one space between them.
bool is_code(std::string_view text) {
  if (text.empty() || is_space(text.front()) || is_space(text.back()) || !is_string(text)) return false;
  return std::adjacent_find(text.begin(), text.end(),
                            [](char a, char b) { return is_space(a) && is_space(b); }) == text.end();
}

bool is_uri(std::string_view text) {
  return !text.empty() && is_string(text) && std::none_of(text.begin(), text.end(), is_space);
}

bool is_oid(std::string_view text) {
  constexpr std::string_view kPrefix = "urn:oid:";
  if (!starts_with(text, kPrefix)) return false;
  text.remove_prefix(kPrefix.size());
  if (text.empty() || text.front() < '0' || text.front() > '2') return false;
  text.remove_prefix(1);
  if (text.empty()) return false;
  while (!text.empty()) {
    if (text.front() != '.') return false;
    text.remove_prefix(1);
    const auto end = std::find_if_not(text.begin(), text.end(), is_decimal_digit);
    const auto digits = static_cast<std::size_t>(end - text.begin());
    if (digits == 0 || (digits > 1 && text.front() == '0')) return false;
    text.remove_prefix(digits);
  }
  return true;
}

bool is_uuid_urn(std::string_view text) {
  constexpr std::string_view kPrefix = "urn:uuid:";
  return starts_with(text, kPrefix) && is_uuid(text.substr(kPrefix.size()));
}

// RFC 4648 with padding; white space anywhere.
bool is_base64(std::string_view text) {
  std::size_t characters = 0;
  std::size_t padding = 0;
  for (const char c : text) {
    if (is_space(c)) continue;
    if (c == '=') {
      ++padding;
    } else if (padding > 0 || (!is_letter(c) && !is_decimal_digit(c) && c != '+' && c != '/')) {
      return false;
    }
    ++characters;
  }
  return characters > 0 && characters % 4 == 0 && padding <= 2;
}

bool is_whole_number(const Json& value, std::int64_t least) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
  if (value.is_number_unsigned())
    return value.get<std::uint64_t>() <= kMost && value.get<std::int64_t>() >= least;
  return value.is_number_integer() && value.get<std::int64_t>() <= kMost &&
         value.get<std::int64_t>() >= least;
}

bool is_text_written_as(Kind kind, std::string_view text) {
  switch (kind) {
    case Kind::base64_binary: return is_base64(text);
    case Kind::code: return is_code(text);
    case Kind::date: return is_date(text);
    case Kind::date_time: return is_date_time(text);
    case Kind::id: return is_id(text);
    case Kind::instant: return is_instant(text);
    case Kind::oid: return is_oid(text);
    case Kind::time: return is_time(text);
    case Kind::canonical:
    case Kind::uri:
    case Kind::url: return is_uri(text);
    case Kind::uuid: return is_uuid_urn(text);
    default: return is_string(text);
  }
}

}  // namespace

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter(c) || is_decimal_digit(c) || c == '-' || c == '.';
  });
}

bool is_written_as(Kind kind, const Json& value) {
  switch (kind) {
    case Kind::boolean: return value.is_boolean();
    case Kind::decimal: return value.is_number() && std::isfinite(value.get<double>());
    case Kind::integer: return is_whole_number(value, std::numeric_limits<std::int32_t>::min());
    case Kind::unsigned_int: return is_whole_number(value, 0);
    case Kind::positive_int: return is_whole_number(value, 1);
    default: return value.is_string() && is_text_written_as(kind, value.get_ref<const std::string&>());
  }
}

std::string_view rule_of(Kind kind) {
  switch (kind) {
    case Kind::base64_binary: return "must be bytes in base64";
    case Kind::boolean: return "must be true or false";
    case Kind::code: return "must be a code: a text without spaces at its ends and never two in a row";
    case Kind::date: return "must be a day, month or year that exists, such as 2026-03-14";
    case Kind::date_time:
      return "must be a date, or a date with a time and its zone, such as 2026-03-14T09:30:00+01:00";
    case Kind::decimal: return "must be a number";
    case Kind::id: return "must be an id: 1 to 64 letters, digits, '-' and '.'";
    case Kind::instant: return "must be a date with a time and its zone, such as 2026-03-14T09:30:00Z";
    case Kind::integer: return "must be a whole number of 32 bits";
    case Kind::oid: return "must be an OID such as urn:oid:1.2.3";
    case Kind::positive_int: return "must be a whole number from 1 to 2147483647";
    case Kind::time: return "must be a time of the day, such as 09:30:00";
    case Kind::unsigned_int: return "must be a whole number from 0 to 2147483647";
    case Kind::canonical:
    case Kind::uri:
    case Kind::url: return "must be an address without spaces";
    case Kind::uuid: return "must be a UUID such as urn:uuid:c757873d-ec9a-4326-a141-556f43239520";
    default:
      return "must be a text that is not empty, without control characters, of at most 1048576 characters";
  }
}

}  // namespace reprise::fhir

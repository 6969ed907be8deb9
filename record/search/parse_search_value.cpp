// SPDX-License-Identifier: Apache-2.0
#include "record/search/parse_search_value.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <utility>

#include "base/time.h"
#include "fhir/model/date_time.h"
#include "fhir/model/primitive.h"
#include "fhir/model/reference.h"
#include "record/index/text_folding.h"
#include "record/search/query_string.h"

namespace reprise::record {
namespace {

using Read = tl::expected<SimpleValue, ValueProblem>;
using fhir::SearchKind;

Read wrong(const char* what) {
  return tl::unexpected(ValueProblem{what});
}

// Takes a prefix off the front; without one it means "equal".
Prefix take_prefix(std::string_view& text) {
  constexpr std::array<std::pair<std::string_view, Prefix>, 9> kPrefixes = {{{"eq", Prefix::eq},
                                                                             {"ne", Prefix::ne},
                                                                             {"gt", Prefix::gt},
                                                                             {"lt", Prefix::lt},
                                                                             {"ge", Prefix::ge},
                                                                             {"le", Prefix::le},
                                                                             {"sa", Prefix::sa},
                                                                             {"eb", Prefix::eb},
                                                                             {"ap", Prefix::ap}}};
  for (const auto& [word, prefix] : kPrefixes) {
    if (text.substr(0, 2) != word) continue;
    text.remove_prefix(2);
    return prefix;
  }
  return Prefix::eq;
}

std::optional<double> double_of(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return {};
  return value;
}

struct Decimal {
  bool negative = false;
  std::string digits;  // without point and sign
  int exponent = 0;    // of the last digit
};

// "-12.50e3": sign, digits, perhaps more behind a point, perhaps an exponent.
std::optional<Decimal> decimal_of(std::string_view text) {
  Decimal decimal;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    decimal.negative = text.front() == '-';
    text.remove_prefix(1);
  }
  const std::size_t e = std::min(text.find_first_of("eE"), text.size());
  if (e < text.size()) {
    std::string_view power = text.substr(e + 1);
    if (!power.empty() && power.front() == '+') power.remove_prefix(1);
    const auto [end, error] = std::from_chars(power.data(), power.data() + power.size(), decimal.exponent);
    if (error != std::errc{} || end != power.data() + power.size() || std::abs(decimal.exponent) > 400)
      return {};
  }
  const std::string_view mantissa = text.substr(0, e);
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  decimal.digits = std::string{mantissa.substr(0, point)};
  if (point < mantissa.size()) {
    const std::string_view behind = mantissa.substr(point + 1);
    decimal.digits += behind;
    decimal.exponent -= static_cast<int>(behind.size());
    if (behind.empty() || point == 0) return {};
  }
  const bool all =
      std::all_of(decimal.digits.begin(), decimal.digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  constexpr std::size_t kMostDigits = 100;
  if (decimal.digits.empty() || !all || decimal.digits.size() > kMostDigits) return {};
  return decimal;
}

// The number half a last digit above the size of a decimal: 5.45 of 5.4.
std::optional<double> half_above(const Decimal& decimal) {
  return double_of(decimal.digits + "5e" + std::to_string(decimal.exponent - 1));
}

// 5.35 of 5.4; of 0.0 it is -0.05.
std::optional<double> half_below(const Decimal& decimal) {
  std::string digits = decimal.digits;
  auto at = digits.rbegin();
  for (; at != digits.rend() && *at == '0'; ++at) *at = '9';
  if (at == digits.rend()) {
    const auto half = double_of("5e" + std::to_string(decimal.exponent - 1));
    return half ? std::optional{-*half} : std::nullopt;
  }
  --*at;
  return double_of(digits + "5e" + std::to_string(decimal.exponent - 1));
}

std::optional<NumberValue> number_of(std::string_view text) {
  NumberValue number;
  number.prefix = take_prefix(text);
  const auto decimal = decimal_of(text);
  if (!decimal) return {};
  const auto value = double_of(decimal->digits + "e" + std::to_string(decimal->exponent));
  const auto above = half_above(*decimal);
  const auto below = half_below(*decimal);
  if (!value || !above || !below) return {};
  number.value = decimal->negative ? -*value : *value;
  number.from = decimal->negative ? -*above : *below;
  number.to = decimal->negative ? -*below : *above;
  if (number.prefix == Prefix::ap) {  // a tenth up and down
    const double tenth = std::abs(number.value) / 10;
    number.from = std::min(number.from, number.value - tenth);
    number.to = std::max(number.to, number.value + tenth);
  }
  // More digits than a double has: the number itself stays inside.
  number.from = std::min(number.from, number.value);
  if (number.to <= number.value)
    number.to = std::nextafter(number.value, std::numeric_limits<double>::infinity());
  return number;
}

Read quantity_of(std::string_view text) {
  const auto pieces = split_unescaped(text, '|');
  if (pieces.size() != 1 && pieces.size() != 3) return wrong("must be a number, or NUMBER|SYSTEM|CODE");
  auto number = number_of(unescaped(pieces[0]));
  if (!number) return wrong("must begin with a number, perhaps with a prefix such as ge");
  if (pieces.size() == 3) {
    if (!pieces[1].empty()) number->system = unescaped(pieces[1]);
    if (!pieces[2].empty()) number->code = unescaped(pieces[2]);
  }
  return *number;
}

// A date of a search may do without seconds and without a zone; "+" may have become a space on its way.
std::optional<fhir::Interval> date_interval(std::string text) {
  const std::size_t t = text.find('T');
  if (t == std::string::npos) return fhir::interval_of(text);
  std::replace(text.begin(), text.end(), ' ', '+');
  const std::size_t zone = text.find_first_of("Z+-", t);
  const std::string time = text.substr(t, zone == std::string::npos ? zone : zone - t);
  const bool minutes_only = time.size() == std::string_view{"T10:30"}.size();
  auto interval = fhir::interval_of(text.substr(0, t) + time + (minutes_only ? ":00" : "") +
                                    (zone == std::string::npos ? "Z" : text.substr(zone)));
  constexpr std::int64_t kMinute = in_ms(std::chrono::minutes{1});
  if (interval && minutes_only) interval->end_ms = *interval->start_ms + kMinute;
  return interval;
}

Read date_of(std::string_view text, std::int64_t now_ms) {
  DateValue date;
  date.prefix = take_prefix(text);
  const auto interval = date_interval(unescaped(text));
  if (!interval) return wrong("must be a date such as 2026-03-14 or a time such as 2026-03-14T09:30:00Z");
  date.start_ms = *interval->start_ms;
  date.end_ms = *interval->end_ms;
  if (date.prefix == Prefix::ap) {  // a tenth of how long ago it is
    const std::int64_t tenth = std::abs(now_ms - date.start_ms) / 10;
    date.start_ms -= tenth;
    date.end_ms += tenth;
  }
  return date;
}

Read typed_identifier_of(const std::vector<std::string_view>& pieces) {
  if (pieces.size() != 3 || pieces[1].empty() || pieces[2].empty()) return wrong("must be SYSTEM|CODE|VALUE");
  TokenValue token;
  if (!pieces[0].empty()) token.system = unescaped(pieces[0]);
  token.code = unescaped(pieces[1]) + '|' + unescaped(pieces[2]);
  return token;
}

Read token_of(std::string_view text, Modifier modifier) {
  const auto pieces = split_unescaped(text, '|');
  if (modifier == Modifier::of_type) return typed_identifier_of(pieces);
  TokenValue token;
  token.code = unescaped(pieces.back());
  if (pieces.size() == 2) token.system = unescaped(pieces[0]);
  if (pieces.size() > 2 || (token.code.empty() && token.system.value_or("").empty()))
    return wrong("must be CODE, SYSTEM|CODE, SYSTEM| or |CODE");
  return token;
}

Read text_of(std::string_view text, Modifier modifier) {
  TextValue value{unescaped(text)};
  if (modifier == Modifier::exact) return value;
  const std::string folded = fold_text(value.text);
  if (folded.empty()) return wrong("must have a letter or another sign in it");
  if (folded.size() > kLongestIndexed) return wrong("is too long: at most 700 bytes, or use :exact");
  return value;
}

Read reference_of(std::string_view text, const ValueOptions& options) {
  std::string address = unescaped(text);
  const std::string own = std::string{options.base} + '/';
  if (!options.base.empty() && address.rfind(own, 0) == 0) address = address.substr(own.size());
  if (fhir::is_id(address)) return ReferenceValue{std::string{options.only_type}, address, {}};
  const auto parsed = fhir::parse_reference(address);
  if (parsed && parsed->form == fhir::ReferenceForm::relative)
    return ReferenceValue{std::string{parsed->type}, std::string{parsed->id}, {}};
  if (parsed && parsed->form == fhir::ReferenceForm::absolute) return ReferenceValue{{}, {}, address};
  return wrong("must be TYPE/ID, an id, or an address");
}

Read uri_of(std::string_view text, Modifier modifier) {
  UriValue uri{unescaped(text)};
  const bool tree = modifier == Modifier::above || modifier == Modifier::below;
  if (tree && uri.uri.find("://") == std::string::npos)
    return wrong("must be an address with ://, for only those have something above and below them");
  constexpr std::ptrdiff_t kMostSteps = 32;
  if (tree && std::count(uri.uri.begin(), uri.uri.end(), '/') > kMostSteps)
    return wrong("is an address with too many steps");
  return uri;
}

}  // namespace

tl::expected<SimpleValue, ValueProblem> parse_search_value(fhir::SearchKind kind, Modifier modifier,
                                                           std::string_view text,
                                                           const ValueOptions& options) {
  if (text.empty()) return wrong("has an empty value");
  switch (kind) {
    case SearchKind::token: return token_of(text, modifier);
    case SearchKind::string: return text_of(text, modifier);
    case SearchKind::reference:
      return modifier == Modifier::identifier ? token_of(text, modifier) : reference_of(text, options);
    case SearchKind::quantity: return quantity_of(text);
    case SearchKind::number: {
      const auto number = number_of(unescaped(text));
      if (!number) return wrong("must be a number, perhaps with a prefix such as ge");
      return *number;
    }
    case SearchKind::date: return date_of(text, options.now_ms);
    case SearchKind::uri: return uri_of(text, modifier);
    case SearchKind::composite: break;
  }
  return wrong("cannot be searched for");
}

}  // namespace reprise::record

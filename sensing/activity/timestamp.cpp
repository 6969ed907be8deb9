// SPDX-License-Identifier: Apache-2.0
#include "sensing/activity/timestamp.h"

#include <algorithm>

#include "base/time.h"
#include "sensing/files/number_text.h"

namespace reprise::sensing {
namespace {

std::optional<double> clock_of(std::string_view text) {
  const std::size_t first = text.find(':');
  if (first == std::string_view::npos) return std::nullopt;
  const std::size_t second = std::min(text.find(':', first + 1), text.size());
  const auto hours = parse_integer(text.substr(0, first));
  const auto minutes = parse_integer(text.substr(first + 1, second - first - 1));
  const auto seconds =
      second < text.size() ? parse_number(text.substr(second + 1)) : std::optional<double>{0.0};
  if (!hours || !minutes || !seconds || *hours < 0 || *hours > 24 || *minutes < 0 || *minutes > 59 ||
      !(*seconds >= 0 && *seconds < 61))
    return std::nullopt;
  return static_cast<double>(*hours * 3600 + *minutes * 60) + *seconds;
}

}  // namespace

std::optional<double> parse_timestamp(std::string_view text) {
  if (text.size() < 4 || text.size() > 40 || text.front() < '0' || text.front() > '9') return std::nullopt;
  const bool dated = text.size() >= 16 && text[4] == '-' && (text[10] == 'T' || text[10] == ' ');
  if (!dated) return clock_of(text);
  const auto day = parse_day(text.substr(0, 10));
  if (!day) return std::nullopt;
  std::string_view clock = text.substr(11);
  double offset_s = 0;
  if (clock.ends_with('Z')) {
    clock.remove_suffix(1);
  } else if (const std::size_t sign = clock.find_first_of("+-"); sign != std::string_view::npos) {
    std::string_view zone = trimmed(clock.substr(sign + 1));
    const bool colon = zone.size() == 5 && zone[2] == ':';
    if (!colon && zone.size() != 4) return std::nullopt;
    const auto hours = parse_integer(zone.substr(0, 2));
    const auto minutes = parse_integer(zone.substr(colon ? 3 : 2));
    if (!hours || !minutes || *hours < 0 || *minutes < 0) return std::nullopt;
    offset_s = static_cast<double>(*hours * 3600 + *minutes * 60) * (clock[sign] == '-' ? -1 : 1);
    clock = trimmed(clock.substr(0, sign));
  }
  const auto seconds = clock_of(clock);
  if (!seconds) return std::nullopt;
  return static_cast<double>(start_of(*day)) / 1000 + *seconds - offset_s;
}

bool has_zone(std::string_view text) {
  constexpr std::size_t kClockAt = 11;
  return text.size() > kClockAt && text[4] == '-' &&
         text.find_first_of("Z+-", kClockAt) != std::string_view::npos;
}

}  // namespace reprise::sensing

// SPDX-License-Identifier: Apache-2.0
#include "server/reminders/time_zone.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/time.h"
#include "server/reminders/time_zone_rule.h"

namespace reprise::server {
namespace {

namespace chrono = std::chrono;

constexpr const char* kFileStage = "reading a time zone";
constexpr std::size_t kHeaderBytes = 44;
constexpr std::size_t kMostCounted = 10'000;
constexpr std::int64_t kMostOffsetS = 26 * 3600;  // RFC 9636 asks for at most 25:59:59

tl::unexpected<Error> corrupt(const char* cause) {
  return fail(ErrorCode::corrupt, kFileStage, std::string{"the file of the time zone "} + cause,
              "install the system's tz database (tzdata) anew");
}

std::int64_t number_at(std::string_view bytes, std::size_t at, std::size_t length) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < length; ++i) value = (value << 8U) | static_cast<unsigned char>(bytes[at + i]);
  const std::size_t unused = 64 - 8 * length;
  return static_cast<std::int64_t>(value << unused) >> unused;  // the sign of its highest bit
}

/// How many of each thing a block has.
struct Counts {
  std::size_t utc = 0;
  std::size_t standard = 0;
  std::size_t leaps = 0;
  std::size_t transitions = 0;
  std::size_t types = 0;
  std::size_t letters = 0;

  [[nodiscard]] std::size_t size(std::size_t of_time) const {
    return transitions * (of_time + 1) + types * 6 + letters + leaps * (of_time + 4) + standard + utc;
  }
};

std::optional<Counts> counts_in(std::string_view bytes) {
  if (bytes.size() < kHeaderBytes || bytes.substr(0, 4) != "TZif") return {};
  std::array<std::size_t, 6> of{};
  for (std::size_t i = 0; i < of.size(); ++i) {
    of.at(i) = static_cast<std::size_t>(number_at(bytes, 20 + 4 * i, 4)) & 0xFFFFFFFFU;
    if (of.at(i) > kMostCounted) return {};
  }
  return Counts{of[0], of[1], of[2], of[3], of[4], of[5]};
}

}  // namespace

Result<TimeZone> TimeZone::parse(std::string_view bytes) {
  const auto old = counts_in(bytes);
  if (!old) return corrupt("has no header");
  if (bytes[4] < '2')
    return fail(ErrorCode::unsupported, kFileStage, "the file of the time zone has version 1",
                "install a tz database (tzdata) of version 2 or later");
  if (bytes.size() < kHeaderBytes + old->size(4)) return corrupt("ends too early");
  bytes.remove_prefix(kHeaderBytes + old->size(4));
  const auto counts = counts_in(bytes);
  if (!counts || bytes.size() < kHeaderBytes + counts->size(8)) return corrupt("ends too early");
  const std::string_view block = bytes.substr(kHeaderBytes);
  const std::size_t types_at = counts->transitions * 9;
  std::vector<std::int64_t> offsets;
  for (std::size_t i = 0; i < counts->types; ++i) {
    offsets.push_back(number_at(block, types_at + 6 * i, 4));
    if (std::abs(offsets.back()) > kMostOffsetS) return corrupt("has an impossible offset from UTC");
  }
  if (offsets.empty()) return corrupt("has no local time");
  TimeZone zone;
  zone.first_offset_s_ = offsets.front();
  for (std::size_t i = 0; i < counts->transitions; ++i) {
    const auto type = static_cast<unsigned char>(block[counts->transitions * 8 + i]);
    const std::int64_t at_s = number_at(block, 8 * i, 8);
    if (type >= offsets.size() || (i > 0 && at_s <= zone.transitions_.back().at_s))
      return corrupt("has transitions out of order");
    zone.transitions_.push_back({at_s, offsets[type]});
  }
  const std::string_view footer = block.substr(counts->size(8));
  if (footer.size() < 2 || footer.front() != '\n' || footer.back() != '\n') return corrupt("has no end");
  const std::string_view rule = footer.substr(1, footer.size() - 2);
  if (!rule.empty()) {
    zone.rule_ = parse_time_zone_rule(rule);
    if (!zone.rule_) return corrupt("has an unreadable rule at its end");
  }
  return zone;
}

chrono::seconds TimeZone::offset_at(std::int64_t ms) const {
  const std::int64_t at_s = chrono::floor<chrono::seconds>(chrono::milliseconds{ms}).count();
  const auto later = std::upper_bound(transitions_.begin(), transitions_.end(), at_s,
                                      [](std::int64_t at, const Transition& one) { return at < one.at_s; });
  if (later == transitions_.end() && rule_) return chrono::seconds{rule_->offset_s(at_s)};
  return chrono::seconds{later == transitions_.begin() ? first_offset_s_ : std::prev(later)->offset_s};
}

chrono::sys_days TimeZone::day_at(std::int64_t ms) const {
  return ::reprise::day_at(ms + chrono::milliseconds{offset_at(ms)}.count());
}

std::int64_t TimeZone::moment_of(chrono::sys_days day, chrono::minutes clock) const {
  const std::int64_t local_ms = start_of(day) + in_ms(clock);
  const auto at = [&](std::int64_t around_ms) {
    return local_ms - chrono::milliseconds{offset_at(around_ms)}.count();
  };
  // A day before and after it, on both sides of a change of the clocks.
  const std::int64_t before = at(local_ms - kDayMs);
  const std::int64_t after = at(local_ms + kDayMs);
  if (at(before) == before) return before;
  return at(after) == after ? after : before;
}

bool is_time_zone_name(std::string_view text) {
  constexpr std::size_t kLongestName = 64;
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '_' || c == '-' || c == '+';
  };
  return !text.empty() && text.size() < kLongestName && text.front() != '/' && text.back() != '/' &&
         text.find("//") == std::string_view::npos && std::all_of(text.begin(), text.end(), is_plain);
}

}  // namespace reprise::server

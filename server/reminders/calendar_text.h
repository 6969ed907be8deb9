// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace reprise::server {

/// An entry of a calendar. Times in milliseconds since 1970, written as UTC.
struct CalendarEvent {
  std::string uid;  ///< the same for the same entry, always
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;
  std::int64_t changed_ms = 0;
  std::string title;
  std::string url;         ///< empty: none
  bool takes_time = true;  ///< false: others may still book the time
};

/// Writes an iCalendar object (RFC 5545): UTC, no alarms, lines of at most 75 bytes that end with CR LF.
[[nodiscard]] std::string calendar_text(std::string_view name, std::span<const CalendarEvent> events);

}  // namespace reprise::server

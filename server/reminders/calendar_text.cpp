// SPDX-License-Identifier: Apache-2.0
#include "server/reminders/calendar_text.h"

#include <algorithm>

#include "base/time.h"

namespace reprise::server {
namespace {

constexpr std::size_t kLineBytes = 75;

/// "20260314T083000Z"
std::string utc(std::int64_t ms) {
  std::string text = date_time_text(ms).substr(0, 19);
  text.erase(std::remove_if(text.begin(), text.end(), [](char c) { return c == '-' || c == ':'; }),
             text.end());
  return text + 'Z';
}

/// Of the value type TEXT. Control characters are left out.
std::string escaped(std::string_view text) {
  std::string made;
  for (const char c : text) {
    if (c == '\n') {
      made += "\\n";
    } else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) {
      if (c == '\\' || c == ';' || c == ',') made += '\\';
      made += c;
    }
  }
  return made;
}

bool continues(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;  // a byte inside a character of UTF-8
}

/// Appends a content line, folded between characters.
void add(std::string& calendar, std::string_view line) {
  std::size_t room = kLineBytes;
  while (line.size() > room) {
    std::size_t length = room;
    while (length > 1 && continues(line[length])) --length;
    calendar.append(line.substr(0, length)).append("\r\n ");
    line.remove_prefix(length);
    room = kLineBytes - 1;  // after the space
  }
  calendar.append(line).append("\r\n");
}

void add_event(std::string& calendar, const CalendarEvent& event) {
  add(calendar, "BEGIN:VEVENT");
  add(calendar, "UID:" + escaped(event.uid));
  add(calendar, "DTSTAMP:" + utc(event.changed_ms));
  add(calendar, "DTSTART:" + utc(event.start_ms));
  add(calendar, "DTEND:" + utc(event.end_ms));
  add(calendar, "SUMMARY:" + escaped(event.title));
  if (!event.url.empty()) add(calendar, "URL:" + event.url);
  add(calendar, event.takes_time ? "TRANSP:OPAQUE" : "TRANSP:TRANSPARENT");
  add(calendar, "CLASS:PRIVATE");
  add(calendar, "END:VEVENT");
}

}  // namespace

std::string calendar_text(std::string_view name, std::span<const CalendarEvent> events) {
  std::string calendar;
  add(calendar, "BEGIN:VCALENDAR");
  add(calendar, "VERSION:2.0");
  add(calendar, "PRODID:-//Reprise//Calendar//EN");
  add(calendar, "CALSCALE:GREGORIAN");
  add(calendar, "METHOD:PUBLISH");
  add(calendar, "X-WR-CALNAME:" + escaped(name));
  for (const CalendarEvent& event : events) add_event(calendar, event);
  add(calendar, "END:VCALENDAR");
  return calendar;
}

}  // namespace reprise::server

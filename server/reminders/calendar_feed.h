// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "record/accounts/attempts.h"
#include "record/store/record.h"
#include "server/http/server.h"
#include "server/messaging/notifications.h"

namespace reprise::server {

constexpr const char* kCalendarPath = "/calendar-feed";

/// A patient's calendar for a calendar program (docs/reference/reminders.md): at an address with a secret,
/// without signing in. Thread-safe; its functions return at once.
class CalendarFeed {
 public:
  CalendarFeed(record::Record& record, NotificationOptions options);

  /// Answers GET and HEAD of "/calendar-feed/SECRET.ics". An unknown secret: 404, and 429 after many from one
  /// address.
  void handle(http::Request request, http::Respond respond);

 private:
  record::Record& record_;
  NotificationOptions options_;
  std::mutex mutex_;
  record::AddressLimiter wrong_;  ///< under the mutex
};

/// Returns the calendar of a patient as text: appointments since a month ago, and the exercises of the next
/// four weeks at the chosen time, neither with content. `connection`: in a transaction.
[[nodiscard]] record::Outcome<std::string> calendar_of(const record::Record& record,
                                                       record::Connection& connection,
                                                       const std::string& patient,
                                                       const NotificationOptions& options,
                                                       std::int64_t now_ms);

}  // namespace reprise::server

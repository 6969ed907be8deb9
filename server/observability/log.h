// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <initializer_list>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "server/http/request_kind.h"
#include "server/settings/settings.h"

namespace reprise::server {

/// Returns a new id for a request, its response and its log line: never a client's.
[[nodiscard]] std::string new_request_id();

/// The logged data of a request: never its path, query, identifiers or body.
struct RequestLine {
  std::string_view request_id;
  std::string_view method;
  http::RequestKind interaction = http::RequestKind::other;
  unsigned status = 0;
  std::chrono::duration<double, std::milli> took{0};
};

struct LogField {
  std::string_view name;   ///< a fixed word
  std::string_view value;  ///< nothing of a patient
};

/// The log: one line per event, JSON or plain. A thread of its own writes, so that no caller waits. If it
/// cannot keep up, the oldest queued lines are dropped and counted. Thread-safe.
class Log {
 public:
  /// Logs to standard error, where service managers collect it.
  explicit Log(const Settings::Log& settings);
  /// Logs to a stream that outlives the log.
  Log(const Settings::Log& settings, std::ostream& out);
  /// Flushes the queue.
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  [[nodiscard]] bool writes(LogLevel level) const;

  /// Logs a response: info, or error if the status is 500 or more.
  void request(const RequestLine& line);
  /// `message` is a fixed sentence.
  void event(LogLevel level, std::string_view message, std::initializer_list<LogField> fields = {});
  void error(const Error& error);

  /// Returns the number of dropped lines.
  [[nodiscard]] std::size_t dropped() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace reprise::server

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

/// An identifier for a request, for its answer and its line in the log: made here, never a client's.
[[nodiscard]] std::string new_request_id();

/// All that the log says of a request: never its path, query, identifiers or body.
struct RequestLine {
  std::string_view request_id;
  std::string_view method;
  http::RequestKind interaction = http::RequestKind::other;
  unsigned status = 0;
  std::chrono::duration<double, std::milli> took{0};
};

struct LogField {
  std::string_view name;   ///< a word of the program
  std::string_view value;  ///< nothing of a patient
};

/// Writes one line for each event, JSON or plain, without making anyone wait: a thread of its own does the
/// writing. Where more comes than it can write, the oldest lines that wait are dropped, and counted. All
/// functions may be called from any thread.
class Log {
 public:
  /// To the standard error stream, where service managers collect it.
  explicit Log(const Settings::Log& settings);
  /// To a stream that outlives the log.
  Log(const Settings::Log& settings, std::ostream& out);
  /// Writes what waits.
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  [[nodiscard]] bool writes(LogLevel level) const;

  /// A request was answered: info, or error where the status is 500 or more.
  void request(const RequestLine& line);
  /// `message` is a fixed sentence.
  void event(LogLevel level, std::string_view message, std::initializer_list<LogField> fields = {});
  void error(const Error& error);

  /// Lines that were dropped.
  [[nodiscard]] std::size_t dropped() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace reprise::server

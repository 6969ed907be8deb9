// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "record/audit/entry.h"

namespace reprise::server {

/// Keeps refused requests from filling the audit log. Equal refusals within a minute (anonymous by address;
/// an account by interaction) are counted. The first is logged at once, the number of further ones at the end
/// of the minute. Thread-safe.
class Refusals {
 public:
  static constexpr std::size_t kMostKinds = 30;  ///< in a minute; further ones are counted together

  explicit Refusals(std::function<void(record::AuditEntry)> note) : note_(std::move(note)) {}

  /// Adds a refusal. `entry.time_us` is now.
  void add(record::AuditEntry entry);
  /// Logs the counts if their minute is over; call it often.
  void end_minute(std::int64_t now_us);
  /// Logs the counts.
  void flush(std::int64_t now_us);

 private:
  struct Counted {
    record::AuditEntry first;
    std::uint64_t more = 0;
  };
  void note_all(std::int64_t now_us);

  std::function<void(record::AuditEntry)> note_;
  std::mutex mutex_;
  std::int64_t ends_us_ = 0;
  std::map<std::string, Counted> kinds_;
};

}  // namespace reprise::server

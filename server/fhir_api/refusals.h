#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "record/audit/entry.h"

namespace reprise::server {

/// Keeps those who are refused from filling the audit log. What is refused in the same way again within a
/// minute (nobody by an address, or an account by what it asks for) is counted: the first is noted at once,
/// and at the end of the minute how many more there were. All functions may be called from any thread.
class Refusals {
 public:
  static constexpr std::size_t kMostKinds = 30;  ///< in a minute; what is beyond is counted together

  explicit Refusals(std::function<void(record::AuditEntry)> note) : note_(std::move(note)) {}

  /// Somebody was refused. `entry.time_us` is now.
  void add(record::AuditEntry entry);
  /// Notes what was counted, if its minute is over; to be called often.
  void end_minute(std::int64_t now_us);
  /// Notes what was counted.
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

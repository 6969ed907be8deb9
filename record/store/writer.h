// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "record/content/refusal.h"
#include "record/database/connection.h"
#include "record/store/audit_trail.h"

namespace reprise::record {

struct Principal;

/// What a job writes with. It lives for one run of the job.
struct WriteTransaction {
  Connection& connection;
  std::int64_t now_ms;  ///< since 1970-01-01T00:00:00Z
  std::int64_t& next_pk;
  std::vector<AuditEntry>& entries;  ///< of the audit log, committed with the changes
  /// Callbacks on the writer's thread once the changes are committed, before the job's `done`. Must be quick.
  std::vector<std::function<void()>>& after_commit;
  const Principal* principal =
      nullptr;  ///< the principal of the change; null for the server, or without sign-in

  /// The key of a new resource.
  [[nodiscard]] std::int64_t take_pk() const { return next_pk++; }
};

/// One change, whole or not at all.
struct WriteJob {
  /// Performs the change; nullopt: success. It may run again after a conflict with another process, and uses
  /// at most `kMostNewResources` keys.
  std::function<std::optional<Refusal>(const WriteTransaction&)> apply;
  /// Callback on the writer's thread; nullopt: committed. Must be quick.
  std::function<void(std::optional<Refusal>)> done;
};

/// Since 1970-01-01T00:00:00Z.
[[nodiscard]] std::int64_t milliseconds_now();

constexpr std::int64_t kMostNewResources = 2000;

/// The one thread of this process that writes. Jobs that came while it wrote others are committed together,
/// so that they share the wait for the disk; one that is refused takes no other with it.
class Writer {
 public:
  struct Options {
    std::size_t most_waiting = 10000;  ///< queue limit; further jobs are refused
    std::size_t most_together = 256;
    std::chrono::milliseconds longest_note{500};  ///< longest delay of entries of reads
  };

  /// `trail`: takes part in each transaction, and outlives the writer. `warn`: callback for errors that keep
  /// heads from being signed.
  Writer(
      std::unique_ptr<Connection> connection, AuditTrail& trail, const Options& options,
      std::function<void(const Error&)> warn = [](const Error&) {});
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer() { end(); }

  /// Finishes what waits, and takes nothing more.
  void end();

  void submit(WriteJob job);
  [[nodiscard]] std::size_t waiting() const;

 private:
  struct Running {
    WriteJob job;
    std::optional<Refusal> refusal;
    std::vector<std::function<void()>> after_commit;
  };

  void loop();
  void run(std::vector<Running>& together);
  [[nodiscard]] bool try_together(std::vector<Running>& together);
  [[nodiscard]] Result<void> commit_together(std::vector<Running>& together, bool savepoints);
  [[nodiscard]] Result<void> apply_all(std::vector<Running>& together);
  [[nodiscard]] Result<void> apply(Running& one, std::int64_t now_ms);
  [[nodiscard]] Result<void> reserve_keys();

  void sign(bool last);
  void take_waiting(std::vector<Running>& together);
  static void finish(Running& one);

  std::unique_ptr<Connection> connection_;
  AuditTrail& trail_;
  Options options_;
  std::function<void(const Error&)> warn_;
  std::vector<AuditEntry> entries_;
  bool savepoints_ = false;        // whether each job stands in one
  bool wants_savepoints_ = false;  // a job was refused after it had written
  std::int64_t next_pk_ = 0;
  std::int64_t last_pk_ = 0;
  mutable std::mutex mutex_;
  std::condition_variable something_;
  std::deque<WriteJob> waiting_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace reprise::record

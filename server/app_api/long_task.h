// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "base/result.h"
#include "fhir/model/json.h"

namespace reprise::server {

/// A task that takes too long for one request. It runs on a thread of its own, one at a time. Its progress
/// and last result can be queried.
class LongTask {
 public:
  /// Progress callback with the done and the total amount; false cancels the task.
  using Report = std::function<bool(std::uint64_t done, std::uint64_t of)>;
  using Work = std::function<Result<fhir::Json>(const Report&)>;

  LongTask() = default;
  LongTask(const LongTask&) = delete;
  LongTask& operator=(const LongTask&) = delete;
  ~LongTask() { end(); }

  /// Starts the task. Returns false if one is running, or the server ends.
  [[nodiscard]] bool begin(Work work);

  /// Returns {state: "never" | "running" | "done" | "failed", done, of, beganAt, endedAt, result, problem},
  /// as far as known.
  [[nodiscard]] fhir::Json state() const;

  /// Cancels the task, waits for its end, and accepts no more.
  void end();

 private:
  void run(const Work& work);

  mutable std::mutex mutex_;
  std::thread thread_;
  std::atomic<bool> ending_ = false;
  bool running_ = false;
  std::uint64_t done_ = 0;
  std::uint64_t of_ = 0;
  std::int64_t began_us_ = 0;
  std::int64_t ended_us_ = 0;
  std::optional<Result<fhir::Json>> last_;
};

}  // namespace reprise::server

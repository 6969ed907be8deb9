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

/// Something that takes too long for one request: it runs on a thread of its own, one at a time, and whoever
/// asks is told how far it is and how the last one ended.
class LongTask {
 public:
  /// Told how much of how much is done; false: it is to end.
  using Report = std::function<bool(std::uint64_t done, std::uint64_t of)>;
  using Work = std::function<Result<fhir::Json>(const Report&)>;

  LongTask() = default;
  LongTask(const LongTask&) = delete;
  LongTask& operator=(const LongTask&) = delete;
  ~LongTask() { end(); }

  /// False: one is under way, or the server ends.
  [[nodiscard]] bool begin(Work work);

  /// {state: "never" | "running" | "done" | "failed", done, of, beganAt, endedAt, result, problem}, as far as
  /// it is known.
  [[nodiscard]] fhir::Json state() const;

  /// Tells it to end, waits for that, and takes nothing more.
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

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "record/database/connection.h"

namespace reprise::record {

/// A pool of reader threads, each with its own connection. Requests are processed here, never on the
/// network's threads.
class Readers {
 public:
  using Work = std::function<void(Connection&)>;

  Readers(std::vector<std::unique_ptr<Connection>> connections, std::size_t most_waiting);
  Readers(const Readers&) = delete;
  Readers& operator=(const Readers&) = delete;
  ~Readers() { end(); }

  /// Finishes the queue and takes no more work.
  void end();

  /// Queues work. Returns false if the queue is full; then `work` will not run.
  [[nodiscard]] bool submit(Work work);
  [[nodiscard]] std::size_t waiting() const;

  /// Makes each connection release its cache after its present work.
  void release_memory();

 private:
  void loop(Connection& connection);

  std::vector<std::unique_ptr<Connection>> connections_;
  std::size_t most_waiting_;
  mutable std::mutex mutex_;
  std::condition_variable something_;
  std::deque<Work> waiting_;
  bool ending_ = false;
  std::uint64_t releases_ = 0;  ///< number of release requests
  std::vector<std::thread> threads_;
};

}  // namespace reprise::record

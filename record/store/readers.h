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

/// A fixed number of threads, each with its own connection to read by. Requests are worked on here, never on
/// the threads that serve the network.
class Readers {
 public:
  using Work = std::function<void(Connection&)>;

  Readers(std::vector<std::unique_ptr<Connection>> connections, std::size_t most_waiting);
  Readers(const Readers&) = delete;
  Readers& operator=(const Readers&) = delete;
  ~Readers() { end(); }

  /// Finishes what waits, and takes nothing more.
  void end();

  /// False: too much is waiting, and `work` will not be done.
  [[nodiscard]] bool submit(Work work);
  [[nodiscard]] std::size_t waiting() const;

  /// Each connection frees what it keeps for the next read, after the work that it is at.
  void release_memory();

 private:
  void loop(Connection& connection);

  std::vector<std::unique_ptr<Connection>> connections_;
  std::size_t most_waiting_;
  mutable std::mutex mutex_;
  std::condition_variable something_;
  std::deque<Work> waiting_;
  bool ending_ = false;
  std::uint64_t releases_ = 0;  ///< how often memory was asked for
  std::vector<std::thread> threads_;
};

}  // namespace reprise::record

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace reprise::server {

/// Hashes passwords one by one: each takes a tenth of a second and 64 MB, so parallel ones would exhaust
/// memory and processor.
class PasswordThread {
 public:
  static constexpr std::size_t kMostWaiting = 100;

  PasswordThread();
  PasswordThread(const PasswordThread&) = delete;
  PasswordThread& operator=(const PasswordThread&) = delete;
  ~PasswordThread() { end(); }

  /// Finishes the queue and takes no more work.
  void end();

  /// Queues work. Returns false if the queue is full.
  [[nodiscard]] bool submit(std::function<void()> work);

 private:
  void loop();

  std::mutex mutex_;
  std::condition_variable something_;
  std::deque<std::function<void()>> waiting_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace reprise::server

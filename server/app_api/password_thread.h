#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace reprise::server {

/// Hashes passwords, one after the other: each takes a tenth of a second and 64 MB, so that many at once
/// would take the memory and the processor from everything else.
class PasswordThread {
 public:
  static constexpr std::size_t kMostWaiting = 100;

  PasswordThread();
  PasswordThread(const PasswordThread&) = delete;
  PasswordThread& operator=(const PasswordThread&) = delete;
  ~PasswordThread() { end(); }

  /// Finishes what waits, and takes nothing more.
  void end();

  /// False: too many wait.
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

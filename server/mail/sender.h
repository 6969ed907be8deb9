#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "record/outbox/deliver.h"

namespace reprise::server::mail {

struct SenderOptions {
  /// Opens a connection to the record's database.
  std::function<Result<std::unique_ptr<record::Connection>>()> connect;
  /// Empty: it leaves the outbox alone.
  std::function<record::Try(const record::Message&, const std::atomic<bool>& stop)> send;
  /// Is told how each try ended; on the sender's thread.
  std::function<void(const record::Settled&)> tell;
  /// Is told what keeps the sender from the database.
  std::function<void(const Error&)> warn;
  /// Is called about once a minute, and may queue something.
  std::function<Result<void>(record::Connection&)> each_minute;
};

/// One thread that sends what waits in the outbox, a second after it is committed. What it waits for holds
/// nobody else up.
class Sender {
 public:
  explicit Sender(SenderOptions options);
  Sender(const Sender&) = delete;
  Sender& operator=(const Sender&) = delete;
  /// Breaks off what is under way; that is sent after the next start.
  ~Sender();

 private:
  void loop();
  Result<void> work();
  [[nodiscard]] bool wait(std::chrono::milliseconds time);

  SenderOptions options_;
  std::unique_ptr<record::Connection> connection_;
  std::chrono::steady_clock::time_point next_minute_;
  std::mutex mutex_;
  std::condition_variable ending_;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

}  // namespace reprise::server::mail

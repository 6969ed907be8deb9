// SPDX-License-Identifier: Apache-2.0
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
  /// Empty: the outbox is not processed.
  std::function<record::Try(const record::Message&, const std::atomic<bool>& stop)> send;
  /// Called with the result of each attempt, on the sender's thread.
  std::function<void(const record::Settled&)> on_settled;
  /// Called with database errors of the sender.
  std::function<void(const Error&)> warn;
  /// Called about once a minute; may queue messages.
  std::function<Result<void>(record::Connection&)> each_minute;
};

/// Sends messages of the outbox on a thread of its own, within a second after their commit. Slow servers
/// block only this thread.
class Sender {
 public:
  explicit Sender(SenderOptions options);
  Sender(const Sender&) = delete;
  Sender& operator=(const Sender&) = delete;
  /// Cancels the present transfer; it is sent after the next start.
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

// SPDX-License-Identifier: Apache-2.0
#include "server/app_api/password_thread.h"

namespace reprise::server {

PasswordThread::PasswordThread() : thread_([this] { loop(); }) {}

void PasswordThread::end() {
  {
    const std::scoped_lock lock{mutex_};
    ending_ = true;
  }
  something_.notify_one();
  if (thread_.joinable()) thread_.join();
}

bool PasswordThread::submit(std::function<void()> work) {
  {
    const std::scoped_lock lock{mutex_};
    if (ending_ || waiting_.size() >= kMostWaiting) return false;
    waiting_.push_back(std::move(work));
  }
  something_.notify_one();
  return true;
}

void PasswordThread::loop() {
  for (;;) {
    std::function<void()> work;
    {
      std::unique_lock lock{mutex_};
      something_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      work = std::move(waiting_.front());
      waiting_.pop_front();
    }
    work();
  }
}

}  // namespace reprise::server

// SPDX-License-Identifier: Apache-2.0
#include "record/store/readers.h"

#include <utility>

namespace reprise::record {

Readers::Readers(std::vector<std::unique_ptr<Connection>> connections, std::size_t most_waiting)
    : connections_(std::move(connections)), most_waiting_(most_waiting) {
  for (const auto& connection : connections_)
    threads_.emplace_back([this, &connection] { loop(*connection); });
}

void Readers::end() {
  {
    const std::scoped_lock lock{mutex_};
    ending_ = true;
  }
  something_.notify_all();
  for (auto& thread : threads_) thread.join();
  threads_.clear();
}

bool Readers::submit(Work work) {
  {
    const std::scoped_lock lock{mutex_};
    if (ending_ || waiting_.size() >= most_waiting_) return false;
    waiting_.push_back(std::move(work));
  }
  something_.notify_one();
  return true;
}

std::size_t Readers::waiting() const {
  const std::scoped_lock lock{mutex_};
  return waiting_.size();
}

void Readers::release_memory() {
  {
    const std::scoped_lock lock{mutex_};
    ++releases_;
  }
  something_.notify_all();
}

void Readers::loop(Connection& connection) {
  std::uint64_t released = 0;
  for (;;) {
    Work work;
    bool release = false;
    {
      std::unique_lock lock{mutex_};
      something_.wait(lock, [&] { return ending_ || !waiting_.empty() || released != releases_; });
      release = std::exchange(released, releases_) != releases_;
      if (!waiting_.empty()) {
        work = std::move(waiting_.front());
        waiting_.pop_front();
      } else if (ending_) {
        return;
      }
    }
    if (release) connection.release_memory();
    if (work) work(connection);
  }
}

}  // namespace reprise::record

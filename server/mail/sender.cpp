// SPDX-License-Identifier: Apache-2.0
#include "server/mail/sender.h"

#include <chrono>

namespace reprise::server::mail {
namespace {

using std::chrono::steady_clock;

std::int64_t microseconds_now() {
  using namespace std::chrono;
  return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

}  // namespace

Sender::Sender(SenderOptions options)
    : options_(std::move(options)), next_minute_(steady_clock::now()), thread_([this] { loop(); }) {}

Sender::~Sender() {
  {
    const std::scoped_lock lock{mutex_};
    stop_ = true;
  }
  ending_.notify_one();
  thread_.join();
}

void Sender::loop() {
  constexpr std::chrono::seconds kUsual{1};
  constexpr std::chrono::seconds kAfterTrouble{10};
  for (bool ended = false; !ended;) {
    const auto done = work();
    if (!done) {
      connection_.reset();
      options_.warn(done.error());
    }
    ended = wait(done ? kUsual : kAfterTrouble);
  }
}

/// Everything that is due.
Result<void> Sender::work() {
  if (!connection_) {
    auto connection = options_.connect();
    if (!connection) return tl::unexpected(connection.error());
    connection_ = std::move(*connection);
  }
  if (steady_clock::now() >= next_minute_) {
    if (auto done = options_.each_minute(*connection_); !done) return done;
    next_minute_ = steady_clock::now() + std::chrono::minutes{1};
  }
  while (options_.send && !stop_) {
    const auto settled = deliver_next(*connection_, microseconds_now, [this](const record::Message& message) {
      return options_.send(message, stop_);
    });
    if (!settled) return tl::unexpected(settled.error());
    if (!*settled) return {};
    options_.on_settled(**settled);
  }
  return {};
}

bool Sender::wait(std::chrono::milliseconds time) {
  std::unique_lock lock{mutex_};
  return ending_.wait_for(lock, time, [this] { return stop_.load(); });
}

}  // namespace reprise::server::mail

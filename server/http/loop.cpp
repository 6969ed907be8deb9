// SPDX-License-Identifier: Apache-2.0
#include "server/http/loop.h"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <ctime>
#include <utility>

#include "server/http/connection.h"

namespace reprise::server::http {
namespace {

constexpr std::size_t kMostSurplus = 64;  // refused with a response; more are closed silently

// Returns the interval of deadline checks: a quarter of the shortest, but never a busy loop.
Clock::duration tick_for(const Limits& limits) {
  const auto shortest = std::min(
      {limits.header_time, limits.body_time, limits.idle_time, limits.write_time, limits.linger_time});
  return std::clamp(shortest / 4, std::chrono::milliseconds{5}, std::chrono::milliseconds{500});
}

}  // namespace

Loop::Loop(std::shared_ptr<Shared> shared)
    : shared_(std::move(shared)),
      work_(context.get_executor()),
      tick_(context),
      tick_length_(tick_for(shared_->limits)) {}

Loop::~Loop() = default;

void Loop::run() {
  watch_deadlines();
  for (;;) {
    try {
      context.run();
      return;
    } catch (...) {
      // Out of memory in the middle of a request: its connection ends at its deadline, the others go on.
    }
  }
}

void Loop::end() {
  asio::post(context, [this] {
    for (std::size_t i = connections_.size(); i-- > 0;) std::shared_ptr(connections_[i])->close();
    context.stop();
  });
}

void Loop::adopt(asio::ip::tcp::socket socket) {
  ++shared_->connections;
  if (shared_->stopping) return count_closed();  // and the socket is closed
  auto connection = std::make_shared<Connection>(*this, std::move(socket));
  const auto make_room = [loop = weak_from_this(), weak = std::weak_ptr(connection)] {
    const auto alive = loop.lock();
    if (!alive) return;
    asio::post(alive->context, [weak] {
      if (const auto other = weak.lock()) other->make_room();
    });
  };
  connection->budget_place = shared_->places.enter(connection->address_group(), make_room);
  if (!connection->budget_place && shared_->surplus.fetch_add(1) >= kMostSurplus) {
    --shared_->surplus;
    return count_closed();
  }
  connection->place = connections_.size();
  connections_.push_back(connection);
  connection->start();
}

void Loop::remove(const Connection& connection) {
  const std::size_t place = connection.place;
  std::swap(connections_[place], connections_.back());
  connections_[place]->place = place;
  const auto removed = std::move(connections_.back());  // lives until the list is right again
  connections_.pop_back();
  if (removed->budget_place) {
    shared_->places.leave(removed->budget_place);
  } else {
    --shared_->surplus;
  }
  count_closed();
}

void Loop::count_closed() {
  if (--shared_->connections > 0 || !shared_->stopping) return;
  const std::lock_guard lock(shared_->mutex);
  shared_->all_closed.notify_all();
}

void Loop::close_idle() {
  for (std::size_t i = connections_.size(); i-- > 0;) {
    if (const auto connection = connections_[i]; connection->is_idle()) connection->close();
  }
}

void Loop::watch_deadlines() {
  tick_.expires_after(tick_length_);
  tick_.async_wait([this](const error_code& ec) {
    if (ec) return;
    const auto now = Clock::now();
    for (std::size_t i = connections_.size(); i-- > 0;) std::shared_ptr(connections_[i])->check_deadline(now);
    watch_deadlines();
  });
}

std::string_view Loop::date() {
  const std::int64_t now = std::time(nullptr);
  if (now != date_second_) {
    date_second_ = now;
    date_ = http_date(now);
  }
  return date_;
}

}  // namespace reprise::server::http

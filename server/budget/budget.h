// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "server/budget/limits.h"

// Budgets of resources by client: each client gets a share of a resource, never all of it. Thread-safe. Each
// class limits one resource; docs/adr/0016 describes how they work together.
namespace reprise::server {

/// Limits connections. If there is no room, the least valuable one is closed for a new one.
class ConnectionBudget {
 public:
  /// The state of a connection; those before `busy` may be closed, in this order.
  enum class State : std::uint8_t { unfinished, idle, receiving, busy };

  /// The place of a connection.
  class Place {
   public:
    [[nodiscard]] State state() const { return static_cast<State>(key_.load() >> kStateShift); }

   private:
    friend class ConnectionBudget;
    static constexpr int kStateShift = 56;
    std::string address_;
    std::function<void()> close_;
    std::atomic<std::uint64_t> key_;  // state and time: the order of closing
  };

  explicit ConnectionBudget(const Limits& limits)
      : most_(limits.connections), most_per_address_(limits.connections_per_address) {}

  /// Adds a connection in the state `unfinished`. Returns null if there is no room and none can be made.
  /// `address`: empty for a proxy, which stands for many clients. `close`: called once, from any thread, if
  /// the connection must make room.
  [[nodiscard]] std::shared_ptr<Place> enter(const std::string& address, std::function<void()> close);
  /// Lock-free, because each request changes the state several times, and room is seldom needed.
  void set(Place& place, State state);
  void leave(const std::shared_ptr<Place>& place);

 private:
  using Group = std::set<std::shared_ptr<Place>>;
  [[nodiscard]] std::uint64_t key_of(State state);
  [[nodiscard]] static std::shared_ptr<Place> first_closable(const Group& group);
  void remove(const std::shared_ptr<Place>& place);

  std::size_t most_;
  std::size_t most_per_address_;
  std::atomic<std::uint64_t> next_{0};
  std::mutex mutex_;
  std::size_t count_ = 0;
  std::map<std::string, Group> groups_;  // by address
};

/// Limits the bytes of bodies or responses in memory. One address gets at most half of them. Small ones are
/// not counted, so that other clients continue when all is used.
class ByteBudget {
 public:
  explicit ByteBudget(std::size_t most) : most_(most), small_(std::min<std::size_t>(most / 16, 64 * 1024)) {}

  /// Changes the bytes held for an address (empty: for a proxy) from `held` to `wanted`; `held` receives the
  /// counted value. Returns false, without a change, if there is no room.
  [[nodiscard]] bool resize(const std::string& address, std::size_t& held, std::size_t wanted);
  void release(const std::string& address, std::size_t& held) { (void)resize(address, held, 0); }

 private:
  std::size_t most_;
  std::size_t small_;
  std::mutex mutex_;
  std::size_t all_ = 0;
  std::map<std::string, std::size_t> by_address_;
};

/// Limits the requests under way of each address.
class RequestBudget {
 public:
  explicit RequestBudget(std::size_t most) : most_(most) {}
  [[nodiscard]] bool begin(const std::string& address);
  void end(const std::string& address);

 private:
  std::size_t most_;
  std::mutex mutex_;
  std::map<std::string, std::size_t> by_address_;
};

/// Limits an account's requests: some in parallel, the others queued in order.
class AccountBudget {
 public:
  explicit AccountBudget(const Limits& limits) : waiting_(limits.waiting_per_account) {}

  enum class Turn { now, later, refused };
  /// `later`: `begin` is called when it is this request's turn, on the thread that calls `leave`; it must be
  /// quick.
  [[nodiscard]] Turn enter(const std::string& account, std::size_t most, std::function<void()> begin);
  /// Must be called once for each request that has begun.
  void leave(const std::string& account);

 private:
  struct Queue {
    std::size_t under_way = 0;
    std::deque<std::function<void()>> waiting;
  };
  std::size_t waiting_;
  std::mutex mutex_;
  std::map<std::string, Queue> accounts_;
};

/// Limits the bytes that an account sends for writing in one day. Reset when the process ends.
class DayBudget {
 public:
  explicit DayBudget(std::size_t most) : most_(most) {}
  /// `day`: a number that differs on the next day.
  [[nodiscard]] bool take(const std::string& account, std::size_t bytes, std::int64_t day);

 private:
  std::size_t most_;
  std::mutex mutex_;
  std::int64_t day_ = 0;
  std::map<std::string, std::size_t> used_;
};

/// Returns an upper bound of the values in a JSON text, without parsing it. For invalid JSON the number is
/// arbitrary.
[[nodiscard]] std::size_t most_values_in(std::string_view json);

/// Makes the allocator return blocks of 256 KB or more to the system when freed. By default it keeps blocks
/// up to the largest one freed, per thread: with bodies and responses of 16 MB a process grows to twice its
/// need. Must be called once, when the server starts.
void return_large_blocks_at_once();

/// Returns whether large memory was used since the last call.
[[nodiscard]] bool take_large_memory_used();
/// Returns free memory to the system; takes milliseconds.
void free_memory_to_system();

}  // namespace reprise::server

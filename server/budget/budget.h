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

// What is in use, and by whom: one client gets a share of each resource, never all of it. All functions may
// be called from any thread. Each class is about one resource; docs/adr/0016 says how they work together.
namespace reprise::server {

/// Connections. Where there is no room, the one that has least to lose makes room for a new one.
class ConnectionBudget {
 public:
  /// What a connection is doing; those before `busy` may be closed, the first ones first.
  enum class State : std::uint8_t { unfinished, idle, receiving, busy };

  /// One connection's place.
  class Place {
   public:
    [[nodiscard]] State state() const { return static_cast<State>(key_.load() >> kStateShift); }

   private:
    friend class ConnectionBudget;
    static constexpr int kStateShift = 56;
    std::string address_;
    std::function<void()> close_;
    std::atomic<std::uint64_t> key_;  // the state and since when: in this order they would be closed
  };

  explicit ConnectionBudget(const Limits& limits)
      : most_(limits.connections), most_per_address_(limits.connections_per_address) {}

  /// A new connection, `unfinished`. Null: no room, and none can be made. `address`: empty for a proxy,
  /// which speaks for many clients. `close`: called once, from any thread, where the connection must make
  /// room.
  [[nodiscard]] std::shared_ptr<Place> enter(const std::string& address, std::function<void()> close);
  /// Takes no lock: each request changes the state several times, and room is seldom needed.
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

/// Bytes in memory: of bodies, or of answers. One address has at most half of them. What is small is not
/// counted, so that the others go on when all is used.
class ByteBudget {
 public:
  explicit ByteBudget(std::size_t most) : most_(most), small_(std::min<std::size_t>(most / 16, 64 * 1024)) {}

  /// Changes what is held for an address (empty: for a proxy) from `held` to `wanted`; `held` says what is
  /// counted. False: no room, and nothing is changed.
  [[nodiscard]] bool resize(const std::string& address, std::size_t& held, std::size_t wanted);
  void release(const std::string& address, std::size_t& held) { (void)resize(address, held, 0); }

 private:
  std::size_t most_;
  std::size_t small_;
  std::mutex mutex_;
  std::size_t all_ = 0;
  std::map<std::string, std::size_t> by_address_;
};

/// Requests under way, of one address each.
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

/// An account's requests: some at once, the others in order after them.
class AccountBudget {
 public:
  explicit AccountBudget(const Limits& limits) : waiting_(limits.waiting_per_account) {}

  enum class Turn { now, later, refused };
  /// `later`: `begin` is called when it is this request's turn, by whoever calls `leave`; it must be quick.
  [[nodiscard]] Turn enter(const std::string& account, std::size_t most, std::function<void()> begin);
  /// To be called once for each request whose turn has come.
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

/// Bytes that an account has sent to be written, in one day. It is forgotten when the process ends.
class DayBudget {
 public:
  explicit DayBudget(std::size_t most) : most_(most) {}
  /// `day`: any number that is another one the next day.
  [[nodiscard]] bool take(const std::string& account, std::size_t bytes, std::int64_t day);

 private:
  std::size_t most_;
  std::mutex mutex_;
  std::int64_t day_ = 0;
  std::map<std::string, std::size_t> used_;
};

/// At most so many values a JSON text has, counted without parsing it. A text that is no JSON gives some
/// number.
[[nodiscard]] std::size_t most_values_in(std::string_view json);

/// From now on a block of 256 KB or more goes back to the system as soon as it is freed. By default the
/// allocator begins to keep blocks as large as the largest one freed, in each thread's arena: with bodies and
/// answers of 16 MB a process grows to twice what it holds. To be called once, when the server starts.
void return_large_blocks_at_once();

/// Whether something large was held since this was last asked.
[[nodiscard]] bool take_large_memory_used();
/// Gives memory that is free back to the system; takes milliseconds.
void free_memory_to_system();

}  // namespace reprise::server

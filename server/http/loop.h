// SPDX-License-Identifier: Apache-2.0
#pragma once

// Internal to this module: exposes Asio's types.

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "server/budget/budget.h"
#include "server/http/server.h"

namespace reprise::server::http {

namespace asio = boost::asio;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

class Connection;

/// The state shared by all threads of a server.
struct Shared {
  explicit Shared(const Options& options)
      : limits(options.limits),
        trusted_proxies(options.trusted_proxies),
        public_url(options.public_url),
        never_redirected(options.never_redirected),
        places(options.limits),
        bodies(options.limits.all_bodies_bytes),
        answers(options.limits.all_answers_bytes) {}

  Limits limits;
  std::vector<AddressRange> trusted_proxies;
  std::string public_url;
  std::vector<std::string> never_redirected;
  Handler handler;
  Refuse refuse;
  std::atomic<std::size_t> connections{0};
  std::atomic<std::size_t> under_way{0};
  std::atomic<std::size_t> surplus{0};  // connections that receive the refusal "too many"
  ConnectionBudget places;
  ByteBudget bodies;
  ByteBudget answers;
  std::atomic<bool> stopping{false};

  std::mutex mutex;                    // guards the following
  std::condition_variable all_closed;  // while stopping
  std::shared_ptr<asio::ssl::context> tls;
};

/// An I/O thread with its connections and their deadlines. Everything but `context` belongs to that thread.
class Loop : public std::enable_shared_from_this<Loop> {
 public:
  explicit Loop(std::shared_ptr<Shared> shared);
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  /// Runs until end().
  void run();
  void end();

  void adopt(asio::ip::tcp::socket socket);
  void remove(const Connection& connection);
  void close_idle();

  [[nodiscard]] Shared& shared() { return *shared_; }
  /// Returns the present time as an HTTP date.
  [[nodiscard]] std::string_view date();

  asio::io_context context{1};

 private:
  void watch_deadlines();
  void count_closed();

  std::shared_ptr<Shared> shared_;
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  asio::steady_timer tick_;
  Clock::duration tick_length_;
  std::vector<std::shared_ptr<Connection>> connections_;
  std::int64_t date_second_ = -1;
  std::string date_;
};

}  // namespace reprise::server::http

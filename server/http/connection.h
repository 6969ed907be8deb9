// SPDX-License-Identifier: Apache-2.0
#pragma once

// Internal to this module: exposes Asio's types.

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/http/loop.h"
#include "server/http/request_reader.h"
#include "server/http/response_text.h"

namespace reprise::server::http {

/// A client's connection. It reads a request, has it answered, writes the response, and only then reads on,
/// so responses keep the order of their requests.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Loop& loop, asio::ip::tcp::socket socket);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Starts reading. A connection without a place in the budget gets a refusal and is closed.
  void start();
  /// Sends the response to the present request.
  void answer(Response response);
  /// Handles a dropped request.
  void answer_dropped();
  /// Checks the deadlines; call it periodically.
  void check_deadline(Clock::time_point now);
  void close();
  /// Closes if idle.
  void make_room();
  /// Returns the key of its client's share of the budget; empty for a proxy.
  [[nodiscard]] const std::string& address_group() const { return group_; }
  /// Returns whether no request is under way.
  [[nodiscard]] bool is_idle() const;

  std::size_t place = 0;                                  ///< index among the connections of its loop
  std::shared_ptr<ConnectionBudget::Place> budget_place;  ///< null if the budget had no room

 private:
  enum class Phase { handshake, idle, head, body, handling, writing, lingering, closed };

  void tell_tls_from_plain();
  void shake_hands();
  void receive();
  void on_received(const error_code& ec, std::size_t count);
  void advance();
  void advance_body();
  void send_continue();
  void enter(Phase phase);
  bool count_body(std::size_t bytes);
  void serve();
  void answer_plain_on_tls(const Request& request);
  [[nodiscard]] std::string own_address(std::string_view host) const;
  void refuse(Refusal refusal);
  [[nodiscard]] Response worded(Refusal refusal);
  void write(Response response);
  void send();
  void on_sent(const error_code& ec, std::size_t count);
  void on_written();
  void linger();
  void drain();
  [[nodiscard]] Clock::duration time_for(std::size_t bytes) const;

  Loop& loop_;
  const Limits& limits_;
  asio::ip::tcp::socket socket_;
  std::unique_ptr<asio::ssl::stream<asio::ip::tcp::socket&>> tls_;
  RequestReader reader_;
  std::string remote_address_;
  std::string group_;
  std::vector<char> received_;  // unread bytes: from `begin_` to `end_`
  std::size_t begin_ = 0;
  std::size_t end_ = 0;

  Phase phase_ = Phase::head;
  Clock::time_point since_;     // start of the phase
  Clock::time_point deadline_;  // deadline of the phase
  bool timed_out_ = false;
  bool plain_on_tls_ = false;
  bool continued_ = false;        // "100 Continue" is sent
  std::size_t body_bytes_ = 0;    // counted in the budget of bodies
  std::size_t answer_bytes_ = 0;  // counted in the budget of responses

  Framing framing_;
  std::string head_;
  Response response_;
  std::size_t sent_ = 0;  // of both
};

}  // namespace reprise::server::http

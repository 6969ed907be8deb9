// SPDX-License-Identifier: Apache-2.0
#include "server/http/connection.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/buffer.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/write.hpp>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/network_address.h"

namespace reprise::server::http {
namespace {

constexpr std::size_t kRoomBehindHeader = 1024;  // the buffer holds more than the longest header
constexpr std::size_t kOneWriteBytes =
    16 * 1024;  // a TLS record; shorter parts are cheaper to copy than to send separately
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr unsigned char kTlsHandshakeRecord = 0x16;

// Writes a mapped IPv4 address as IPv4, so that rules and logs treat both alike.
std::string address_text(const asio::ip::tcp::socket& socket) {
  error_code ec;
  const auto endpoint = socket.remote_endpoint(ec);
  if (ec) return {};
  const asio::ip::address address = endpoint.address();
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  }
  return address.to_string();
}

// A proxy stands for many clients.
std::string group_of(std::string_view address, const std::vector<AddressRange>& proxies) {
  const bool proxy = std::any_of(proxies.begin(), proxies.end(),
                                 [&](const AddressRange& range) { return contains(range, address); });
  return proxy ? std::string{} : reprise::address_group(address);
}

// The pending response to one request, from any thread.
class Ticket {
 public:
  Ticket(std::shared_ptr<Loop> loop, std::weak_ptr<Connection> connection)
      : loop_(std::move(loop)), connection_(std::move(connection)) {}
  Ticket(const Ticket&) = delete;
  Ticket& operator=(const Ticket&) = delete;

  ~Ticket() {
    if (!use()) return;
    try {
      // The connection is resolved on its own thread, so that it also ends there.
      asio::dispatch(loop_->context, [connection = connection_] {
        if (const auto alive = connection.lock()) alive->answer_dropped();
      });
    } catch (const std::exception&) {
      // Out of memory: the connection ends with the server.
    }
  }

  void answer(Response response) {
    if (!use()) return;
    asio::dispatch(loop_->context, [connection = connection_, response = std::move(response)]() mutable {
      if (const auto alive = connection.lock()) alive->answer(std::move(response));
    });
  }

 private:
  bool use() {
    if (used_.exchange(true)) return false;
    --loop_->shared().under_way;
    return true;
  }

  std::shared_ptr<Loop> loop_;
  std::weak_ptr<Connection> connection_;
  std::atomic<bool> used_{false};
};

}  // namespace

Connection::Connection(Loop& loop, asio::ip::tcp::socket socket)
    : loop_(loop),
      limits_(loop.shared().limits),
      socket_(std::move(socket)),
      reader_(limits_),
      remote_address_(address_text(socket_)),
      group_(group_of(remote_address_, loop.shared().trusted_proxies)),
      received_(limits_.header_bytes + kRoomBehindHeader) {}

void Connection::start() {
  error_code ignored;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  since_ = Clock::now();
  deadline_ = since_ + limits_.header_time;
  {
    const std::lock_guard lock(loop_.shared().mutex);
    if (loop_.shared().tls) {
      tls_ = std::make_unique<asio::ssl::stream<asio::ip::tcp::socket&>>(socket_, *loop_.shared().tls);
    }
  }
  if (tls_) {
    enter(Phase::handshake);
    tell_tls_from_plain();
  } else if (!budget_place) {
    refuse({503, "there are too many connections"});
  } else {
    receive();
  }
}

// A user who omits https sends plain HTTP to the TLS port; the first byte reveals it.
void Connection::tell_tls_from_plain() {
  socket_.async_wait(asio::ip::tcp::socket::wait_read, [self = shared_from_this()](const error_code& ec) {
    if (ec || self->phase_ == Phase::closed) return self->close();
    unsigned char first = 0;
    const auto count = ::recv(self->socket_.native_handle(), &first, 1, MSG_PEEK | MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return self->tell_tls_from_plain();
    if (count != 1) return self->close();
    if (first == kTlsHandshakeRecord) return self->shake_hands();
    self->tls_.reset();
    self->plain_on_tls_ = true;
    self->enter(Phase::head);
    self->receive();
  });
}

void Connection::shake_hands() {
  tls_->async_handshake(asio::ssl::stream_base::server, [self = shared_from_this()](const error_code& ec) {
    if (ec || self->phase_ == Phase::closed) return self->close();
    self->enter(Phase::head);
    self->deadline_ = Clock::now() + self->limits_.header_time;
    if (!self->budget_place) return self->refuse({503, "there are too many connections"});
    self->receive();
  });
}

void Connection::receive() {
  if (begin_ > 0) {
    std::memmove(received_.data(), received_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  // A header that fills the buffer was refused before, so this is the line before a chunk.
  if (end_ == received_.size()) return refuse({400, "the line before a chunk is too long"});
  const auto room = asio::buffer(received_.data() + end_, received_.size() - end_);
  auto then = [self = shared_from_this()](const error_code& ec, std::size_t count) {
    self->on_received(ec, count);
  };
  if (tls_) {
    tls_->async_read_some(room, std::move(then));
  } else {
    socket_.async_read_some(room, std::move(then));
  }
}

void Connection::on_received(const error_code& ec, std::size_t count) {
  if (phase_ == Phase::closed) return;
  if (timed_out_ && reader_.has_begun()) return refuse({408, "the request took too long to arrive"});
  // No request is pending at the end of the stream: this is only called if more bytes are needed.
  if (timed_out_ || ec) return close();
  end_ += count;
  advance();
}

void Connection::advance() {
  begin_ += reader_.read({received_.data() + begin_, end_ - begin_});
  switch (reader_.state()) {
    case RequestReader::State::complete: return serve();
    case RequestReader::State::refused: return refuse(reader_.refusal());
    case RequestReader::State::body: return advance_body();
    case RequestReader::State::head: break;
  }
  if (phase_ == Phase::idle && reader_.has_begun()) {
    enter(Phase::head);
    deadline_ = Clock::now() + limits_.header_time;
  }
  receive();
}

void Connection::advance_body() {
  if (phase_ != Phase::body) {
    enter(Phase::body);
    since_ = Clock::now();
  }
  deadline_ = since_ + limits_.body_time + time_for(reader_.body_bytes());
  if (!count_body(reader_.body_bytes())) return refuse({503, "there is too much to take in at once"});
  if (reader_.awaits_continue() && !std::exchange(continued_, true)) return send_continue();
  receive();
}

// The sum of many bodies within their limits may still exceed the memory.
bool Connection::count_body(std::size_t bytes) {
  return loop_.shared().bodies.resize(group_, body_bytes_, bytes);
}

void Connection::send_continue() {
  auto then = [self = shared_from_this()](const error_code& ec, std::size_t) {
    if (self->phase_ == Phase::closed) return;
    if (ec) return self->close();
    self->receive();
  };
  const auto text = asio::buffer(kContinue.data(), kContinue.size());
  if (tls_) {
    asio::async_write(*tls_, text, std::move(then));
  } else {
    asio::async_write(socket_, text, std::move(then));
  }
}

void Connection::serve() {
  if (!count_body(reader_.body_bytes())) return refuse({503, "there is too much to take in at once"});
  framing_ = {};
  framing_.close = !reader_.keep_alive();
  framing_.http_1_0 = reader_.is_http_1_0();
  Request request = reader_.take_request();
  framing_.head = request.method == "HEAD";
  enter(Phase::handling);
  deadline_ = Clock::time_point::max();
  continued_ = false;
  if (plain_on_tls_) return answer_plain_on_tls(request);
  Shared& shared = loop_.shared();
  if (shared.under_way.fetch_add(1) >= limits_.requests_under_way) {
    --shared.under_way;
    return write(worded({503, "there are too many requests under way"}));
  }
  request.remote_address = remote_address_;
  request.secure = tls_ != nullptr;
  const auto ticket = std::make_shared<Ticket>(loop_.shared_from_this(), weak_from_this());
  try {
    shared.handler(std::move(request), [ticket](Response response) { ticket->answer(std::move(response)); });
  } catch (...) {
    // Answered as a dropped request.
  }
}

void Connection::answer_plain_on_tls(const Request& request) {
  framing_.close = true;
  const Shared& shared = loop_.shared();
  const std::string* host = find_field(request.fields, "host");
  const bool safe = request.method == "GET" || request.method == "HEAD";
  const auto& programs = shared.never_redirected;
  const bool of_program = std::any_of(programs.begin(), programs.end(), [&](const std::string& path) {
    const std::string_view target = request.target;
    return target.substr(0, path.size()) == path &&
           (target.size() == path.size() || target[path.size()] == '/' || target[path.size()] == '?');
  });
  if (!safe || of_program || host == nullptr || host->empty() || request.target.front() != '/') {
    return write(worded({400, "this port speaks https: begin the address with https://"}));
  }
  const std::string to = shared.public_url.empty() ? own_address(*host) : shared.public_url;
  write({308, {{"Location", to + request.target}}, ""});
}

// Returns the address at which the client reached this server. A name in the request may lead anywhere,
// except "localhost".
std::string Connection::own_address(std::string_view host) const {
  error_code ec;
  const auto local = socket_.local_endpoint(ec);
  asio::ip::address address = local.address();
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
  }
  if (host == "localhost" || host.substr(0, 10) == "localhost:") return "https://" + std::string{host};
  const std::string text = address.is_v6() ? "[" + address.to_string() + "]" : address.to_string();
  return "https://" + text + ":" + std::to_string(local.port());
}

void Connection::answer(Response response) {
  if (phase_ != Phase::handling) return;
  if (!is_sendable(response)) response = worded({500, "the answer could not be sent"});
  if (!loop_.shared().answers.resize(group_, answer_bytes_, response.body.size())) {
    response = worded({503, "there is too much to send at once"});
  }
  write(std::move(response));
}

void Connection::answer_dropped() {
  if (phase_ == Phase::handling) write(worded({500, "the request was not answered"}));
}

void Connection::refuse(Refusal refusal) {
  framing_ = {};
  framing_.close = true;
  write(worded(refusal));
}

Response Connection::worded(Refusal refusal) {
  try {
    Response response = loop_.shared().refuse(refusal.status, refusal.reason);
    if (tls_) response.fields.push_back(kStrictTransport);
    if (is_sendable(response)) return response;
  } catch (...) {
    // Sent without the application's wording.
  }
  return {
      refusal.status, {{"Content-Type", "text/plain; charset=utf-8"}}, std::string{refusal.reason} + '\n'};
}

void Connection::write(Response response) {
  if (phase_ == Phase::closed) return;
  if (loop_.shared().stopping) framing_.close = true;
  framing_.date = loop_.date();
  head_ = head_text(response, framing_);
  response_ = std::move(response);
  if (!sends_body(response_, framing_)) {
    response_.body.clear();
  } else if (head_.size() + response_.body.size() <= kOneWriteBytes) {
    head_ += response_.body;
    response_.body.clear();
  }
  enter(Phase::writing);
  since_ = Clock::now();
  sent_ = 0;
  send();
}

void Connection::send() {
  deadline_ = since_ + limits_.write_time + time_for(sent_);
  const std::size_t of_head = std::min(sent_, head_.size());
  const std::size_t of_body = sent_ - of_head;
  const std::array<asio::const_buffer, 2> rest = {
      asio::buffer(head_.data() + of_head, head_.size() - of_head),
      asio::buffer(response_.body.data() + of_body, response_.body.size() - of_body)};
  auto then = [self = shared_from_this()](const error_code& ec, std::size_t count) {
    self->on_sent(ec, count);
  };
  if (tls_) {
    tls_->async_write_some(rest, std::move(then));
  } else {
    socket_.async_write_some(rest, std::move(then));
  }
}

void Connection::on_sent(const error_code& ec, std::size_t count) {
  if (phase_ == Phase::closed) return;
  if (ec) return close();
  sent_ += count;
  if (sent_ < head_.size() + response_.body.size()) return send();
  on_written();
}

void Connection::on_written() {
  response_ = {};
  count_body(0);
  loop_.shared().answers.release(group_, answer_bytes_);
  if (framing_.close || loop_.shared().stopping) return linger();
  enter(Phase::idle);
  deadline_ = Clock::now() + limits_.idle_time;
  if (begin_ < end_) {
    advance();
  } else {
    receive();
  }
}

// Closing a socket with unread bytes resets the connection, and the client may lose the response. So further
// bytes are read and discarded until the client has seen the end.
void Connection::linger() {
  enter(Phase::lingering);
  deadline_ = Clock::now() + limits_.linger_time;
  const auto then = [self = shared_from_this()](const error_code&) {
    if (self->phase_ == Phase::closed) return;
    error_code ignored;
    self->socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    self->drain();
  };
  if (!tls_) return then({});
  tls_->async_shutdown(then);
}

void Connection::drain() {
  socket_.async_read_some(asio::buffer(received_),
                          [self = shared_from_this()](const error_code& ec, std::size_t) {
                            if (ec || self->phase_ == Phase::closed) return self->close();
                            self->drain();
                          });
}

void Connection::enter(Phase phase) {
  phase_ = phase;
  if (!budget_place) return;
  using State = ConnectionBudget::State;
  State state = State::busy;
  switch (phase) {
    case Phase::handshake:
    case Phase::head:
    case Phase::lingering:
    case Phase::closed: state = State::unfinished; break;
    case Phase::idle: state = State::idle; break;
    case Phase::body: state = State::receiving; break;
    case Phase::handling:
    case Phase::writing: break;
  }
  loop_.shared().places.set(*budget_place, state);
}

void Connection::make_room() {
  if (phase_ != Phase::handling && phase_ != Phase::writing) close();
}

bool Connection::is_idle() const {
  return phase_ == Phase::idle || phase_ == Phase::handshake ||
         (phase_ == Phase::head && !reader_.has_begun());
}

Clock::duration Connection::time_for(std::size_t bytes) const {
  return std::chrono::milliseconds(bytes * 1000 / std::max<std::size_t>(limits_.bytes_per_second, 1));
}

void Connection::check_deadline(Clock::time_point now) {
  if (now < deadline_) return;
  if ((phase_ != Phase::head && phase_ != Phase::body) || timed_out_) return close();
  // Wakes the pending read, which reports the timeout to the client.
  timed_out_ = true;
  deadline_ = now + limits_.linger_time;
  error_code ignored;
  socket_.cancel(ignored);
}

void Connection::close() {
  if (std::exchange(phase_, Phase::closed) == Phase::closed) return;
  count_body(0);
  loop_.shared().answers.release(group_, answer_bytes_);
  error_code ignored;
  socket_.close(ignored);
  loop_.remove(*this);
}

}  // namespace reprise::server::http

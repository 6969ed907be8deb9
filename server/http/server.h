#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "server/budget/limits.h"
#include "server/http/forwarded.h"
#include "server/http/message.h"
#include "server/tls/certificate.h"

namespace reprise::server::http {

/// Answers a request: once, from any thread, at any time, also when client or server are gone (then it does
/// nothing). Where all copies of it are gone without a call, the client gets a 500.
using Respond = std::function<void(Response)>;

/// Called on an I/O thread for each request; it must not block, and hands what takes time to another thread.
/// The next request of the same connection waits for the answer.
using Handler = std::function<void(Request, Respond)>;

/// How the application words what this server answers by itself: 400 (not HTTP, or not clear), 408 (too
/// slow), 413, 414, 431 (too large), 417, 501 (an expectation or encoding that is unknown), 500 (not
/// answered, or not sendable), 503 (too much at once). `reason` is a plain sentence without anything of the
/// request. Called on an I/O thread.
using Refuse = std::function<Response(unsigned status, std::string_view reason)>;

struct Options {
  std::string address = "127.0.0.1";         ///< IPv4 or IPv6; "::" is every address of both kinds
  std::uint16_t port = 0;                    ///< 0: any that is free
  std::optional<CertificateFiles> tls = {};  ///< without: plain HTTP
  unsigned threads = 1;                      ///< that do I/O
  Limits limits = {};
  std::vector<AddressRange> trusted_proxies = {};  ///< whose connections are not limited by their address
  /// Where plain HTTP on the port for TLS is sent to, without a path: "https://clinic.example.org". Empty: to
  /// the address at which the client reached this server, never to a name that only the request gives.
  std::string public_url = {};
  /// Paths of programs, which must learn that they sent their secrets in the clear: plain HTTP is refused at
  /// and below them.
  std::vector<std::string> never_redirected = {};
};

/// An HTTP/1.1 server. It listens until it is stopped or destroyed.
class Server {
 public:
  /// Listens, or says why it cannot: the port is taken or not allowed, the address is not this machine's, TLS
  /// files.
  [[nodiscard]] static Result<std::unique_ptr<Server>> start(Options options, Handler handler, Refuse refuse);

  /// Stops without waiting for requests under way.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] std::uint16_t port() const;

  /// Connections made from now on are shown this certificate. An error leaves the one before.
  [[nodiscard]] Result<void> use_certificate(const CertificateFiles& files);

  /// Takes no new connections, closes those without a request, lets requests under way be answered for as
  /// long as `grace`, then closes all. Returns when that is done. Not from an I/O thread.
  void stop(std::chrono::milliseconds grace);

  [[nodiscard]] std::size_t connections() const;
  [[nodiscard]] std::size_t requests_under_way() const;

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace reprise::server::http

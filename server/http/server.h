// SPDX-License-Identifier: Apache-2.0
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

/// Sends the response to a request: once, from any thread, at any time. Does nothing if client or server are
/// gone. If all copies are destroyed without a call, the client gets a 500.
using Respond = std::function<void(Response)>;

/// Handles a request on an I/O thread. It must not block; slow work goes to another thread. The connection's
/// next request waits for the response.
using Handler = std::function<void(Request, Respond)>;

/// Words the server's own responses: 400 (not HTTP, or ambiguous), 408 (too slow), 413, 414, 431 (too large),
/// 417, 501 (unknown expectation or encoding), 500 (no valid response), 503 (overloaded). `reason` is a plain
/// sentence without content of the request. Called on an I/O thread.
using Refuse = std::function<Response(unsigned status, std::string_view reason)>;

struct Options {
  std::string address = "127.0.0.1";         ///< IPv4 or IPv6; "::" is every address of both kinds
  std::uint16_t port = 0;                    ///< 0: any that is free
  std::optional<CertificateFiles> tls = {};  ///< without: plain HTTP
  unsigned threads = 1;                      ///< that do I/O
  Limits limits = {};
  std::vector<AddressRange> trusted_proxies = {};  ///< whose connections have no limit by address
  /// The redirection target of plain HTTP on the TLS port, without a path: "https://clinic.example.org".
  /// Empty: the address at which the client reached this server, never a name from the request.
  std::string public_url = {};
  /// Paths of programs: plain HTTP at and below them is refused, so that programs notice that they sent
  /// secrets unencrypted.
  std::vector<std::string> never_redirected = {};
};

/// An HTTP/1.1 server. It listens until stopped or destroyed.
class Server {
 public:
  /// Starts listening. Errors: the port is taken or not permitted, the address is not this machine's, invalid
  /// TLS files.
  [[nodiscard]] static Result<std::unique_ptr<Server>> start(Options options, Handler handler, Refuse refuse);

  /// Stops without waiting for requests under way.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] std::uint16_t port() const;

  /// Replaces the certificate for new connections. On an error the previous one stays.
  [[nodiscard]] Result<void> use_certificate(const CertificateFiles& files);

  /// Stops: takes no new connections, closes idle ones, waits for requests under way up to `grace`, then
  /// closes all. Blocks; not from an I/O thread.
  void stop(std::chrono::milliseconds grace);

  [[nodiscard]] std::size_t connections() const;
  [[nodiscard]] std::size_t requests_under_way() const;

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace reprise::server::http

#pragma once

#include <chrono>
#include <cstddef>

namespace reprise::server::http {

/// How much a client may send, and how long it may take.
struct Limits {
  std::size_t header_bytes = 16 * 1024;  ///< request line and fields together
  std::size_t target_bytes = 8 * 1024;
  std::size_t body_bytes = 17 * 1024 * 1024;
  std::size_t all_bodies_bytes = 256 * 1024 * 1024;  ///< of all requests that are not answered yet, together
  std::size_t connections = 1024;
  std::size_t requests_under_way = 512;  ///< handed to the handler and not answered yet

  std::chrono::milliseconds header_time{
      10'000};                                   ///< from its first byte to its last; also of a TLS handshake
  std::chrono::milliseconds body_time{10'000};   ///< and what the rate below allows for the bytes received
  std::chrono::milliseconds idle_time{60'000};   ///< without a request
  std::chrono::milliseconds write_time{10'000};  ///< and what the rate below allows for the bytes sent
  std::chrono::milliseconds linger_time{2'000};  ///< after the last answer, for the client to read it
  std::size_t bytes_per_second = 8 * 1024;       ///< the slowest client that is waited for
};

}  // namespace reprise::server::http

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>

namespace reprise::server {

constexpr std::size_t kMebibyte = 1024UL * 1024;

/// Limits of one client's requests, memory, work and time, and of all clients together. An address is an IPv4
/// address or the first 64 bits of an IPv6 address (`address_group`).
struct Limits {
  // A message.
  std::size_t header_bytes = 16 * 1024;  ///< request line and fields together
  std::size_t target_bytes = 8 * 1024;
  std::size_t body_bytes = 17 * kMebibyte;
  std::size_t answer_bytes = 16 * kMebibyte;  ///< of a page or a Bundle; a single resource may be larger

  // All messages under way.
  std::size_t all_bodies_bytes = 256 * kMebibyte;   ///< of all unanswered requests together
  std::size_t all_answers_bytes = 256 * kMebibyte;  ///< of all unsent responses together
  std::size_t requests_under_way = 512;             ///< passed to the handler and unanswered

  // Connections. 60 browsers behind one address have about 360.
  std::size_t connections = 1024;
  std::size_t connections_per_address = 512;
  std::size_t requests_per_address = 384;

  // An account's requests, from authentication to response; further ones wait.
  std::size_t requests_per_patient = 1;
  std::size_t requests_per_account = 64;  ///< of clinicians, administrators and programs
  std::size_t waiting_per_account = 64;

  // Limits of a patient's request.
  std::size_t patient_entries = 100;                    ///< of a Bundle
  std::size_t patient_values = 50'000;                  ///< of the JSON of a body
  std::size_t patient_bytes_per_day = 256 * kMebibyte;  ///< of all bodies of changes
  std::size_t values = 1'000'000;                       ///< of any body

  std::chrono::milliseconds bundle_time{
      10'000};  ///< time after which a Bundle's further entries are not performed

  std::chrono::milliseconds header_time{
      10'000};                                   ///< from its first byte to its last; also of a TLS handshake
  std::chrono::milliseconds body_time{10'000};   ///< and what the rate below allows for the bytes received
  std::chrono::milliseconds idle_time{60'000};   ///< without a request
  std::chrono::milliseconds write_time{10'000};  ///< and what the rate below allows for the bytes sent
  std::chrono::milliseconds linger_time{2'000};  ///< after the last answer, for the client to read it
  std::size_t bytes_per_second = 8 * 1024;       ///< the slowest tolerated client
};

}  // namespace reprise::server

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

namespace reprise::server::mail {

enum class Security : std::uint8_t {
  tls,       ///< from the first byte
  starttls,  ///< upgraded before any command; nothing is sent if the server does not offer it
  none,      ///< on this machine only
};

/// The mail server and the credentials for it.
struct MailServer {
  std::string host;        ///< a name or an address; empty: none
  std::uint16_t port = 0;  ///< 0: the usual one, 465, 587 or 25
  Security security = Security::tls;
  std::string user;  ///< empty: without authentication
  std::string password;
  std::string from;                   ///< the sender's address
  std::filesystem::path authorities;  ///< PEM file of the authorities that sign the server's certificate;
                                      ///< empty: the system's
  std::chrono::milliseconds patience = std::chrono::seconds{60};  ///< timeout of one mail
};

/// Returns the port, resolving the default.
[[nodiscard]] constexpr std::uint16_t port_of(const MailServer& server) {
  if (server.port != 0) return server.port;
  if (server.security == Security::tls) return 465;
  return server.security == Security::starttls ? 587 : 25;
}

}  // namespace reprise::server::mail

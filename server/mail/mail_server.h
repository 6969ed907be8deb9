#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

namespace reprise::server::mail {

enum class Security : std::uint8_t {
  tls,       ///< from the first byte
  starttls,  ///< before anything is said; where the server does not offer it, nothing is sent
  none,      ///< on this machine only
};

/// Who takes our mails, and as whom we send them.
struct MailServer {
  std::string host;        ///< a name or an address; empty: there is none
  std::uint16_t port = 0;  ///< 0: the usual one, 465, 587 or 25
  Security security = Security::tls;
  std::string user;  ///< empty: without signing in
  std::string password;
  std::string from;                   ///< the sender's address
  std::filesystem::path authorities;  ///< PEM; who signs the server's certificate; empty: the system's
  std::chrono::milliseconds patience = std::chrono::seconds{60};  ///< for one mail, from first to last byte
};

/// The port that is meant.
[[nodiscard]] constexpr std::uint16_t port_of(const MailServer& server) {
  if (server.port != 0) return server.port;
  if (server.security == Security::tls) return 465;
  return server.security == Security::starttls ? 587 : 25;
}

}  // namespace reprise::server::mail

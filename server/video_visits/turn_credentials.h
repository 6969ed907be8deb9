#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "fhir/model/json.h"

namespace reprise::server {

/// The clinic's own relay (TURN) for networks that let no call through directly; docs/operations.md.
struct VisitRelay {
  std::string host;            ///< "turn.clinic.example" or with a port; empty: there is none
  std::uint16_t tls_port = 0;  ///< where it takes TLS; 0: nowhere
  std::string secret;          ///< that it shares with this server
  bool only = false;           ///< calls go through it even where they need not
};

/// What lets somebody use the relay for a while.
struct RelayPass {
  std::string username;
  std::string password;
};

/// As coturn's `use-auth-secret` takes it (draft-uberti-behave-turn-rest-00, section 2.2): the name begins
/// with when it ends, and the password is an HMAC of it, so that the relay needs no list of people.
[[nodiscard]] RelayPass relay_pass(std::string_view secret, std::string_view who, std::int64_t ends_s);

/// The `iceServers` of a browser's RTCPeerConnection; none where there is no relay. No server of anybody else
/// is ever named.
[[nodiscard]] fhir::Json ice_servers(const VisitRelay& relay, std::string_view who, std::int64_t ends_s);

}  // namespace reprise::server

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "fhir/model/json.h"

namespace reprise::server {

/// The clinic's own TURN server, for networks without a direct connection (docs/operations/server.md).
struct TurnServer {
  std::string host;            ///< "turn.clinic.example" or with a port; empty: none
  std::uint16_t tls_port = 0;  ///< its TLS port; 0: none
  std::string secret;          ///< shared with this server
  bool only = false;           ///< calls always go through it
};

/// Temporary credentials for the TURN server.
struct TurnCredentials {
  std::string username;
  std::string password;
};

/// Makes credentials as coturn's `use-auth-secret` expects them (draft-uberti-behave-turn-rest-00, section
/// 2.2). The name begins with the expiry, and the password is its HMAC, so the TURN server needs no list of
/// users.
[[nodiscard]] TurnCredentials make_turn_credentials(std::string_view secret, std::string_view who,
                                                    std::int64_t ends_s);

/// Returns the `iceServers` of a browser's RTCPeerConnection; empty without a TURN server. Never names a
/// third party's server.
[[nodiscard]] fhir::Json ice_servers(const TurnServer& relay, std::string_view who, std::int64_t ends_s);

}  // namespace reprise::server

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "record/webauthn/client_data.h"
#include "record/webauthn/public_key.h"
#include "record/webauthn/site.h"

// The two ceremonies of WebAuthn, checked by libfido2 (docs/adr/0037-passkeys-by-libfido2.md).
namespace reprise::record::webauthn {

struct NewCredential {
  std::string id;  ///< bytes, at most 1023
  PublicKey key;
  std::uint32_t counter = 0;  ///< of signatures; many authenticators leave it at 0
};

/// Reads the authenticator's data of a new passkey: of this site, by a user who was present and verified.
/// There is no statement about the authenticator's maker ("none"), so nothing is signed yet. Errors:
/// invalid_argument.
[[nodiscard]] Result<NewCredential> read_new_credential(std::string_view authenticator_data,
                                                        const Site& site);

struct Assertion {
  ClientData client_data;
  std::string authenticator_data;  ///< bytes
  std::string signature;           ///< bytes
};

/// Verifies a signature by a passkey: of this site, by a user who was present and verified, with a counter
/// that has grown or always stays 0. Returns the counter. Errors: invalid_argument.
[[nodiscard]] Result<std::uint32_t> verify_assertion(const Assertion& assertion, const PublicKey& key,
                                                     std::uint32_t last_counter, const Site& site);

}  // namespace reprise::record::webauthn

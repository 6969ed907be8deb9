// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "record/accounts/passkey.h"
#include "record/webauthn/ceremony.h"
#include "server/app_api/app_context.h"

// A passkey that a browser has shown: to sign in, or to confirm a sensitive action.

namespace reprise::server {

/// Returns what a browser needs to find a passkey: its id and how it is reached.
[[nodiscard]] fhir::Json passkey_descriptor(const record::Passkey& passkey);

struct ShownPasskey {
  std::string credential;  ///< base64url
  std::string user;        ///< the account's id, as the authenticator keeps it; may be empty
  record::webauthn::Assertion assertion;
};

/// Reads what the browser sent. An error is the reason.
[[nodiscard]] tl::expected<ShownPasskey, std::string> read_shown_passkey(Fields& fields,
                                                                         const record::webauthn::Site& site);

struct VerifiedPasskey {
  record::Passkey passkey;
  std::uint32_t counter = 0;  ///< to be noted with its use
};

/// Why a passkey was refused.
struct RefusedPasskey {
  std::string why;      ///< for the audit log; empty: the account must wait
  std::string account;  ///< whose passkey it is; empty: unknown
  std::int64_t wait_until_us = 0;
};

/// Ends the challenge, counts the attempt and checks the passkey, which must be `owner`'s. `session_hash`: of
/// the session, pending or open, that asked for the challenge.
[[nodiscard]] Result<tl::expected<VerifiedPasskey, RefusedPasskey>> verify_passkey(
    const record::WriteTransaction& session, const ShownPasskey& shown, const record::webauthn::Site& site,
    const std::string& session_hash, const std::string& owner);

}  // namespace reprise::server

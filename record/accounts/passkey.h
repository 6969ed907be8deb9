// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "record/database/connection.h"
#include "record/webauthn/client_data.h"
#include "record/webauthn/public_key.h"

// Passkeys of accounts, and the challenges that they sign (docs/operations/access.md#passkeys). All functions
// run in the caller's transaction.
namespace reprise::record {

/// An account has so many passkeys. Unsourced default.
inline constexpr std::size_t kMostPasskeys = 10;
/// A challenge is valid for so long. Unsourced default.
inline constexpr std::int64_t kPasskeyChallengeUs = in_us(std::chrono::minutes{5});
/// In bytes.
inline constexpr std::size_t kLongestPasskeyName = 120;

struct NewPasskey {
  std::string credential = {};  ///< its id in the authenticator, base64url
  webauthn::PublicKey key = {};
  std::uint32_t counter = 0;
  std::string transports = {};  ///< how browsers reach it: "internal,hybrid"; may be empty
  std::string name = {};        ///< chosen by its user
};

struct Passkey : NewPasskey {
  std::string id;  ///< identifies it in the list; grants no access
  std::string account;
  std::int64_t made_us = 0;
  std::int64_t used_us = 0;  ///< last sign-in; 0: none yet
};

/// Keeps a passkey. Returns its id. Errors: conflict (it is of an account already, or the account has too
/// many).
[[nodiscard]] Result<std::string> keep_passkey(Connection& connection, std::string_view account,
                                               const NewPasskey& passkey, std::int64_t now_us);

/// Lists the account's, oldest first.
[[nodiscard]] Result<std::vector<Passkey>> passkeys_of(Connection& connection, std::string_view account);

/// Returns nullopt if there is none, or its account is disabled.
[[nodiscard]] Result<std::optional<Passkey>> find_passkey(Connection& connection,
                                                          std::string_view credential);

/// Notes a sign-in.
[[nodiscard]] Result<void> note_passkey_used(Connection& connection, std::string_view id,
                                             std::uint32_t counter, std::int64_t now_us);

/// Return false if this account has none of this id.
[[nodiscard]] Result<bool> rename_passkey_of(Connection& connection, std::string_view account,
                                             std::string_view id, std::string_view name);
[[nodiscard]] Result<bool> end_passkey_of(Connection& connection, std::string_view account,
                                          std::string_view id);

/// Creates a challenge of 256 random bits for one ceremony of the session with this secret's hash, pending or
/// open. Returns it in base64url.
[[nodiscard]] Result<std::string> new_passkey_challenge(Connection& connection, webauthn::Ceremony ceremony,
                                                        std::string_view session_hash, std::int64_t now_us);

/// Ends a challenge. Returns whether it was valid for this ceremony of this session.
[[nodiscard]] Result<bool> use_passkey_challenge(Connection& connection, std::string_view challenge,
                                                 webauthn::Ceremony ceremony, std::string_view session_hash,
                                                 std::int64_t now_us);

}  // namespace reprise::record

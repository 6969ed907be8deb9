// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "record/accounts/secret.h"
#include "record/database/connection.h"

// Invitations: links by which a user chooses a first or a new password. All functions run in the caller's
// transaction.
namespace reprise::record {

inline constexpr std::int64_t kInvitationUs = in_us(std::chrono::days{7});

/// Creates an invitation and returns its secret; earlier ones of the account, and a link to a
/// new password that its owner requested, become invalid. `by`: the id of
/// the inviting account. Errors: not_found (no such account, or it is disabled).
[[nodiscard]] Result<Secret> invite(Connection& connection, std::string_view account, std::string_view by,
                                    std::int64_t now_us, std::int64_t lifetime_us = kInvitationUs);

struct Invitation {
  std::string account;  ///< the invited account
  std::int64_t ends_us = 0;
};

/// Finds an invitation by its hash. Returns nullopt if it is unknown, used or expired.
[[nodiscard]] Result<std::optional<Invitation>> find_invitation(Connection& connection, std::string_view hash,
                                                                std::int64_t now_us);

/// Returns the end of each valid invitation by account id.
[[nodiscard]] Result<std::map<std::string, std::int64_t>> open_invitations(Connection& connection,
                                                                           std::int64_t now_us);

/// Revokes the account's invitation.
[[nodiscard]] Result<void> revoke_invitation(Connection& connection, std::string_view account);

/// Redeems the invitation and stores the password's hash. Ends all sessions and tokens of the account; its
/// second factor stays. Returns the account; nullopt if the invitation is not valid.
[[nodiscard]] Result<std::optional<std::string>> accept_invitation(Connection& connection,
                                                                   std::string_view hash,
                                                                   std::string_view password_hash,
                                                                   std::int64_t now_us);

}  // namespace reprise::record

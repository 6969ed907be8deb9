#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "record/accounts/secret.h"
#include "record/database/connection.h"

// Links by which somebody chooses a password: the first one, or a new one. All of it runs in the caller's
// transaction.
namespace reprise::record {

inline constexpr std::int64_t kInvitationUs = 7 * 86'400'000'000;

/// A new link's secret; earlier ones of the account count no more. `by`: the id of the account that invites.
/// Errors: not_found (no such account, or it is disabled).
[[nodiscard]] Result<Secret> invite(Connection& connection, std::string_view account, std::string_view by,
                                    std::int64_t now_us, std::int64_t lifetime_us = kInvitationUs);

struct Invitation {
  std::string account;  ///< for whom it is
  std::int64_t ends_us = 0;
};

/// The invitation of this hash; nothing where it was used, has ended, or never was.
[[nodiscard]] Result<std::optional<Invitation>> find_invitation(Connection& connection, std::string_view hash,
                                                                std::int64_t now_us);

/// Accounts with an invitation that can still be used, by id, and until when.
[[nodiscard]] Result<std::map<std::string, std::int64_t>> open_invitations(Connection& connection,
                                                                           std::int64_t now_us);

/// The account's invitation counts no more.
[[nodiscard]] Result<void> revoke_invitation(Connection& connection, std::string_view account);

/// Uses the invitation up and stores the password's hash; all sessions and tokens of the account end, and its
/// second factor stays. Returns the account; nothing where the invitation does not count.
[[nodiscard]] Result<std::optional<std::string>> accept_invitation(Connection& connection,
                                                                   std::string_view hash,
                                                                   std::string_view password_hash,
                                                                   std::int64_t now_us);

}  // namespace reprise::record

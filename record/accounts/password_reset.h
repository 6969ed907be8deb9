// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "record/accounts/account.h"
#include "record/accounts/attempts.h"
#include "record/accounts/secret.h"
#include "record/database/connection.h"

// Forgotten passwords: links to a new password that the owner of an account requests, mailed to the account's
// address. All functions run in the caller's transaction.
namespace reprise::record {

/// Validity of a link. An unsourced default.
inline constexpr std::int64_t kPasswordResetUs = in_us(std::chrono::minutes{30});

/// Requests for links: 3 at once for a name, then one in 15 minutes, and at last one in an hour. The
/// mail always goes to the owner.
inline constexpr AttemptLimits kPasswordResetLimits{.free = 3,
                                                    .first_wait_us = in_us(std::chrono::minutes{15}),
                                                    .longest_wait_us = in_us(std::chrono::hours{1}),
                                                    .forget_us = in_us(std::chrono::days{1})};

/// Counts a request by account name, existing or not. Returns the end of the wait; nullopt if it may proceed.
[[nodiscard]] Result<std::optional<std::int64_t>> count_password_reset_request(
    Connection& connection, std::string_view name, std::int64_t now_us,
    const AttemptLimits& limits = kPasswordResetLimits);

struct PasswordReset {
  Account account;
  Secret secret;
};

/// Creates a link's secret; earlier ones of the account become invalid. Returns nullopt if no link may be
/// mailed: there is no such account, it is disabled, has no password yet, or its mail address is missing or
/// was changed by another user within `kNewMailUs`.
[[nodiscard]] Result<std::optional<PasswordReset>> create_password_reset(Connection& connection,
                                                                         std::string_view name,
                                                                         std::int64_t now_us);

struct OpenPasswordReset {
  Account account;
  std::int64_t ends_us = 0;
};

/// Finds a link by the hash of its secret. Returns nullopt if it is unknown, used or expired, or if its
/// account is disabled.
[[nodiscard]] Result<std::optional<OpenPasswordReset>> find_password_reset(Connection& connection,
                                                                           std::string_view hash,
                                                                           std::int64_t now_us);

/// Redeems a link and stores the password's hash. Ends all sessions and tokens of the account and resets its
/// count of wrong passwords; its second factor stays. Returns the account; nullopt if the link is not valid.
[[nodiscard]] Result<std::optional<Account>> redeem_password_reset(Connection& connection,
                                                                   std::string_view hash,
                                                                   std::string_view password_hash,
                                                                   std::int64_t now_us);

/// Revokes the account's link.
[[nodiscard]] Result<void> revoke_password_reset(Connection& connection, std::string_view account);

}  // namespace reprise::record

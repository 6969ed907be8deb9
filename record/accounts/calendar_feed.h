// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "record/accounts/account.h"
#include "record/accounts/secret.h"
#include "record/database/connection.h"

// Secrets by which a calendar program reads a patient's calendar without signing in. All functions run in the
// caller's transaction.
namespace reprise::record {

/// Creates the secret of an account's calendar; an earlier one ends.
[[nodiscard]] Result<Secret> renew_calendar_feed(Connection& connection, std::string_view account,
                                                 std::int64_t now_us);

/// Ends the account's secret, if there is one.
[[nodiscard]] Result<void> end_calendar_feed(Connection& connection, std::string_view account);

/// Returns when the account's secret was made; nullopt if there is none.
[[nodiscard]] Result<std::optional<std::int64_t>> calendar_feed_since(Connection& connection,
                                                                      std::string_view account);

/// Returns the account of a secret, by its hash; nullopt if it is unknown or has ended, the account is
/// disabled, or it is not a patient's.
[[nodiscard]] Result<std::optional<Account>> account_of_calendar_feed(Connection& connection,
                                                                      std::string_view hash);

}  // namespace reprise::record

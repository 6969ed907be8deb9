// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "record/accounts/secret.h"
#include "record/database/connection.h"

namespace reprise::server {

/// Returns the link by which a user chooses a password. The secret stands behind the '#', which browsers do
/// not send.
[[nodiscard]] std::string invitation_link(const std::string& origin, const record::Secret& secret);

/// Invites the first administrator if no administrator has a password yet. Creates the account
/// "administrator" if missing; earlier invitations become invalid. Runs in the caller's transaction.
[[nodiscard]] Result<std::optional<record::Secret>> invite_first_administrator(record::Connection& connection,
                                                                               std::int64_t now_us);

}  // namespace reprise::server

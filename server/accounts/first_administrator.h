#pragma once

#include <optional>
#include <string>

#include "record/accounts/secret.h"
#include "record/database/connection.h"

namespace reprise::server {

/// By which somebody chooses a password: the secret stands behind the '#', which browsers send to nobody.
[[nodiscard]] std::string invitation_link(const std::string& origin, const record::Secret& secret);

/// Where no administrator has a password yet: an invitation for the account "administrator", which is made
/// where it is missing; earlier ones count no more. Runs in the caller's transaction.
[[nodiscard]] Result<std::optional<record::Secret>> invite_first_administrator(record::Connection& connection,
                                                                               std::int64_t now_us);

}  // namespace reprise::server

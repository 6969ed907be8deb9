// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "record/accounts/attempts.h"
#include "record/database/connection.h"

// Login attempts in the database, so that all server processes count them, also after a restart.
namespace reprise::record {

/// Return the keys by which attempts are counted. Names are hashed: a user may type a password into the
/// name's field.
[[nodiscard]] std::string attempt_of_name(std::string_view folded_name);
[[nodiscard]] std::string attempt_of_second_factor(std::string_view account);
[[nodiscard]] std::string attempt_of_passkey(std::string_view account);

/// Counts an attempt as failed unless it must wait. Returns the end of the wait; nullopt if it may proceed.
[[nodiscard]] Result<std::optional<std::int64_t>> count_attempt(Connection& connection,
                                                                std::string_view subject, std::int64_t now_us,
                                                                const AttemptLimits& limits);

/// Resets the count after a successful attempt.
[[nodiscard]] Result<void> forget_attempts(Connection& connection, std::string_view subject);

}  // namespace reprise::record

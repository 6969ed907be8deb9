#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "record/accounts/attempts.h"
#include "record/database/connection.h"

// Attempts in the database, so that they count for all server processes, and after a restart.
namespace reprise::record {

/// Under what attempts are counted. Names are hashed: what people type there by mistake may be a password.
[[nodiscard]] std::string attempt_of_name(std::string_view folded_name);
[[nodiscard]] std::string attempt_of_second_factor(std::string_view account);

/// Counts an attempt as a wrong one, unless it must wait. Returns until when; nothing: it may go on.
[[nodiscard]] Result<std::optional<std::int64_t>> count_attempt(Connection& connection,
                                                                std::string_view subject, std::int64_t now_us,
                                                                const AttemptLimits& limits);

/// After a right one.
[[nodiscard]] Result<void> forget_attempts(Connection& connection, std::string_view subject);

}  // namespace reprise::record

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "record/accounts/totp.h"
#include "record/database/connection.h"

// The second factor of an account. All functions run in the caller's transaction.
namespace reprise::record {

/// The account that enrolls, and its session. A secret counts only in the session that showed it. An attacker
/// who saw it in an earlier session gains nothing.
struct Enrolling {
  std::string_view account;
  std::string_view session_hash;
};

/// Returns a secret for an authenticator app; the same one until it is confirmed by a code. Returns nullopt
/// if the account already has a second factor: remove that one first.
[[nodiscard]] Result<std::optional<TotpSecret>> begin_enrolment(Connection& connection, const Enrolling& who);

/// Confirms the enrolment by the app's first code. Returns the recovery codes, to be shown once; nullopt if
/// the code is wrong.
[[nodiscard]] Result<std::optional<std::vector<std::string>>> confirm_enrolment(Connection& connection,
                                                                                const Enrolling& who,
                                                                                std::string_view code,
                                                                                std::int64_t now_us);

struct SecondFactorUse {
  bool right = false;
  bool by_recovery_code = false;
  std::int64_t recovery_codes_left = 0;  ///< after use of a recovery code
};

/// Checks input against the app's code and the recovery codes. Each code counts once.
[[nodiscard]] Result<SecondFactorUse> use_second_factor(Connection& connection, std::string_view account,
                                                        std::string_view typed, std::int64_t now_us);

/// Removes the second factor after both were lost, so that the account can enrol anew. Ends its sessions and
/// tokens.
[[nodiscard]] Result<void> remove_second_factor(Connection& connection, std::string_view account);

/// Counts the unused recovery codes.
[[nodiscard]] Result<std::int64_t> count_recovery_codes(Connection& connection, std::string_view account);

/// Replaces the unused recovery codes with new ones.
[[nodiscard]] Result<std::vector<std::string>> renew_recovery_codes(Connection& connection,
                                                                    std::string_view account);

}  // namespace reprise::record

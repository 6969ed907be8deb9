#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "record/accounts/totp.h"
#include "record/database/connection.h"

// The second factor of an account. All of it runs in the caller's transaction.
namespace reprise::record {

/// Whose second factor is set up, and in which session. A secret that was shown counts in that session only:
/// who saw it in another one, before a new password, say, gains nothing.
struct Enrolling {
  std::string_view account;
  std::string_view session_hash;
};

/// A secret for an app, which counts only when a code of it was shown. Asked again before, it is the same.
/// Nothing where the account has its second factor already: that one must be removed first.
[[nodiscard]] Result<std::optional<TotpSecret>> begin_enrolment(Connection& connection, const Enrolling& who);

/// The first code of the app. Returns the recovery codes, to be shown once; nothing where the code is not
/// right.
[[nodiscard]] Result<std::optional<std::vector<std::string>>> confirm_enrolment(Connection& connection,
                                                                                const Enrolling& who,
                                                                                std::string_view code,
                                                                                std::int64_t now_us);

struct SecondFactorUse {
  bool right = false;
  bool by_recovery_code = false;
  std::int64_t recovery_codes_left = 0;  ///< where it was by one
};

/// Compares what was typed with the app's code and the recovery codes, and lets each count once.
[[nodiscard]] Result<SecondFactorUse> use_second_factor(Connection& connection, std::string_view account,
                                                        std::string_view typed, std::int64_t now_us);

/// For who lost both: an administrator lets the account enrol anew. Its sessions and tokens end.
[[nodiscard]] Result<void> remove_second_factor(Connection& connection, std::string_view account);

/// How many recovery codes are left.
[[nodiscard]] Result<std::int64_t> count_recovery_codes(Connection& connection, std::string_view account);

/// New recovery codes in place of those that are left.
[[nodiscard]] Result<std::vector<std::string>> renew_recovery_codes(Connection& connection,
                                                                    std::string_view account);

}  // namespace reprise::record

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "record/accounts/account.h"
#include "record/accounts/attempts.h"
#include "record/accounts/login_session.h"
#include "record/database/connection.h"

// Signing in, in steps, because comparing a password takes long and must not hold up whoever writes:
//   1. begin_sign_in (writes) counts the attempt as a wrong one before it is known, so that many at once gain
//   nothing;
//   2. check_password, on any thread, also where there is no such account;
//   3. finish_sign_in (writes) takes the count back and starts a session, where the password was right.
namespace reprise::record {

struct SignInAttempt {
  std::optional<std::int64_t> wait_until_us;  ///< too many wrong ones: say so, and go no further
  std::optional<std::string> account;
  std::optional<std::string> password_hash;  ///< for check_password
};

/// Whether there is such an account does not show: a name that nobody has must wait like any other.
[[nodiscard]] Result<SignInAttempt> begin_sign_in(Connection& connection, std::string_view name,
                                                  std::int64_t now_us, const AttemptLimits& limits = {});

struct SignedIn {
  Secret session;
  SessionStage stage = SessionStage::second_factor;
};

/// `name`: as in `begin_sign_in`; `account`: as it gave. `old_session`: the hash of the session that the
/// browser showed, which ends: who was led into a session of somebody else does not stay in it. Errors:
/// not_found (the account is gone).
[[nodiscard]] Result<SignedIn> finish_sign_in(Connection& connection, std::string_view name,
                                              std::string_view account, const SignInPlace& place,
                                              std::string_view old_session, std::int64_t now_us,
                                              const SessionLimits& limits = {});

enum class SecondFactorCheck : std::uint8_t { right, wrong, wait };

struct SecondFactorAttempt {
  SecondFactorCheck check = SecondFactorCheck::wrong;
  std::int64_t wait_until_us = 0;  ///< where `check` is `wait`
  bool by_recovery_code = false;
  std::int64_t recovery_codes_left = 0;  ///< where it was by one
  std::optional<Secret> session;         ///< where it is right: a new one, in place of the old
};

/// Takes a code of the app, or a recovery code, for a session in the stage `second_factor`. Each counts once.
[[nodiscard]] Result<SecondFactorAttempt> pass_second_factor(Connection& connection,
                                                             const LoginSession& session,
                                                             std::string_view session_hash,
                                                             std::string_view typed, std::int64_t now_us,
                                                             const SessionLimits& limits = {},
                                                             const AttemptLimits& attempt_limits = {});

}  // namespace reprise::record

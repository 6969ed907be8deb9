// SPDX-License-Identifier: Apache-2.0
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

// Signing in. Comparing a password is slow and must not block the writer, so there are three steps:
//   1. begin_sign_in (writes) counts the attempt as failed in advance, so that many at once gain nothing;
//   2. check_password runs on any thread, also if there is no such account;
//   3. finish_sign_in (writes) takes the count back and starts a session, if the password was right.
namespace reprise::record {

struct SignInAttempt {
  std::optional<std::int64_t> wait_until_us;  ///< set after too many failures: report it and stop
  std::optional<std::string> account;
  std::optional<std::string> password_hash;  ///< for check_password
};

/// Begins a sign-in. Does not reveal whether the account exists: an unknown name is rate limited like any
/// other.
[[nodiscard]] Result<SignInAttempt> begin_sign_in(Connection& connection, std::string_view name,
                                                  std::int64_t now_us, const AttemptLimits& limits = {});

struct SignedIn {
  Secret session;
  SessionStage stage = SessionStage::second_factor;
};

/// Finishes a sign-in. `name`: as in `begin_sign_in`; `account`: as returned by it. `old_session`: the hash
/// of the session that the browser sent, which ends. This prevents session fixation. `stay`: for a session
/// that stays on the device. Errors: not_found (the account is gone).
[[nodiscard]] Result<SignedIn> finish_sign_in(Connection& connection, std::string_view name,
                                              std::string_view account, const SignInPlace& place,
                                              std::string_view old_session, std::int64_t now_us,
                                              const SessionLimits& limits = {}, const Stay& stay = {});

/// The browser of a sign-in by passkey.
struct SignInBrowser {
  SignInPlace place = {};
  std::string_view old_session = {};  ///< as in `finish_sign_in`
  Stay stay = {};
};

/// Starts a session after a signature by a passkey was verified. It counts as password and second factor; an
/// account that must have a second factor and has none sets it up first. Errors: not_found (the account is
/// gone).
[[nodiscard]] Result<SignedIn> sign_in_by_passkey(Connection& connection, std::string_view account,
                                                  std::int64_t now_us, const SignInBrowser& browser = {});

enum class SecondFactorCheck : std::uint8_t { right, wrong, wait };

struct SecondFactorAttempt {
  SecondFactorCheck check = SecondFactorCheck::wrong;
  std::int64_t wait_until_us = 0;  ///< if `check` is `wait`
  bool by_recovery_code = false;
  std::int64_t recovery_codes_left = 0;  ///< after use of a recovery code
  std::optional<Secret> session;         ///< if right: a new one that replaces the old
};

/// Verifies an app's code or a recovery code for a session in the stage `second_factor`. Each counts once.
[[nodiscard]] Result<SecondFactorAttempt> pass_second_factor(Connection& connection,
                                                             const LoginSession& session,
                                                             std::string_view session_hash,
                                                             std::string_view typed, std::int64_t now_us,
                                                             const SessionLimits& limits = {},
                                                             const AttemptLimits& attempt_limits = {});

}  // namespace reprise::record

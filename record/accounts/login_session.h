// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "record/accounts/account.h"
#include "record/accounts/secret.h"
#include "record/database/connection.h"

// Login sessions. Functions that write run in the caller's transaction.
namespace reprise::record {

/// The stage of a sign-in.
enum class SessionStage : std::uint8_t {
  second_factor,  ///< the password was right; a code must follow
  enrolment,      ///< the account must set up its second factor first
  full,
};

struct SessionLimits {
  std::int64_t idle_us = 1'800'000'000;      ///< idle timeout
  std::int64_t longest_us = 43'200'000'000;  ///< longest duration from the sign-in
  std::int64_t sign_in_us = 600'000'000;     ///< for the second factor
  /// Tolerated difference between the clocks of several servers. A session with a time further ahead was
  /// created while a clock was wrong. It has ended, because its age is unknown.
  std::int64_t clock_us = in_us(std::chrono::minutes{1});
};

/// How long a session stays on a device by its user's choice. 0: as long as other sessions.
struct Stay {
  std::int64_t idle_us = 0;     ///< idle timeout
  std::int64_t longest_us = 0;  ///< longest duration from the sign-in
};

/// The origin of a sign-in, shown in the list of sessions.
struct SignInPlace {
  std::string address;
  std::string user_agent;  ///< the first 120 characters are kept
};

struct LoginSession {
  std::string id;  ///< identifies it in the list; grants no access
  Account account;
  SessionStage stage = SessionStage::second_factor;
  std::int64_t created_us = 0;
  std::int64_t seen_us = 0;
  std::int64_t ends_us = 0;
  std::string address;
  std::string user_agent;
  Stay stay;
  std::int64_t proved_us = 0;  ///< when a password or a code was last verified
  std::string device_key;      ///< of the account: encrypts data that stays on a device after signing out
};

/// Starts a session just after a password or a code was verified. Its secret goes into the browser's cookie
/// only.
[[nodiscard]] Result<Secret> start_session(Connection& connection, std::string_view account,
                                           SessionStage stage, const SignInPlace& place, std::int64_t now_us,
                                           const SessionLimits& limits = {}, const Stay& stay = {});

/// Finds a session by its secret's hash. Returns nullopt if it is unknown or has ended, or if its account is
/// disabled.
[[nodiscard]] Result<std::optional<LoginSession>> find_session(Connection& connection, std::string_view hash,
                                                               std::int64_t now_us,
                                                               const SessionLimits& limits = {});

/// Replaces a session that has passed its pending stage with a full one, which stays as the pending one was
/// to.
[[nodiscard]] Result<Secret> complete_session(Connection& connection, const LoginSession& session,
                                              std::string_view hash, std::int64_t now_us,
                                              const SessionLimits& limits = {});

constexpr std::int64_t kRecentUs = 300'000'000;

/// Returns whether a password, a code or a passkey was verified recently. Guards against a person who finds
/// an open session.
[[nodiscard]] bool is_recent(const LoginSession& session, std::int64_t now_us);

/// Records that a password, a code or a passkey was verified.
[[nodiscard]] Result<void> note_proof(Connection& connection, std::string_view hash, std::int64_t now_us);

/// Returns whether `note_seen` is due: at most once a minute.
[[nodiscard]] bool should_note_seen(const LoginSession& session, std::int64_t now_us);
[[nodiscard]] Result<void> note_seen(Connection& connection, std::string_view hash, std::int64_t now_us);

/// Ends a session. Does nothing if it has already ended.
[[nodiscard]] Result<void> end_session(Connection& connection, std::string_view hash);

/// Lists the account's sessions, newest first, for its owner.
[[nodiscard]] Result<std::vector<LoginSession>> list_sessions(Connection& connection,
                                                              std::string_view account, std::int64_t now_us,
                                                              const SessionLimits& limits = {});
/// Ends a session of this account by its id, and reminders by Web Push on its device. Returns false if it has
/// none of this id.
[[nodiscard]] Result<bool> end_session_of(Connection& connection, std::string_view account,
                                          std::string_view id);
/// Ends all sessions of this account, except the one whose hash is `kept_session`; so with reminders by Web
/// Push on their devices.
[[nodiscard]] Result<void> end_sessions_of(Connection& connection, std::string_view account,
                                           std::string_view kept_session = {});

/// Applies the present limits to sessions that stay: ends or shortens those that last longer. `staff`:
/// whether accounts that need a second factor may have such sessions. Call it at the start, because the
/// limits may have changed.
[[nodiscard]] Result<void> limit_stays(Connection& connection, const Stay& limits, bool staff);

/// Removes ended sessions, invitations and tokens, and old attempts. Call it periodically.
[[nodiscard]] Result<void> remove_ended(Connection& connection, std::int64_t now_us);

}  // namespace reprise::record

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "record/accounts/account.h"
#include "record/accounts/secret.h"
#include "record/database/connection.h"

// Who is signed in. What writes runs in the caller's transaction.
namespace reprise::record {

/// How far signing in has come.
enum class SessionStage : std::uint8_t {
  second_factor,  ///< the password was right; the code is awaited
  enrolment,      ///< the account must get its second factor first
  full,
};

struct SessionLimits {
  std::int64_t idle_us = 1'800'000'000;      ///< without a request for so long, it has ended
  std::int64_t longest_us = 43'200'000'000;  ///< from signing in
  std::int64_t sign_in_us = 600'000'000;     ///< for the second factor
  /// How far the clocks of several servers may be apart. A session with a time further ahead was made or used
  /// while the clock was wrong, and has ended: nobody knows how old it is.
  std::int64_t clock_us = 60'000'000;
};

/// Where somebody signs in from, as shown in the list of sessions.
struct SignInPlace {
  std::string address;
  std::string user_agent;  ///< the first 120 characters are kept
};

struct LoginSession {
  std::string id;  ///< for the list; it opens nothing
  Account account;
  SessionStage stage = SessionStage::second_factor;
  std::int64_t created_us = 0;
  std::int64_t seen_us = 0;
  std::int64_t ends_us = 0;
  std::string address;
  std::string user_agent;
  std::int64_t proved_us = 0;  ///< when a password or a code was last shown in it
  std::string device_key;      ///< of the account: encrypts what stays on a device
                               ///< after signing out
};

/// Starts a session, for which a password or a code was just shown. Its secret
/// is for the browser's cookie alone.
[[nodiscard]] Result<Secret> start_session(Connection& connection, std::string_view account,
                                           SessionStage stage, const SignInPlace& place, std::int64_t now_us,
                                           const SessionLimits& limits = {});

/// The session of a secret's hash; nothing where it never was, has ended, or its account is disabled.
[[nodiscard]] Result<std::optional<LoginSession>> find_session(Connection& connection, std::string_view hash,
                                                               std::int64_t now_us,
                                                               const SessionLimits& limits = {});

/// A full session in place of one that has passed what it waited for.
[[nodiscard]] Result<Secret> complete_session(Connection& connection, const LoginSession& session,
                                              std::string_view hash, std::int64_t now_us,
                                              const SessionLimits& limits = {});

constexpr std::int64_t kRecentUs = 300'000'000;

/// Whether a password or a code was shown a short while ago, so that it is not
/// just somebody who found an open session.
[[nodiscard]] bool is_recent(const LoginSession& session, std::int64_t now_us);

/// A password or a code was shown.
[[nodiscard]] Result<void> note_proof(Connection& connection, std::string_view hash, std::int64_t now_us);

/// Whether `note_seen` is due: once a minute is enough.
[[nodiscard]] bool should_note_seen(const LoginSession& session, std::int64_t now_us);
[[nodiscard]] Result<void> note_seen(Connection& connection, std::string_view hash, std::int64_t now_us);

/// Ends one. Nothing happens where it has ended already.
[[nodiscard]] Result<void> end_session(Connection& connection, std::string_view hash);

/// What an account's owner sees and can end, newest first.
[[nodiscard]] Result<std::vector<LoginSession>> list_sessions(Connection& connection,
                                                              std::string_view account, std::int64_t now_us,
                                                              const SessionLimits& limits = {});
/// Ends one of this account by its id. False: it has none of this id.
[[nodiscard]] Result<bool> end_session_of(Connection& connection, std::string_view account,
                                          std::string_view id);
/// Ends all of this account, but one whose hash may be named.
[[nodiscard]] Result<void> end_sessions_of(Connection& connection, std::string_view account,
                                           std::string_view kept_session = {});

/// Removes what has ended: sessions, invitations, tokens, attempts long ago. To be called now and then.
[[nodiscard]] Result<void> remove_ended(Connection& connection, std::int64_t now_us);

}  // namespace reprise::record

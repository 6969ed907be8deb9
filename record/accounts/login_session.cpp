// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/login_session.h"

#include <algorithm>
#include <array>

#include "base/time.h"
#include "record/accounts/attempts.h"
#include "record/accounts/columns.h"

namespace reprise::record {
namespace {

constexpr std::size_t kLongestAgent = 120;
constexpr std::int64_t kSeenEveryUs = in_us(std::chrono::minutes{1});

std::string session_query() {
  return "SELECT s.id, s.stage, s.created_us, s.seen_us, s.ends_us, s.address, s.user_agent, a.id, a.name, "
         "a.role, a.person, "
         "CASE WHEN a.password IS NULL THEN 0 ELSE 1 END, CASE WHEN a.totp IS NULL THEN 0 ELSE 1 END, "
         "a.created_us, s.proved_us, a.device_key, s.stay_idle_us, s.stay_us, "
         "a.patient "
         "FROM session s JOIN account a ON a.id = s.account WHERE " +
         is_enabled("a") +
         " AND s.ends_us > $1 AND s.seen_us > "
         "CASE WHEN s.stay_idle_us > 0 THEN $1 - s.stay_idle_us ELSE $2 END "
         "AND s.created_us <= $3 AND s.seen_us <= $3 AND ";
}

// Keeps printable ASCII only: the browser's own description is shown to users and may be anything.
std::string shortened_agent(std::string_view agent) {
  std::string text{agent.substr(0, kLongestAgent)};
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c < 0x20 || c > 0x7E; }, '?');
  return text;
}

LoginSession session_in(Row row) {
  LoginSession session;
  session.id = text_in(row, 0);
  session.stage = static_cast<SessionStage>(number_in(row, 1));
  session.created_us = number_in(row, 2);
  session.seen_us = number_in(row, 3);
  session.ends_us = number_in(row, 4);
  session.address = text_in(row, 5);
  session.user_agent = text_in(row, 6);
  session.account = {.id = text_in(row, 7),
                     .name = text_in(row, 8),
                     .role = parse_role(text_in(row, 9)).value_or(Role::patient),
                     .person = text_in(row, 10),
                     .has_password = number_in(row, 11) != 0,
                     .has_second_factor = number_in(row, 12) != 0,
                     .created_us = number_in(row, 13),
                     .mail = {},
                     .patient = text_in(row, 18)};
  session.proved_us = number_in(row, 14);
  session.device_key = text_in(row, 15);
  session.stay = {.idle_us = number_in(row, 16), .longest_us = number_in(row, 17)};
  return session;
}

Result<std::vector<LoginSession>> sessions_where(Connection& connection, std::string_view condition,
                                                 std::string_view text, std::int64_t now_us,
                                                 const SessionLimits& limits) {
  std::vector<LoginSession> found;
  const std::array<Value, 4> values = {now_us, now_us - limits.idle_us, now_us + limits.clock_us, text};
  const auto read = connection.query(session_query() + std::string{condition}, values,
                                     [&](Row row) { return found.push_back(session_in(row)), true; });
  if (!read) return tl::unexpected(read.error());
  return found;
}

/// Created at the first full session and constant ever after: it decrypts data left on several devices.
Result<void> ensure_device_key(Connection& connection, std::string_view account) {
  const std::string key = new_secret().text;
  const std::array<Value, 2> values = {std::string_view{key}, account};
  return execute_each(connection, {"UPDATE account SET device_key = $1 WHERE id = $2 AND device_key = ''"},
                      values);
}

}  // namespace

Result<Secret> start_session(Connection& connection, std::string_view account, SessionStage stage,
                             const SignInPlace& place, std::int64_t now_us, const SessionLimits& limits,
                             const Stay& stay) {
  Secret secret = new_secret();
  const std::string id = random_id();
  const std::string agent = shortened_agent(place.user_agent);
  const std::string address = shortened_agent(place.address);
  const std::int64_t longest_us = stay.longest_us > 0 ? stay.longest_us : limits.longest_us;
  const std::int64_t ends = now_us + (stage == SessionStage::full ? longest_us : limits.sign_in_us);
  const std::array<Value, 12> values = {std::string_view{secret.hash},
                                        std::string_view{id},
                                        account,
                                        static_cast<std::int64_t>(stage),
                                        now_us,
                                        now_us,
                                        ends,
                                        std::string_view{address},
                                        std::string_view{agent},
                                        now_us,
                                        stay.idle_us,
                                        stay.longest_us};
  if (stage == SessionStage::full) {
    if (auto made = ensure_device_key(connection, account); !made) return tl::unexpected(made.error());
  }
  const auto done = connection.insert("session",
                                      "hash, id, account, stage, created_us, seen_us, "
                                      "ends_us, address, user_agent, proved_us, stay_idle_us, stay_us",
                                      values.size(), values);
  if (!done) return tl::unexpected(done.error());
  return secret;
}

Result<std::optional<LoginSession>> find_session(Connection& connection, std::string_view hash,
                                                 std::int64_t now_us, const SessionLimits& limits) {
  auto found = sessions_where(connection, "s.hash = $4", hash, now_us, limits);
  if (!found) return tl::unexpected(found.error());
  if (found->empty()) return std::optional<LoginSession>{};
  return std::optional<LoginSession>{std::move(found->front())};
}

Result<Secret> complete_session(Connection& connection, const LoginSession& session, std::string_view hash,
                                std::int64_t now_us, const SessionLimits& limits) {
  if (auto done = end_session(connection, hash); !done) return tl::unexpected(done.error());
  return start_session(connection, session.account.id, SessionStage::full,
                       {session.address, session.user_agent}, now_us, limits, session.stay);
}

bool is_recent(const LoginSession& session, std::int64_t now_us) {
  return session.proved_us <= now_us && now_us - session.proved_us < kRecentUs;
}

Result<void> note_proof(Connection& connection, std::string_view hash, std::int64_t now_us) {
  const std::array<Value, 2> values = {now_us, hash};
  return execute_each(connection, {"UPDATE session SET proved_us = $1 WHERE hash = $2"}, values);
}

bool should_note_seen(const LoginSession& session, std::int64_t now_us) {
  return now_us - session.seen_us >= kSeenEveryUs;
}

Result<void> note_seen(Connection& connection, std::string_view hash, std::int64_t now_us) {
  const std::array<Value, 2> values = {now_us, hash};
  return execute_each(connection, {"UPDATE session SET seen_us = $1 WHERE hash = $2"}, values);
}

Result<void> end_session(Connection& connection, std::string_view hash) {
  const std::array<Value, 1> values = {hash};
  return execute_each(connection, {"DELETE FROM session WHERE hash = $1"}, values);
}

Result<std::vector<LoginSession>> list_sessions(Connection& connection, std::string_view account,
                                                std::int64_t now_us, const SessionLimits& limits) {
  return sessions_where(connection, "s.account = $4 ORDER BY s.created_us DESC, s.id", account, now_us,
                        limits);
}

Result<bool> end_session_of(Connection& connection, std::string_view account, std::string_view id) {
  const std::array<Value, 2> values = {account, id};
  auto done =
      execute_each(connection, {"DELETE FROM push_subscription WHERE account = $1 AND session = $2"}, values);
  if (!done) return tl::unexpected(done.error());
  return connection.execute("DELETE FROM session WHERE account = $1 AND id = $2", values)
      .map([](std::int64_t rows) { return rows > 0; });
}

Result<void> end_sessions_of(Connection& connection, std::string_view account,
                             std::string_view kept_session) {
  const std::array<Value, 2> values = {account, kept_session};
  return execute_each(connection,
                      {"DELETE FROM push_subscription WHERE account = $1 AND session NOT IN "
                       "(SELECT id FROM session WHERE hash = $2)",
                       "DELETE FROM session WHERE account = $1 AND hash <> $2"},
                      values);
}

Result<void> limit_stays(Connection& connection, const Stay& limits, bool staff) {
  if (limits.longest_us <= 0 || limits.idle_us <= 0)
    return execute_each(connection, {"DELETE FROM session WHERE stay_us > 0"}, {});
  if (!staff) {
    auto done = execute_each(connection,
                             {"DELETE FROM session WHERE stay_us > 0 AND account IN "
                              "(SELECT id FROM account WHERE role NOT IN ('patient', 'carer'))"},
                             {});
    if (!done) return done;
  }
  const std::array<Value, 1> longest = {limits.longest_us};
  const std::array<Value, 1> idle = {limits.idle_us};
  return execute_each(connection,
                      {"UPDATE session SET ends_us = created_us + $1 WHERE stay_us > $1 AND "
                       "ends_us > created_us + $1",
                       "UPDATE session SET stay_us = $1 WHERE stay_us > $1"},
                      longest)
      .and_then([&] {
        return execute_each(connection, {"UPDATE session SET stay_idle_us = $1 WHERE stay_idle_us > $1"},
                            idle);
      });
}

Result<void> remove_ended(Connection& connection, std::int64_t now_us) {
  const std::array<Value, 1> now = {now_us};
  const std::array<Value, 1> ahead = {now_us + SessionLimits{}.clock_us};
  if (auto done =
          execute_each(connection, {"DELETE FROM session WHERE created_us > $1 OR seen_us > $1"}, ahead);
      !done) {
    return done;
  }
  if (auto done = execute_each(
          connection,
          {"DELETE FROM session WHERE ends_us <= $1", "DELETE FROM invitation WHERE ends_us <= $1",
           "DELETE FROM password_reset WHERE ends_us <= $1", "DELETE FROM api_token WHERE ends_us <= $1",
           "DELETE FROM passkey_challenge WHERE ends_us <= $1"},
          now);
      !done) {
    return done;
  }
  const std::array<Value, 1> long_ago = {now_us - AttemptLimits{}.forget_us};
  return execute_each(connection, {"DELETE FROM sign_in_attempt WHERE last_us <= $1"}, long_ago);
}

}  // namespace reprise::record

// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/second_factor.h"

#include <array>

#include "record/accounts/columns.h"
#include "record/accounts/secret.h"

namespace reprise::record {
namespace {

struct TotpState {
  std::optional<TotpSecret> secret;
  std::optional<std::int64_t> last_step;
};

Result<std::optional<TotpState>> totp_state(Connection& connection, std::string_view account) {
  std::optional<TotpState> state;
  const std::array<Value, 1> whose = {account};
  const auto read =
      connection.query("SELECT totp, totp_step FROM account WHERE id = $1", whose, [&](Row row) {
        state = TotpState{parse_totp_secret(text_in(row, 0)), optional_number_in(row, 1)};
        return false;
      });
  if (!read) return tl::unexpected(read.error());
  return state;
}

/// Returns the unconfirmed secret of this session. Outer nullopt: no such session.
Result<std::optional<std::optional<TotpSecret>>> pending_secret(Connection& connection,
                                                                const Enrolling& who) {
  std::optional<std::optional<TotpSecret>> pending;
  const std::array<Value, 2> whose = {who.session_hash, who.account};
  const auto read =
      connection.query("SELECT totp_pending FROM session WHERE hash = $1 AND account = $2", whose,
                       [&](Row row) { return pending = parse_totp_secret(text_in(row, 0)), false; });
  if (!read) return tl::unexpected(read.error());
  return pending;
}

// Succeeds only if no later step was used meanwhile, also by another process.
Result<bool> use_step(Connection& connection, std::string_view account, std::int64_t step) {
  const std::array<Value, 2> values = {step, account};
  return connection
      .execute(
          "UPDATE account SET totp_step = $1 WHERE id = $2 AND (totp_step IS NULL OR totp_step < "
          "$1 OR totp_step > $1 + 2)",
          values)
      .map([](std::int64_t rows) { return rows == 1; });
}

Result<SecondFactorUse> use_recovery_code(Connection& connection, std::string_view account,
                                          std::string_view typed) {
  const auto hash = hash_of_recovery_code(typed);
  if (!hash) return SecondFactorUse{};
  const std::array<Value, 2> values = {account, std::string_view{*hash}};
  const auto rows = connection.execute("DELETE FROM recovery_code WHERE account = $1 AND hash = $2", values);
  if (!rows) return tl::unexpected(rows.error());
  if (*rows == 0) return SecondFactorUse{};
  return count_recovery_codes(connection, account).map([](std::int64_t left) {
    return SecondFactorUse{true, true, left};
  });
}

}  // namespace

Result<std::optional<TotpSecret>> begin_enrolment(Connection& connection, const Enrolling& who) {
  const auto state = totp_state(connection, who.account);
  if (!state) return tl::unexpected(state.error());
  if (!*state || (*state)->secret) return std::optional<TotpSecret>{};
  const auto pending = pending_secret(connection, who);
  if (!pending) return tl::unexpected(pending.error());
  if (!*pending || **pending) return pending->value_or(std::nullopt);
  const TotpSecret secret = new_totp_secret();
  const std::string text = to_base32(secret);
  const std::array<Value, 2> values = {std::string_view{text}, who.session_hash};
  if (auto done = execute_each(connection, {"UPDATE session SET totp_pending = $1 WHERE hash = $2"}, values);
      !done) {
    return tl::unexpected(done.error());
  }
  return std::optional<TotpSecret>{secret};
}

Result<std::optional<std::vector<std::string>>> confirm_enrolment(Connection& connection,
                                                                  const Enrolling& who, std::string_view code,
                                                                  std::int64_t now_us) {
  using Codes = std::optional<std::vector<std::string>>;
  const auto state = totp_state(connection, who.account);
  if (!state) return tl::unexpected(state.error());
  if (!*state || (*state)->secret) return Codes{};
  const auto pending = pending_secret(connection, who);
  if (!pending) return tl::unexpected(pending.error());
  if (!*pending || !**pending) return Codes{};
  const auto step = match_totp(***pending, code, now_us, {});
  if (!step) return Codes{};
  const std::string secret = to_base32(***pending);
  const std::array<Value, 3> values = {std::string_view{secret}, *step, who.account};
  if (auto done =
          execute_each(connection, {"UPDATE account SET totp = $1, totp_step = $2 WHERE id = $3"}, values);
      !done) {
    return tl::unexpected(done.error());
  }
  auto codes = renew_recovery_codes(connection, who.account);
  if (!codes) return tl::unexpected(codes.error());
  return Codes{std::move(*codes)};
}

Result<SecondFactorUse> use_second_factor(Connection& connection, std::string_view account,
                                          std::string_view typed, std::int64_t now_us) {
  const auto state = totp_state(connection, account);
  if (!state) return tl::unexpected(state.error());
  if (!*state || !(*state)->secret) return SecondFactorUse{};
  const auto step = match_totp(*(*state)->secret, typed, now_us, (*state)->last_step);
  if (!step) return use_recovery_code(connection, account, typed);
  return use_step(connection, account, *step).map([](bool right) {
    return SecondFactorUse{right, false, 0};
  });
}

Result<void> remove_second_factor(Connection& connection, std::string_view account) {
  const std::array<Value, 1> whose = {account};
  return execute_each(
      connection,
      {"UPDATE account SET totp = NULL, totp_step = NULL WHERE id = $1",
       "DELETE FROM recovery_code WHERE account = $1", "DELETE FROM session WHERE account = $1",
       "DELETE FROM api_token WHERE account = $1", "DELETE FROM password_reset WHERE account = $1",
       "DELETE FROM passkey WHERE account = $1"},
      whose);
}

Result<std::int64_t> count_recovery_codes(Connection& connection, std::string_view account) {
  std::int64_t left = 0;
  const std::array<Value, 1> whose = {account};
  const auto read = connection.query("SELECT count(*) FROM recovery_code WHERE account = $1", whose,
                                     [&](Row row) { return left = number_in(row, 0), false; });
  if (!read) return tl::unexpected(read.error());
  return left;
}

Result<std::vector<std::string>> renew_recovery_codes(Connection& connection, std::string_view account) {
  const std::array<Value, 1> whose = {account};
  if (auto done = execute_each(connection, {"DELETE FROM recovery_code WHERE account = $1"}, whose); !done) {
    return tl::unexpected(done.error());
  }
  const std::vector<Secret> made = new_recovery_codes();
  std::vector<Value> values;
  std::vector<std::string> codes;
  for (const Secret& code : made) {
    values.insert(values.end(), {account, std::string_view{code.hash}});
    codes.push_back(code.text);
  }
  if (auto done = connection.insert("recovery_code", "account, hash", 2, values); !done) {
    return tl::unexpected(done.error());
  }
  return codes;
}

}  // namespace reprise::record

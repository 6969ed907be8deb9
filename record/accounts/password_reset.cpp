// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/password_reset.h"

#include <array>
#include <string>
#include <utility>

#include "record/accounts/attempt_store.h"
#include "record/accounts/columns.h"

namespace reprise::record {
namespace {

constexpr std::size_t kLongestTypedName = 256;

std::string request_subject(std::string_view name) {
  return "password reset " + hash_of_text(folded_account_name(name.substr(0, kLongestTypedName)));
}

bool may_reset_by_mail(const Account& account, std::int64_t now_us) {
  return !account.disabled && account.has_password && has_known_mail(account, now_us);
}

}  // namespace

Result<std::optional<std::int64_t>> count_password_reset_request(Connection& connection,
                                                                 std::string_view name, std::int64_t now_us,
                                                                 const AttemptLimits& limits) {
  return count_attempt(connection, request_subject(name), now_us, limits);
}

Result<std::optional<PasswordReset>> create_password_reset(Connection& connection, std::string_view name,
                                                           std::int64_t now_us) {
  auto account = find_account_by_name(connection, name.substr(0, kLongestTypedName));
  if (!account) return tl::unexpected(account.error());
  if (!*account || !may_reset_by_mail(**account, now_us)) return std::optional<PasswordReset>{};
  if (auto done = revoke_password_reset(connection, (*account)->id); !done)
    return tl::unexpected(done.error());
  Secret secret = new_secret();
  const std::array<Value, 3> values = {std::string_view{secret.hash}, std::string_view{(*account)->id},
                                       now_us + kPasswordResetUs};
  if (auto done = connection.insert("password_reset", "hash, account, ends_us", values.size(), values); !done)
    return tl::unexpected(done.error());
  return std::optional{PasswordReset{std::move(**account), std::move(secret)}};
}

Result<std::optional<OpenPasswordReset>> find_password_reset(Connection& connection, std::string_view hash,
                                                             std::int64_t now_us) {
  std::string id;
  std::int64_t ends_us = 0;
  const std::array<Value, 3> values = {hash, now_us, now_us + kPasswordResetUs};
  // An end further ahead than a link lasts was stored while a clock was wrong.
  const auto read = connection.query(
      "SELECT account, ends_us FROM password_reset WHERE hash = $1 AND ends_us > $2 AND ends_us <= $3",
      values, [&](Row row) { return id = text_in(row, 0), ends_us = number_in(row, 1), false; });
  if (!read) return tl::unexpected(read.error());
  if (id.empty()) return std::optional<OpenPasswordReset>{};
  auto account = find_account(connection, id);
  if (!account) return tl::unexpected(account.error());
  if (!*account || (*account)->disabled) return std::optional<OpenPasswordReset>{};
  return std::optional{OpenPasswordReset{std::move(**account), ends_us}};
}

Result<std::optional<Account>> redeem_password_reset(Connection& connection, std::string_view hash,
                                                     std::string_view password_hash, std::int64_t now_us) {
  const auto found = find_password_reset(connection, hash, now_us);
  if (!found) return tl::unexpected(found.error());
  if (!*found) return std::optional<Account>{};
  // Only the process that deletes the row redeems it.
  const std::array<Value, 1> which = {hash};
  const auto rows = connection.execute("DELETE FROM password_reset WHERE hash = $1", which);
  if (!rows) return tl::unexpected(rows.error());
  if (*rows == 0) return std::optional<Account>{};
  const Account& account = (*found)->account;
  auto done = set_password(connection, account.id, password_hash)
                  .and_then([&] { return forget_attempts(connection, attempt_of_name(account.name)); })
                  .and_then([&] { return forget_attempts(connection, request_subject(account.name)); });
  if (!done) return tl::unexpected(done.error());
  return std::optional{account};
}

Result<void> revoke_password_reset(Connection& connection, std::string_view account) {
  const std::array<Value, 1> whose = {account};
  return execute_each(connection, {"DELETE FROM password_reset WHERE account = $1"}, whose);
}

}  // namespace reprise::record

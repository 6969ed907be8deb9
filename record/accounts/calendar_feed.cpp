// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/calendar_feed.h"

#include <array>

#include "record/accounts/columns.h"

namespace reprise::record {

Result<Secret> renew_calendar_feed(Connection& connection, std::string_view account, std::int64_t now_us) {
  if (auto done = end_calendar_feed(connection, account); !done) return tl::unexpected(done.error());
  Secret secret = new_secret();
  const std::array<Value, 3> values = {std::string_view{secret.hash}, account, now_us};
  auto done = connection.insert("calendar_feed", "hash, account, made_us", values.size(), values);
  if (!done) return tl::unexpected(done.error());
  return secret;
}

Result<void> end_calendar_feed(Connection& connection, std::string_view account) {
  const std::array<Value, 1> whose = {account};
  return execute_each(connection, {"DELETE FROM calendar_feed WHERE account = $1"}, whose);
}

Result<std::optional<std::int64_t>> calendar_feed_since(Connection& connection, std::string_view account) {
  std::optional<std::int64_t> since;
  const std::array<Value, 1> whose = {account};
  const auto read = connection.query("SELECT made_us FROM calendar_feed WHERE account = $1", whose,
                                     [&](Row row) { return since = number_in(row, 0), false; });
  if (!read) return tl::unexpected(read.error());
  return since;
}

Result<std::optional<Account>> account_of_calendar_feed(Connection& connection, std::string_view hash) {
  std::string id;
  const std::array<Value, 1> values = {hash};
  const auto read = connection.query("SELECT account FROM calendar_feed WHERE hash = $1", values,
                                     [&](Row row) { return id = text_in(row, 0), false; });
  if (!read) return tl::unexpected(read.error());
  if (id.empty()) return std::nullopt;
  auto account = find_account(connection, id);
  if (account && *account && ((*account)->disabled || (*account)->role != Role::patient)) return std::nullopt;
  return account;
}

}  // namespace reprise::record

// SPDX-License-Identifier: Apache-2.0
#include "server/accounts/first_administrator.h"

#include "record/accounts/account.h"
#include "record/accounts/columns.h"
#include "record/accounts/invitation.h"

namespace reprise::server {
namespace {

constexpr const char* kFirstName = "administrator";

Result<bool> has_administrator(record::Connection& connection) {
  bool found = false;
  const auto read = connection.query(
      "SELECT 1 FROM account WHERE role = 'administrator' AND password IS NOT NULL AND disabled = 0 LIMIT 1",
      {}, [&](record::Row) { return found = true, false; });
  if (!read) return tl::unexpected(read.error());
  return found;
}

}  // namespace

std::string invitation_link(const std::string& origin, const record::Secret& secret) {
  return origin + "/invitation#" + secret.text;
}

Result<std::optional<record::Secret>> invite_first_administrator(record::Connection& connection,
                                                                 std::int64_t now_us) {
  const auto there = has_administrator(connection);
  if (!there) return tl::unexpected(there.error());
  if (*there) return std::optional<record::Secret>{};
  auto account = record::find_account_by_name(connection, kFirstName);
  if (!account) return tl::unexpected(account.error());
  if (!*account) {
    auto made = record::create_account(
        connection, {.name = kFirstName, .role = record::Role::administrator, .person = {}}, now_us);
    if (!made) return tl::unexpected(made.error());
    *account = std::move(*made);
  }
  auto secret = record::invite(connection, (*account)->id, (*account)->id, now_us);
  if (!secret) return tl::unexpected(secret.error());
  return std::optional<record::Secret>{std::move(*secret)};
}

}  // namespace reprise::server

// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/invitation.h"

#include <array>

#include "record/accounts/account.h"
#include "record/accounts/columns.h"
#include "record/accounts/password_reset.h"

namespace reprise::record {

Result<Secret> invite(Connection& connection, std::string_view account, std::string_view by,
                      std::int64_t now_us, std::int64_t lifetime_us) {
  const auto found = find_account(connection, account);
  if (!found) return tl::unexpected(found.error());
  if (!*found || (*found)->disabled) {
    return fail(ErrorCode::not_found, "inviting a user", "there is no such account, or it is disabled",
                "make or enable the account first");
  }
  if (auto done = revoke_invitation(connection, account); !done) return tl::unexpected(done.error());
  if (auto done = revoke_password_reset(connection, account); !done) return tl::unexpected(done.error());
  Secret secret = new_secret();
  const std::array<Value, 4> values = {std::string_view{secret.hash}, account, by, now_us + lifetime_us};
  if (auto done =
          connection.insert("invitation", "hash, account, invited_by, ends_us", values.size(), values);
      !done) {
    return tl::unexpected(done.error());
  }
  return secret;
}

Result<std::optional<Invitation>> find_invitation(Connection& connection, std::string_view hash,
                                                  std::int64_t now_us) {
  std::optional<Invitation> found;
  const std::array<Value, 2> values = {hash, now_us};
  const auto read = connection.query(
      "SELECT account, ends_us FROM invitation WHERE hash = $1 AND ends_us > $2", values, [&](Row row) {
        return found = Invitation{text_in(row, 0), number_in(row, 1)}, false;
      });
  if (!read) return tl::unexpected(read.error());
  return found;
}

Result<std::map<std::string, std::int64_t>> open_invitations(Connection& connection, std::int64_t now_us) {
  std::map<std::string, std::int64_t> open;
  const std::array<Value, 1> values = {now_us};
  const auto read =
      connection.query("SELECT account, ends_us FROM invitation WHERE ends_us > $1", values,
                       [&](Row row) { return open[text_in(row, 0)] = number_in(row, 1), true; });
  if (!read) return tl::unexpected(read.error());
  return open;
}

Result<void> revoke_invitation(Connection& connection, std::string_view account) {
  const std::array<Value, 1> whose = {account};
  return execute_each(connection, {"DELETE FROM invitation WHERE account = $1"}, whose);
}

Result<std::optional<std::string>> accept_invitation(Connection& connection, std::string_view hash,
                                                     std::string_view password_hash, std::int64_t now_us) {
  const auto found = find_invitation(connection, hash, now_us);
  if (!found) return tl::unexpected(found.error());
  if (!*found) return std::optional<std::string>{};
  // Only the process that deletes the row redeems it.
  const std::array<Value, 1> which = {hash};
  const auto rows = connection.execute("DELETE FROM invitation WHERE hash = $1", which);
  if (!rows) return tl::unexpected(rows.error());
  if (*rows == 0) return std::optional<std::string>{};
  if (auto done = set_password(connection, (*found)->account, password_hash); !done)
    return tl::unexpected(done.error());
  return std::optional{(*found)->account};
}

}  // namespace reprise::record

// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/passkey.h"

#include <array>

#include "base/base64.h"
#include "record/accounts/columns.h"
#include "record/accounts/secret.h"

namespace reprise::record {
namespace {

constexpr const char* kStage = "keeping a passkey";

Passkey passkey_in(Row row) {
  Passkey one;
  one.id = text_in(row, 0);
  one.account = text_in(row, 1);
  one.credential = text_in(row, 2);
  one.key.algorithm = static_cast<webauthn::Algorithm>(number_in(row, 3));
  one.key.der = from_base64url(text_in(row, 4)).value_or(std::string{});
  one.counter = static_cast<std::uint32_t>(number_in(row, 5));
  one.transports = text_in(row, 6);
  one.name = text_in(row, 7);
  one.made_us = number_in(row, 8);
  one.used_us = number_in(row, 9);
  return one;
}

Result<std::vector<Passkey>> passkeys_where(Connection& connection, std::string_view condition,
                                            std::string_view text) {
  std::vector<Passkey> found;
  const std::array<Value, 1> values = {text};
  const auto read = connection.query(
      "SELECT p.id, p.account, p.credential, p.algorithm, p.public_key, p.counter, p.transports, p.name, "
      "p.made_us, p.used_us FROM passkey p JOIN account a ON a.id = p.account WHERE " +
          std::string{condition} + " ORDER BY p.made_us, p.id",
      values, [&](Row row) { return found.push_back(passkey_in(row)), true; });
  if (!read) return tl::unexpected(read.error());
  return found;
}

std::int64_t number_of(webauthn::Ceremony ceremony) {
  return static_cast<std::int64_t>(ceremony);
}

}  // namespace

Result<std::string> keep_passkey(Connection& connection, std::string_view account, const NewPasskey& passkey,
                                 std::int64_t now_us) {
  const auto others = passkeys_of(connection, account);
  if (!others) return tl::unexpected(others.error());
  if (others->size() >= kMostPasskeys)
    return fail(ErrorCode::conflict, kStage, "the account has too many passkeys", "remove one first");
  std::string id = random_id();
  const std::string der = to_base64url(passkey.key.der);
  const std::array<Value, 10> values = {std::string_view{id},
                                        account,
                                        std::string_view{passkey.credential},
                                        static_cast<std::int64_t>(passkey.key.algorithm),
                                        std::string_view{der},
                                        std::int64_t{passkey.counter},
                                        std::string_view{passkey.transports},
                                        std::string_view{passkey.name},
                                        now_us,
                                        std::int64_t{0}};
  const auto rows = connection.execute(
      "INSERT INTO passkey (id, account, credential, algorithm, public_key, counter, transports, name, "
      "made_us, used_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING",
      values);
  if (!rows) return tl::unexpected(rows.error());
  if (*rows == 0)
    return fail(ErrorCode::conflict, kStage, "this passkey is kept already", "use the one that is there");
  return id;
}

Result<std::vector<Passkey>> passkeys_of(Connection& connection, std::string_view account) {
  return passkeys_where(connection, "p.account = $1", account);
}

Result<std::optional<Passkey>> find_passkey(Connection& connection, std::string_view credential) {
  auto found = passkeys_where(connection, is_enabled("a") + " AND p.credential = $1", credential);
  if (!found) return tl::unexpected(found.error());
  if (found->empty()) return std::optional<Passkey>{};
  return std::optional<Passkey>{std::move(found->front())};
}

Result<void> note_passkey_used(Connection& connection, std::string_view id, std::uint32_t counter,
                               std::int64_t now_us) {
  const std::array<Value, 3> values = {std::int64_t{counter}, now_us, id};
  return execute_each(connection, {"UPDATE passkey SET counter = $1, used_us = $2 WHERE id = $3"}, values);
}

Result<bool> rename_passkey_of(Connection& connection, std::string_view account, std::string_view id,
                               std::string_view name) {
  const std::array<Value, 3> values = {name, account, id};
  return connection.execute("UPDATE passkey SET name = $1 WHERE account = $2 AND id = $3", values)
      .map([](std::int64_t rows) { return rows > 0; });
}

Result<bool> end_passkey_of(Connection& connection, std::string_view account, std::string_view id) {
  const std::array<Value, 2> values = {account, id};
  return connection.execute("DELETE FROM passkey WHERE account = $1 AND id = $2", values)
      .map([](std::int64_t rows) { return rows > 0; });
}

Result<std::string> new_passkey_challenge(Connection& connection, webauthn::Ceremony ceremony,
                                          std::string_view session_hash, std::int64_t now_us) {
  Secret secret = new_secret();
  const std::array<Value, 4> values = {std::string_view{secret.hash}, session_hash, number_of(ceremony),
                                       now_us + kPasskeyChallengeUs};
  const auto done =
      connection.insert("passkey_challenge", "hash, session, ceremony, ends_us", values.size(), values);
  if (!done) return tl::unexpected(done.error());
  return std::move(secret.text);
}

Result<bool> use_passkey_challenge(Connection& connection, std::string_view challenge,
                                   webauthn::Ceremony ceremony, std::string_view session_hash,
                                   std::int64_t now_us) {
  const auto hash = hash_of_secret(challenge);
  if (!hash) return false;
  const std::array<Value, 5> values = {std::string_view{*hash}, session_hash, number_of(ceremony), now_us,
                                       now_us + kPasskeyChallengeUs};
  return connection
      .execute(
          "DELETE FROM passkey_challenge WHERE hash = $1 AND session = $2 AND ceremony = $3 AND ends_us > $4 "
          "AND ends_us <= $5",
          values)
      .map([](std::int64_t rows) { return rows > 0; });
}

}  // namespace reprise::record

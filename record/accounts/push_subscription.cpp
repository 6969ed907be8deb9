// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/push_subscription.h"

#include <array>

#include "record/accounts/columns.h"
#include "record/accounts/secret.h"

namespace reprise::record {
namespace {

Result<std::vector<PushSubscription>> push_subscriptions_where(Connection& connection,
                                                               std::string_view condition,
                                                               std::string_view text) {
  std::vector<PushSubscription> found;
  const std::array<Value, 1> values = {text};
  const auto read = connection.query(
      "SELECT p.id, p.account, p.session, p.endpoint, p.p256dh, p.auth, p.made_us FROM push_subscription p "
      "JOIN account a ON a.id = p.account WHERE " +
          std::string{condition} + " ORDER BY p.made_us DESC, p.id",
      values, [&](Row row) {
        found.push_back({text_in(row, 0), text_in(row, 1), text_in(row, 2),
                         PushTarget{text_in(row, 3), text_in(row, 4), text_in(row, 5)}, number_in(row, 6)});
        return true;
      });
  if (!read) return tl::unexpected(read.error());
  return found;
}

}  // namespace

Result<std::string> keep_push_subscription(Connection& connection, std::string_view account,
                                           std::string_view session, const PushTarget& target,
                                           std::int64_t now_us) {
  const std::string hash = hash_of_text(target.endpoint);
  const std::array<Value, 1> same = {std::string_view{hash}};
  auto done = execute_each(connection, {"DELETE FROM push_subscription WHERE hash = $1"}, same);
  if (!done) return tl::unexpected(done.error());
  const auto others = push_subscriptions_of(connection, account);
  if (!others) return tl::unexpected(others.error());
  for (auto i = static_cast<std::size_t>(kMostPushSubscriptions) - 1; i < others->size(); ++i) {
    if (done = end_push_subscription(connection, (*others)[i].id); !done) return tl::unexpected(done.error());
  }
  std::string id = random_id();
  const std::array<Value, 8> values = {std::string_view{id},
                                       std::string_view{hash},
                                       account,
                                       session,
                                       std::string_view{target.endpoint},
                                       std::string_view{target.p256dh},
                                       std::string_view{target.auth},
                                       now_us};
  done = connection.insert("push_subscription", "id, hash, account, session, endpoint, p256dh, auth, made_us",
                           values.size(), values);
  if (!done) return tl::unexpected(done.error());
  return id;
}

Result<bool> move_push_subscription(Connection& connection, std::string_view account,
                                    std::string_view session, std::string_view endpoint) {
  const std::string hash = hash_of_text(endpoint);
  const std::array<Value, 3> values = {session, std::string_view{hash}, account};
  return connection
      .execute("UPDATE push_subscription SET session = $1 WHERE hash = $2 AND account = $3", values)
      .map([](std::int64_t rows) { return rows > 0; });
}

Result<std::vector<PushSubscription>> push_subscriptions_of(Connection& connection,
                                                            std::string_view account) {
  return push_subscriptions_where(connection, "p.account = $1", account);
}

Result<std::vector<PushSubscription>> push_subscriptions_of_patient(Connection& connection,
                                                                    std::string_view patient) {
  return push_subscriptions_where(connection, "a.role = 'patient' AND a.disabled = 0 AND a.person = $1",
                                  patient);
}

Result<std::optional<PushSubscription>> find_push_subscription(Connection& connection, std::string_view id) {
  auto found = push_subscriptions_where(connection, "a.disabled = 0 AND p.id = $1", id);
  if (!found) return tl::unexpected(found.error());
  if (found->empty()) return std::optional<PushSubscription>{};
  return std::optional<PushSubscription>{std::move(found->front())};
}

Result<void> end_push_subscription(Connection& connection, std::string_view id) {
  const std::array<Value, 1> values = {id};
  return execute_each(connection, {"DELETE FROM push_subscription WHERE id = $1"}, values);
}

Result<bool> end_push_subscription_of(Connection& connection, std::string_view account, std::string_view id) {
  const std::array<Value, 2> values = {account, id};
  return connection.execute("DELETE FROM push_subscription WHERE account = $1 AND id = $2", values)
      .map([](std::int64_t rows) { return rows > 0; });
}

Result<void> end_push_of_session(Connection& connection, std::string_view session_hash,
                                 std::string_view account) {
  const std::array<Value, 2> values = {session_hash, account};
  return execute_each(connection,
                      {"DELETE FROM push_subscription WHERE session IN "
                       "(SELECT id FROM session WHERE hash = $1) AND account <> $2"},
                      values);
}

}  // namespace reprise::record

// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/oversight.h"

#include <array>

#include "record/accounts/columns.h"
#include "record/accounts/secret.h"

namespace reprise::record {
namespace {

constexpr std::array<std::string_view, 9> kEventKinds = {"mail",          "invitation",    "password",
                                                         "second-factor", "clinician",     "care-team",
                                                         "reset",         "passkey-added", "passkey-removed"};

std::string_view text_of(AccountRequestKind kind) {
  return kind == AccountRequestKind::invitation ? "invitation" : "second-factor";
}

}  // namespace

std::string_view to_string(AccountEventKind kind) {
  return kEventKinds.at(static_cast<std::size_t>(kind));
}

Result<void> note_account_event(Connection& connection, const AccountEvent& event) {
  const std::string id = random_id();
  const std::array<Value, 6> values = {
      std::string_view{id},       std::string_view{event.account}, to_string(event.kind),
      std::string_view{event.by}, std::string_view{event.patient}, event.at_us};
  return connection.insert("account_event", "id, account, kind, done_by, patient, at_us", values.size(),
                           values);
}

Result<std::vector<ShownEvent>> list_account_events(Connection& connection, const Account* of,
                                                    std::int64_t count) {
  constexpr std::string_view kEvents =
      "SELECT e.kind, e.account, e.patient, e.done_by, e.at_us, a.name, b.name "
      "FROM account_event e "
      "LEFT JOIN account a ON a.id = e.account LEFT JOIN account b ON b.id = "
      "e.done_by ";
  std::vector<ShownEvent> found;
  const auto take = [&](Row row) {
    const std::string kind = text_in(row, 0);
    for (std::size_t i = 0; i < kEventKinds.size(); ++i) {
      if (kEventKinds.at(i) != kind) continue;
      found.push_back({{static_cast<AccountEventKind>(i), text_in(row, 1), text_in(row, 2), text_in(row, 3),
                        number_in(row, 4)},
                       text_in(row, 5),
                       text_in(row, 6)});
    }
    return true;
  };
  constexpr std::string_view kNewest = "ORDER BY e.at_us DESC, e.id LIMIT ";
  Result<void> read;
  if (of == nullptr) {
    const std::array<Value, 1> values = {count};
    read = connection.query(std::string{kEvents} + std::string{kNewest} + "$1", values, take);
  } else {
    const std::string patient = of->role == Role::patient ? of->person : std::string{};
    const std::array<Value, 3> values = {std::string_view{of->id}, std::string_view{patient}, count};
    read = connection.query(std::string{kEvents} +
                                "WHERE e.account = $1 OR (e.account = '' AND "
                                "e.patient <> '' AND e.patient = $2) " +
                                std::string{kNewest} + "$3",
                            values, take);
  }
  if (!read) return tl::unexpected(read.error());
  return found;
}

Result<bool> second_person_asks(Connection& connection, std::string_view account, AccountRequestKind kind,
                                std::string_view by, std::int64_t now_us) {
  const std::array<Value, 4> others = {account, text_of(kind), by, now_us - kRequestUs};
  const auto taken = connection.execute(
      "DELETE FROM account_request WHERE account = $1 AND "
      "kind = $2 AND asked_by <> $3 AND asked_us > $4",
      others);
  if (!taken) return tl::unexpected(taken.error());
  if (*taken > 0) return true;
  const std::array<Value, 2> which = {account, text_of(kind)};
  if (auto done =
          execute_each(connection, {"DELETE FROM account_request WHERE account = $1 AND kind = $2"}, which);
      !done) {
    return tl::unexpected(done.error());
  }
  const std::array<Value, 4> values = {account, text_of(kind), by, now_us};
  const auto noted =
      connection.insert("account_request", "account, kind, asked_by, asked_us", values.size(), values);
  if (!noted) return tl::unexpected(noted.error());
  return false;
}

Result<std::multimap<std::string, AccountRequest>> open_requests(Connection& connection,
                                                                 std::int64_t now_us) {
  std::multimap<std::string, AccountRequest> open;
  const std::array<Value, 1> values = {now_us - kRequestUs};
  const auto read = connection.query(
      "SELECT r.account, r.kind, r.asked_by, r.asked_us, a.name FROM "
      "account_request r "
      "LEFT JOIN account a ON a.id = r.asked_by WHERE r.asked_us > $1",
      values, [&](Row row) {
        const AccountRequestKind kind = text_in(row, 1) == "invitation" ? AccountRequestKind::invitation
                                                                        : AccountRequestKind::second_factor;
        open.emplace(text_in(row, 0),
                     AccountRequest{kind, text_in(row, 2), text_in(row, 4), number_in(row, 3)});
        return true;
      });
  if (!read) return tl::unexpected(read.error());
  return open;
}

Result<bool> has_second_person(Connection& connection, const Account& account, std::string_view by,
                               bool administrators_only, std::int64_t now_us) {
  bool found = false;
  const bool clinicians = account.role == Role::patient && !administrators_only;
  const std::array<Value, 4> values = {by, std::string_view{account.id},
                                       clinicians ? std::string_view{account.person} : std::string_view{},
                                       now_us};
  const auto read = connection.query(
      "SELECT 1 FROM account c WHERE c.disabled = 0 AND c.password IS NOT NULL "
      "AND c.id <> $1 AND c.id <> $2 AND "
      "(c.role = 'administrator' OR (c.role = 'clinician' AND EXISTS (SELECT 1 "
      "FROM care_member m WHERE "
      "m.practitioner = c.person AND m.patient = $3 AND m.start_us <= $4 AND "
      "m.end_us > $4))) LIMIT 1",
      values, [&](Row) { return found = true, false; });
  if (!read) return tl::unexpected(read.error());
  return found;
}

}  // namespace reprise::record

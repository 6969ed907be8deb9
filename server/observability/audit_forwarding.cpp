// SPDX-License-Identifier: Apache-2.0
#include "server/observability/audit_forwarding.h"

#include <array>

#include "base/time.h"
#include "record/audit/audit_event.h"
#include "record/audit/audit_log.h"

namespace reprise::server {
namespace {

constexpr std::int64_t kEntriesAtOnce = 500;
// A due time beyond the longest wait was stored while the clock was ahead.
constexpr std::int64_t kLongestWaitUs = in_us(std::chrono::hours{1});

// Claims the forwarding for this process. Others wait, at most until the attempt would have ended.
Result<bool> claim(record::Connection& connection, const std::string& address, std::int64_t now_us) {
  const std::array<record::Value, 1> named = {std::string_view{address}};
  const auto made = connection.execute(
      "INSERT INTO audit_forwarding (address, sequence, due_us, tries, failing_since_us, why) "
      "VALUES ($1, 0, 0, 0, 0, '') ON CONFLICT DO NOTHING",
      named);
  if (!made) return tl::unexpected(made.error());
  const std::array<record::Value, 4> values = {now_us + record::kClaimUs, std::string_view{address}, now_us,
                                               now_us + record::kClaimUs + kLongestWaitUs};
  return connection
      .execute("UPDATE audit_forwarding SET due_us = $1 WHERE address = $2 AND (due_us <= $3 OR due_us > $4)",
               values)
      .map([](std::int64_t rows) { return rows == 1; });
}

struct Lot {
  std::uint64_t last = 0;
  std::uint64_t count = 0;
  std::string text;
};

// Without the reason's text: entries that leave the machine hold ids and codes only.
Result<Lot> next_lot(record::Connection& connection, const std::string& log_id, std::uint64_t after) {
  Lot lot;
  Json entries = Json::array();
  bool corrupt = false;
  const std::array<record::Value, 2> values = {static_cast<std::int64_t>(after), kEntriesAtOnce};
  const auto read =
      connection.query("SELECT entry, hash FROM audit_entry WHERE sequence > $1 ORDER BY sequence LIMIT $2",
                       values, [&](record::Row row) {
                         auto entry = record::decode_entry(std::get<std::string_view>(row[0]));
                         if (!entry) return corrupt = true, false;
                         entry->reason.clear();
                         lot.last = entry->sequence;
                         entries.push_back({{"log", log_id},
                                            {"sequence", entry->sequence},
                                            {"hash", std::string{std::get<std::string_view>(row[1])}},
                                            {"event", record::to_audit_event(*entry, "reprise")}});
                         return true;
                       });
  if (!read) return tl::unexpected(read.error());
  if (corrupt) {
    return fail(ErrorCode::corrupt, "forwarding the audit log",
                "a row of the log differs from the written one",
                "verify the log: `reprise audit verify` says where");
  }
  lot.count = entries.size();
  lot.text = entries.dump(-1, ' ', false, Json::error_handler_t::replace);
  return lot;
}

// Also releases the claim, as all of these do.
Result<void> note_taken(record::Connection& connection, const std::string& address, std::uint64_t sequence) {
  const std::array<record::Value, 2> values = {static_cast<std::int64_t>(sequence),
                                               std::string_view{address}};
  return connection
      .execute(
          "UPDATE audit_forwarding SET sequence = $1, due_us = 0, tries = 0, failing_since_us = 0, why = '' "
          "WHERE address = $2",
          values)
      .map([](std::int64_t) {});
}

Result<void> note_stopped(record::Connection& connection, const std::string& address) {
  const std::array<record::Value, 1> named = {std::string_view{address}};
  return connection.execute("UPDATE audit_forwarding SET due_us = 0 WHERE address = $1", named)
      .map([](std::int64_t) {});
}

Result<void> note_failed(record::Connection& connection, const std::string& address, std::int64_t now_us,
                         const std::string& why) {
  std::int64_t tries = 0;
  const std::array<record::Value, 1> named = {std::string_view{address}};
  const auto read =
      connection.query("SELECT tries FROM audit_forwarding WHERE address = $1", named, [&](record::Row row) {
        tries = std::get<std::int64_t>(row[0]) + 1;
        return false;
      });
  if (!read) return read;
  const std::array<record::Value, 5> values = {now_us + record::wait_after_us(tries), tries, now_us,
                                               std::string_view{why}, std::string_view{address}};
  return connection
      .execute(
          "UPDATE audit_forwarding SET due_us = $1, tries = $2, failing_since_us = CASE WHEN "
          "failing_since_us = 0 THEN $3 ELSE failing_since_us END, why = $4 WHERE address = $5",
          values)
      .map([](std::int64_t) {});
}

}  // namespace

Result<std::optional<AuditForwarding>> forwarding_state(record::Connection& connection,
                                                        const std::string& address) {
  std::optional<AuditForwarding> state;
  const std::array<record::Value, 1> named = {std::string_view{address}};
  const auto read =
      connection.query("SELECT sequence, failing_since_us, why FROM audit_forwarding WHERE address = $1",
                       named, [&](record::Row row) {
                         state = AuditForwarding{static_cast<std::uint64_t>(std::get<std::int64_t>(row[0])),
                                                 std::get<std::int64_t>(row[1]),
                                                 std::string{std::get<std::string_view>(row[2])}};
                         return false;
                       });
  if (!read) return tl::unexpected(read.error());
  return state;
}

Result<std::uint64_t> forward_entries(record::Connection& connection, const std::string& address,
                                      const std::function<std::int64_t()>& now_us,
                                      const std::function<record::Try(const std::string&)>& post) {
  std::uint64_t taken = 0;
  while (true) {
    const auto tail = record::audit_tail(connection);
    if (!tail) return tl::unexpected(tail.error());
    const auto has_more = [&](const std::optional<AuditForwarding>& state) {
      return *tail && (!state || state->sequence < (*tail)->sequence);
    };
    // Read before any write: mostly there is nothing new.
    auto state = forwarding_state(connection, address);
    if (!state) return tl::unexpected(state.error());
    if (!has_more(*state)) return taken;
    const auto claimed = claim(connection, address, now_us());
    if (!claimed) return tl::unexpected(claimed.error());
    if (!*claimed) return taken;
    state = forwarding_state(connection, address);
    if (!state) return tl::unexpected(state.error());
    const auto lot = next_lot(connection, (*tail)->log_id, *state ? (*state)->sequence : 0);
    if (!lot) return tl::unexpected(lot.error());
    using End = record::Try::End;
    const auto tried = lot->count > 0 ? post(lot->text) : record::Try{End::stopped, ""};
    const bool sent = tried.end == End::sent;
    const auto noted = sent                        ? note_taken(connection, address, lot->last)
                       : tried.end == End::stopped ? note_stopped(connection, address)
                                                   : note_failed(connection, address, now_us(), tried.why);
    if (!noted) return tl::unexpected(noted.error());
    if (!sent) return taken;
    taken += lot->count;
  }
}

}  // namespace reprise::server

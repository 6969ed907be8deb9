// SPDX-License-Identifier: Apache-2.0
#include "record/outbox/deliver.h"

#include <algorithm>
#include <array>

#include "base/time.h"

namespace reprise::record {
namespace {

struct Due {
  Message message;
  std::int64_t due_us = 0;
};

std::string text_of(const Value& value) {
  const auto* text = std::get_if<std::string_view>(&value);
  return text == nullptr ? std::string{} : std::string{*text};
}

MessageKind kind_of(std::string_view text) {
  if (text == "push") return MessageKind::push;
  return text == "post" ? MessageKind::post : MessageKind::mail;
}

Result<std::optional<Due>> find_due(Connection& connection, std::int64_t now_us) {
  std::optional<Due> due;
  const std::array<Value, 1> now = {now_us};
  const auto read = connection.query(
      "SELECT id, kind, recipient, subject, body, html, queued_us, tries, due_us FROM outbox WHERE due_us <= "
      "$1 "
      "ORDER BY due_us LIMIT 1",
      now, [&](Row row) {
        due =
            Due{{text_of(row[0]), kind_of(text_of(row[1])), text_of(row[2]), text_of(row[3]), text_of(row[4]),
                 text_of(row[5]), std::get<std::int64_t>(row[6]), std::get<std::int64_t>(row[7])},
                std::get<std::int64_t>(row[8])};
        return false;
      });
  if (!read) return tl::unexpected(read.error());
  return due;
}

/// Runs one statement in a transaction. Returns how many rows it changed.
Result<std::int64_t> change(Connection& connection, std::string_view sql, std::span<const Value> values) {
  if (auto begun = connection.begin_writing(); !begun) return tl::unexpected(begun.error());
  auto changed = connection.execute(sql, values);
  if (changed) {
    if (auto kept = connection.commit(); !kept) changed = tl::unexpected(kept.error());
  }
  if (!changed) connection.rollback();
  return changed;
}

/// Of several processes that found the same, one changes the row as all of them saw it.
Result<bool> claim(Connection& connection, const Due& due, std::int64_t now_us) {
  const std::array<Value, 3> values = {now_us + kClaimUs, std::string_view{due.message.id}, due.due_us};
  const auto changed =
      change(connection, "UPDATE outbox SET due_us = $1 WHERE id = $2 AND due_us = $3", values);
  if (!changed && changed.error().code == ErrorCode::conflict) return false;
  return changed.map([](std::int64_t rows) { return rows == 1; });
}

Result<void> forget(Connection& connection, const Message& message) {
  const std::array<Value, 1> which = {std::string_view{message.id}};
  return change(connection, "DELETE FROM outbox WHERE id = $1", which).map([](std::int64_t) {});
}

Result<void> put_back(Connection& connection, const Message& message, std::int64_t due_us,
                      std::int64_t tries) {
  const std::array<Value, 3> values = {due_us, tries, std::string_view{message.id}};
  return change(connection, "UPDATE outbox SET due_us = $1, tries = $2 WHERE id = $3", values)
      .map([](std::int64_t) {});
}

}  // namespace

std::string_view to_string(MessageKind kind) {
  constexpr std::array<std::string_view, 3> kNames = {"mail", "post", "push"};
  return kNames.at(static_cast<std::size_t>(kind));
}

std::int64_t wait_after_us(std::int64_t tries) {
  constexpr std::int64_t kFirst = 30'000'000;
  return std::min(kLongestWaitUs, kFirst << std::clamp<std::int64_t>(tries - 1, 0, 10));
}

Result<std::optional<Settled>> deliver_next(Connection& connection,
                                            const std::function<std::int64_t()>& now_us,
                                            const std::function<Try(const Message&)>& send) {
  const auto due = find_due(connection, now_us());
  if (!due) return tl::unexpected(due.error());
  if (!*due) return std::optional<Settled>{};
  const auto ours = claim(connection, **due, now_us());
  if (!ours) return tl::unexpected(ours.error());
  if (!*ours) return std::optional<Settled>{};

  const Message& message = (*due)->message;
  const Try tried = send(message);
  const std::int64_t last_us =
      message.queued_us + (message.kind == MessageKind::push ? kGiveUpPushUs : kGiveUpUs);
  Settled settled{Settled::End::sent, message.kind, tried.why};
  Result<void> noted;
  if (tried.end == Try::End::sent) {
    noted = forget(connection, message);
  } else if (tried.end == Try::End::stopped) {
    settled.end = Settled::End::stopped;
    noted = put_back(connection, message, now_us(), message.tries);
  } else if (tried.end == Try::End::refused || now_us() >= last_us) {
    settled.end = Settled::End::given_up;
    noted = forget(connection, message);
  } else {
    settled.end = Settled::End::waits;
    const std::int64_t wait_us =
        std::max(wait_after_us(message.tries + 1), std::min(tried.retry_after_us, kLongestWaitUs));
    const std::int64_t next_us = std::min(now_us() + wait_us, last_us);
    noted = put_back(connection, message, next_us, message.tries + 1);
  }
  if (!noted) return tl::unexpected(noted.error());
  return std::optional{std::move(settled)};
}

}  // namespace reprise::record

// SPDX-License-Identifier: Apache-2.0
#include "server/observability/audit_heads.h"

#include <fmt/format.h>

#include <array>
#include <optional>

#include "base/time.h"
#include "record/audit/anchor_file.h"
#include "record/audit/hexadecimal.h"
#include "record/outbox/outbox.h"

namespace reprise::server {
namespace {

constexpr std::int64_t kHourUs = in_us(std::chrono::hours{1});

record::Mail mail_of(const record::AuditHead& head, const std::string& line, const std::string& to) {
  return {to, fmt::format("Reprise: the audit log up to entry {}", head.sequence),
          fmt::format("Please keep this mail. The line below is the signed head of the audit log of a "
                      "clinic's record, at entry {}.\n"
                      "It holds no data of patients. It can prove later whether the log's entries "
                      "up to it were changed:\n\n"
                      "    reprise audit verify --head FILE\n\n"
                      "where FILE is this mail, or the line alone.\n\n{}\n",
                      head.sequence, line)};
}

Result<bool> is_due(record::Connection& connection, const std::string& signer, const record::AuditHead& head,
                    std::int64_t since_us) {
  bool due = true;
  const std::array<record::Value, 1> whose = {std::string_view{signer}};
  const auto read = connection.query(
      "SELECT sequence, sent_us FROM sent_head WHERE signer = $1", whose, [&](record::Row row) {
        due = std::get<std::int64_t>(row[0]) != static_cast<std::int64_t>(head.sequence) &&
              std::get<std::int64_t>(row[1]) <= since_us;
        return false;
      });
  if (!read) return tl::unexpected(read.error());
  return due;
}

Result<void> queue(record::Connection& connection, const record::AuditHead& head, const std::string& line,
                   const Settings::Audit& settings, std::int64_t now_us) {
  const std::string signer = record::hexadecimal(head.signer);
  const std::array<record::Value, 3> values = {std::string_view{signer},
                                               static_cast<std::int64_t>(head.sequence), now_us};
  const auto noted = connection.execute(
      "INSERT INTO sent_head (signer, sequence, sent_us) VALUES ($1, $2, $3) "
      "ON CONFLICT (signer) DO UPDATE SET sequence = excluded.sequence, sent_us = excluded.sent_us",
      values);
  if (!noted) return tl::unexpected(noted.error());
  if (!settings.mail_heads_to.empty()) {
    auto queued = queue_mail(connection, mail_of(head, line, settings.mail_heads_to), now_us);
    if (!queued) return queued;
  }
  if (settings.post_heads_to.empty()) return {};
  return queue_post(connection, settings.post_heads_to, line + "\n", now_us);
}

}  // namespace

Result<void> queue_head_if_due(record::Connection& connection, const std::filesystem::path& anchors,
                               const Settings::Audit& settings, std::int64_t now_us) {
  if (settings.mail_heads_to.empty() && settings.post_heads_to.empty()) return {};
  const auto line = record::last_head_line(anchors);
  if (!line) return tl::unexpected(line.error());
  if (!*line) return {};
  const auto head = record::read_signed_line(**line);
  if (!head) return tl::unexpected(head.error());
  const std::string signer = record::hexadecimal(head->signer);
  const auto due = is_due(connection, signer, *head, now_us - settings.heads_hours * kHourUs);
  if (!due) return tl::unexpected(due.error());
  if (!*due) return {};
  if (auto begun = connection.begin_writing(); !begun) return begun;
  auto queued = queue(connection, *head, **line, settings, now_us);
  if (queued) return connection.commit();
  connection.rollback();
  return queued;
}

}  // namespace reprise::server

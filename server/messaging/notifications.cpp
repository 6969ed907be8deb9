// SPDX-License-Identifier: Apache-2.0
#include "server/messaging/notifications.h"

#include <array>

#include "record/accounts/columns.h"
#include "server/mail/templates.h"

namespace reprise::server {
namespace {

Result<Addresses> addresses_in(const record::WriteTransaction& session, std::string_view sql,
                               std::span<const record::Value> values) {
  Addresses found;
  const auto read = session.connection.query(
      sql, values, [&](record::Row row) { return found.push_back(record::text_in(row, 0)), true; });
  if (!read) return tl::unexpected(read.error());
  return found;
}

}  // namespace

Result<Addresses> clinicians_of(const record::WriteTransaction& session, const std::string& patient) {
  const std::array<record::Value, 2> whose = {std::string_view{patient}, session.now_ms * 1000};
  return addresses_in(
      session,
      "SELECT DISTINCT account.mail FROM account JOIN care_member ON care_member.practitioner = "
      "account.person "
      "WHERE care_member.patient = $1 AND care_member.start_us <= $2 AND care_member.end_us > $2 "
      "AND account.role = 'clinician' AND account.disabled = 0 AND account.mail <> ''",
      whose);
}

Result<Addresses> administrators(const record::WriteTransaction& session) {
  return addresses_in(session,
                      "SELECT DISTINCT mail FROM account WHERE role = 'administrator' AND disabled = 0 AND "
                      "mail <> ''",
                      {});
}

Result<Addresses> patient_of(const record::WriteTransaction& session, const std::string& patient) {
  const std::array<record::Value, 1> whose = {std::string_view{patient}};
  return addresses_in(session,
                      "SELECT DISTINCT mail FROM account WHERE role = 'patient' AND person = $1 AND disabled "
                      "= 0 AND mail <> ''",
                      whose);
}

record::Mail notification(std::string_view key, std::string_view tag, const NotificationOptions& options) {
  return mail::write_mail(key, tag, {}, {{"site", options.site}, {"link", options.address}});
}

std::string language_of(const Json& person, const NotificationOptions& options) {
  std::string found;
  for (const Json& one : json::list_of(person, "communication")) {
    const Json* language = json::field(one, "language");
    const Json& codings = language == nullptr ? Json::array() : json::list_of(*language, "coding");
    const bool preferred = json::truth_of(one, "preferred").value_or(false);
    for (const Json& coding : codings) {
      auto tag = translations::permitted_tag(json::text_of(coding, "code"), options.extra_languages);
      if (!tag.empty() && (found.empty() || preferred)) found = std::move(tag);
    }
  }
  return found;
}

Result<void> mail_each(const record::WriteTransaction& session, const Result<Addresses>& addresses,
                       record::Mail mail) {
  if (!addresses) return tl::unexpected(addresses.error());
  for (const std::string& address : *addresses) {
    mail.to = address;
    if (auto queued = record::queue_mail(session.connection, mail, session.now_ms * 1000); !queued)
      return queued;
  }
  return {};
}

}  // namespace reprise::server

// SPDX-License-Identifier: Apache-2.0
#include "server/messaging/care_team_notifications.h"

#include <set>

#include "record/accounts/oversight.h"
#include "server/mail/templates.h"
#include "server/messaging/notifications.h"

namespace reprise::server {
namespace {

Result<void> notify_members(const record::WriteTransaction& session, const std::string& patient,
                            const NotificationOptions& options) {
  auto noted = record::note_account_event(session.connection, {.kind = record::AccountEventKind::care_team,
                                                               .account = {},
                                                               .patient = patient,
                                                               .by = session.principal->account,
                                                               .at_us = session.now_ms * 1000});
  if (!noted || !options.sends_mail) return noted;
  const record::Mail mail =
      mail::write_mail("care_team", {}, {}, {{"site", options.site}, {"link", options.address + "account"}});
  std::set<std::string> addresses;
  for (const auto& some :
       {administrators(session), patient_of(session, patient), clinicians_of(session, patient)}) {
    if (!some) return tl::unexpected(some.error());
    addresses.insert(some->begin(), some->end());
  }
  return mail_each(session, Addresses(addresses.begin(), addresses.end()), mail);
}

}  // namespace

std::optional<record::Refusal> notify_of_care_teams(const record::WriteTransaction& session,
                                                    std::span<const record::ChangeResult> changes,
                                                    const NotificationOptions& options) {
  if (session.principal == nullptr || session.principal->role != record::Role::administrator) return {};
  std::set<std::string> patients;
  for (const record::ChangeResult& done : changes) {
    if (!done.stored || done.found || done.stored->type != "CareTeam") continue;
    patients.insert(done.patients.begin(), done.patients.end());
  }
  for (const std::string& patient : patients) {
    if (auto queued = notify_members(session, patient, options); !queued)
      return record::refuse(queued.error()).value();
  }
  return {};
}

}  // namespace reprise::server

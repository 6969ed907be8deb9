// SPDX-License-Identifier: Apache-2.0
#include "server/accounts/oversight.h"

#include <set>

#include "record/accounts/columns.h"
#include "server/accounts/mail_templates.h"
#include "server/app_api/documents.h"

namespace reprise::server {
namespace {

using record::AccountEventKind;

Result<std::set<std::string>> administrators_mail(record::Connection& connection) {
  std::set<std::string> addresses;
  const auto read = connection.query(
      "SELECT mail FROM account WHERE role = 'administrator' "
      "AND disabled = 0 AND mail <> ''",
      {}, [&](record::Row row) { return addresses.insert(record::text_in(row, 0)), true; });
  if (!read) return tl::unexpected(read.error());
  return addresses;
}

}  // namespace

Result<void> notify_others(const AppContext& context, const AppRequest& request,
                           const record::WriteTransaction& session, const record::Account& account,
                           AccountEventKind kind) {
  const std::int64_t now_us = session.now_ms * 1000;
  const bool of_patient = account.role == record::Role::patient;
  auto noted = record::note_account_event(session.connection, {.kind = kind,
                                                               .account = account.id,
                                                               .patient = of_patient ? account.person : "",
                                                               .by = request.open->session.account.id,
                                                               .at_us = now_us});
  // A distinct mark in the audit log, by which such acts are found.
  auto entry = with_reason(entry_of(request, record::AuditAct::account_change),
                           "oversight: " + std::string{to_string(kind)});
  if (of_patient) entry.patients = {account.person};
  session.entries.push_back(std::move(entry));
  if (!noted || !context.options.sends_mail) return noted;
  const auto queue = [&](const record::Mail& mail) {
    return mail.to.empty() ? Result<void>{} : record::queue_mail(session.connection, mail, now_us);
  };
  const std::string& site = context.options.site;
  if (kind == AccountEventKind::mail) return queue(address_changed_mail(site, account.mail, request.origin));
  if (kind == AccountEventKind::invitation) {
    // With a known address the link itself is mailed there.
    if (record::has_known_mail(account, now_us)) return {};
    return queue(reset_mail(site, account.mail, request.origin));
  }
  auto addresses = administrators_mail(session.connection);
  if (!addresses) return tl::unexpected(addresses.error());
  addresses->insert(account.mail);
  for (const std::string& address : *addresses) {
    if (auto queued = queue(oversight_mail(site, address, request.origin)); !queued) return queued;
  }
  return {};
}

http::Response waits_for_second_person(std::int64_t now_us) {
  return json_answer(202, {{"waiting", true}, {"endsAt", time_text(now_us + record::kRequestUs)}});
}

void add_requests(fhir::Json& document, const record::Account& account,
                  const std::multimap<std::string, record::AccountRequest>& requests) {
  const auto [begin, end] = requests.equal_range(account.id);
  for (auto at = begin; at != end; ++at) {
    const auto& open_request = at->second;
    const char* name =
        open_request.kind == record::AccountRequestKind::invitation ? "invitationAsked" : "removalAsked";
    document[name] = {
        {"by", open_request.by}, {"name", open_request.by_name}, {"at", time_text(open_request.asked_us)}};
  }
}

}  // namespace reprise::server

// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/invitation.h"

#include "record/accounts/oversight.h"
#include "server/accounts/handlers.h"
#include "server/accounts/password_links.h"

namespace reprise::server {
namespace {

using record::WriteTransaction;

Result<std::optional<LinkedAccount>> find_invitation_link(record::Connection& connection,
                                                          std::string_view hash, std::int64_t now_us) {
  const auto found = record::find_invitation(connection, hash, now_us);
  if (!found) return tl::unexpected(found.error());
  if (!*found) return std::optional<LinkedAccount>{};
  auto account = record::find_account(connection, (*found)->account);
  if (!account) return tl::unexpected(account.error());
  if (!*account) return std::optional<LinkedAccount>{};
  return std::optional{LinkedAccount{std::move(**account), (*found)->ends_us}};
}

record::Outcome<http::Response> redeem_invitation(AppContext& context, const AppRequest& request,
                                                  const WriteTransaction& session,
                                                  const ChosenPassword& chosen);

constexpr PasswordLinkKind kInvitation{find_invitation_link, redeem_invitation, "invitation",
                                       "the invitation was used, has ended, or never was; ask for another"};

record::Outcome<http::Response> redeem_invitation(AppContext& context, const AppRequest& request,
                                                  const WriteTransaction& session,
                                                  const ChosenPassword& chosen) {
  const std::int64_t now_us = session.now_ms * 1000;
  const auto id = record::accept_invitation(session.connection, chosen.link_hash, chosen.hash, now_us);
  if (!id) return record::refuse(id.error());
  if (!*id) return refuse_link(context, request, kInvitation);
  const auto account = record::find_account(session.connection, **id);
  if (!account) return record::refuse(account.error());
  if (chosen.replaces) {
    auto noted = record::note_account_event(session.connection, {.kind = record::AccountEventKind::password,
                                                                 .account = **id,
                                                                 .patient = {},
                                                                 .by = **id,
                                                                 .at_us = now_us});
    if (!noted) return record::refuse(noted.error());
  }
  session.entries.push_back(with_reason(
      entry_of(request, record::AuditAct::account_change, record::AuditOutcome::success, account->value()),
      "password by invitation"));
  return json_answer(200, {{"name", (*account)->name}});
}

}  // namespace

void show_invitation(AppContext& context, const SharedRequest& request, record::Connection& connection,
                     const http::Respond& respond) {
  show_link(context, request, connection, respond, kInvitation);
}

void accept_invitation(AppContext& context, const SharedRequest& request, record::Connection& connection,
                       const http::Respond& respond) {
  accept_link(context, request, connection, respond, kInvitation);
}

}  // namespace reprise::server

// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/password_reset.h"

#include "record/accounts/oversight.h"
#include "server/accounts/handlers.h"
#include "server/accounts/mail_templates.h"
#include "server/accounts/password_links.h"

// Forgotten passwords: a link by mail, for the owner of an account (docs/operations/access.md).
namespace reprise::server {
namespace {

using record::AuditAct;
using record::AuditOutcome;
using record::WriteTransaction;

Result<std::optional<LinkedAccount>> find_reset_link(record::Connection& connection, std::string_view hash,
                                                     std::int64_t now_us) {
  auto found = record::find_password_reset(connection, hash, now_us);
  if (!found) return tl::unexpected(found.error());
  if (!*found) return std::optional<LinkedAccount>{};
  return std::optional{LinkedAccount{std::move((*found)->account), (*found)->ends_us}};
}

record::Outcome<http::Response> redeem_reset(AppContext& context, const AppRequest& request,
                                             const WriteTransaction& session, const ChosenPassword& chosen);

constexpr PasswordLinkKind kReset{find_reset_link, redeem_reset, "password reset",
                                  "the link was used, has ended, or never was; request another"};

record::Outcome<http::Response> redeem_reset(AppContext& context, const AppRequest& request,
                                             const WriteTransaction& session, const ChosenPassword& chosen) {
  const std::int64_t now_us = session.now_ms * 1000;
  const auto account =
      record::redeem_password_reset(session.connection, chosen.link_hash, chosen.hash, now_us);
  if (!account) return record::refuse(account.error());
  if (!*account) return refuse_link(context, request, kReset);
  const auto noted = record::note_account_event(session.connection, {.kind = record::AccountEventKind::reset,
                                                                     .account = (*account)->id,
                                                                     .patient = {},
                                                                     .by = (*account)->id,
                                                                     .at_us = now_us});
  if (!noted) return record::refuse(noted.error());
  if (context.options.sends_mail) {
    const auto mail = password_changed_mail(context.options.site, **account, request.origin, chosen.language);
    if (auto queued = record::queue_mail(session.connection, mail, now_us); !queued)
      return record::refuse(queued.error());
  }
  session.entries.push_back(
      with_reason(entry_of(request, AuditAct::account_change, AuditOutcome::success, **account),
                  "password by mailed link"));
  return json_answer(200, {{"name", (*account)->name}});
}

/// Creates a link and queues its mail, apart from the response: its duration tells nothing about the account.
void mail_link(AppContext& context, const SharedRequest& request, const std::string& name,
               const std::string& language) {
  context.record.write(
      {[=, &context](const WriteTransaction& session) -> std::optional<record::Refusal> {
         const std::int64_t now_us = session.now_ms * 1000;
         const auto made = record::create_password_reset(session.connection, name, now_us);
         if (!made) return record::refuse(made.error()).value();
         auto entry = entry_of(*request, AuditAct::account_change,
                               *made ? AuditOutcome::success : AuditOutcome::refused);
         if (*made) {
           // The request proves no identity: the entry names the account, not its owner.
           entry.account = (*made)->account.id;
           const std::string link = password_reset_link(request->origin, (*made)->secret);
           const auto mail = password_reset_mail(context.options.site, (*made)->account, link, language);
           if (auto queued = record::queue_mail(session.connection, mail, now_us); !queued)
             return record::refuse(queued.error()).value();
         }
         session.entries.push_back(with_reason(std::move(entry), "password reset requested"));
         return {};
       },
       [](const std::optional<record::Refusal>&) {}});  // the owner can request another
}

}  // namespace

void request_password_reset(AppContext& context, const SharedRequest& request, record::Connection&,
                            const http::Respond& respond) {
  Fields fields{request->body};
  const std::string name = fields.text("name");
  const std::string language = page_language(fields, context);
  if (auto problem = fields.problem()) return respond(std::move(*problem));
  if (!mails_password_resets(context.options)) {
    return respond(
        refused(409, word::kInvalid, "this server mails no links to a new password; ask the clinic"));
  }
  if (!may_try(context, *request, respond)) return;
  auto wait_us = std::make_shared<std::int64_t>(0);
  context.record.write(
      {[=](const WriteTransaction& session) -> std::optional<record::Refusal> {
         const std::int64_t now_us = session.now_ms * 1000;
         const auto wait = record::count_password_reset_request(session.connection, name, now_us);
         if (!wait) return record::refuse(wait.error()).value();
         *wait_us = wait->value_or(now_us) - now_us;
         return {};
       },
       [=, &context](const std::optional<record::Refusal>& refusal) {
         if (refusal) return respond_read(request, respond, tl::unexpected(*refusal));
         if (*wait_us > 0) return respond(rate_limited(context, *request, *wait_us));
         // Queued only: this thread writes it after it has responded.
         mail_link(context, request, name, language);
         respond_read(request, respond,
                      json_answer(202, {{"minutes", record::kPasswordResetUs / 60'000'000}}));
       }});
}

void show_password_reset(AppContext& context, const SharedRequest& request, record::Connection& connection,
                         const http::Respond& respond) {
  show_link(context, request, connection, respond, kReset);
}

void redeem_password_reset(AppContext& context, const SharedRequest& request, record::Connection& connection,
                           const http::Respond& respond) {
  accept_link(context, request, connection, respond, kReset);
}

}  // namespace reprise::server

// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/invitation.h"
#include "record/accounts/oversight.h"
#include "record/accounts/secret.h"
#include "server/accounts/handlers.h"
#include "server/app_api/documents.h"

namespace reprise::server {
namespace {

using record::WriteTransaction;

http::Response ended() {
  return refused(404, word::kEnded, "the invitation was used, has ended, or never was; ask for another");
}

http::Response ended(AppContext& context, const AppRequest& request) {
  context.record.note(with_reason(
      entry_of(request, record::AuditAct::account_change, record::AuditOutcome::refused), "invitation"));
  return ended();
}

struct Invited {
  record::Account account;
  std::int64_t ends_us;
};

/// Returns the account that a secret invites; nullopt if it is not valid.
Result<std::optional<Invited>> invited(record::Connection& connection, const std::string& secret) {
  const auto hash = record::hash_of_secret(secret);
  if (!hash) return std::optional<Invited>{};
  const auto found = record::find_invitation(connection, *hash, record::milliseconds_now() * 1000);
  if (!found) return tl::unexpected(found.error());
  if (!*found) return std::optional<Invited>{};
  auto account = record::find_account(connection, (*found)->account);
  if (!account) return tl::unexpected(account.error());
  if (!*account) return std::optional<Invited>{};
  return std::optional{Invited{std::move(**account), (*found)->ends_us}};
}

// Runs on the password thread. `again`: there was a password before.
void hash_and_accept(AppContext& context, const SharedRequest& request, const http::Respond& respond,
                     const std::string& secret, const std::string& password, bool again) {
  const auto hash = record::hash_password(password, context.options.password_cost);
  if (!hash) return respond_read(request, respond, record::refuse(hash.error()));
  write(context, request, respond,
        [&context, request, secret, again,
         hash = *hash](const WriteTransaction& session) -> record::Outcome<http::Response> {
          const auto id = record::accept_invitation(
              session.connection, record::hash_of_secret(secret).value(), hash, session.now_ms * 1000);
          if (!id) return record::refuse(id.error());
          if (!*id) return ended(context, *request);
          const auto account = record::find_account(session.connection, **id);
          if (!account) return record::refuse(account.error());
          if (again) {
            auto noted =
                record::note_account_event(session.connection, {.kind = record::AccountEventKind::password,
                                                                .account = **id,
                                                                .patient = {},
                                                                .by = **id,
                                                                .at_us = session.now_ms * 1000});
            if (!noted) return record::refuse(noted.error());
          }
          session.entries.push_back(with_reason(entry_of(*request, record::AuditAct::account_change,
                                                         record::AuditOutcome::success, account->value()),
                                                "password by invitation"));
          return json_answer(200, {{"name", (*account)->name}});
        });
}

}  // namespace

void show_invitation(AppContext& context, const SharedRequest& request, record::Connection& connection,
                     const http::Respond& respond) {
  Fields fields{request->body};
  const std::string secret = fields.text("secret");
  if (auto problem = fields.problem()) return respond(std::move(*problem));
  if (!may_try(context, *request, respond)) return;
  const auto found = invited(connection, secret);
  if (!found) return respond_read(request, respond, record::refuse(found.error()));
  if (!*found) return respond(ended(context, *request));
  const auto& [account, ends_us] = **found;
  respond_read(
      request, respond,
      json_answer(
          200, {{"name", account.name}, {"role", to_string(account.role)}, {"endsAt", time_text(ends_us)}}));
}

void accept_invitation(AppContext& context, const SharedRequest& request, record::Connection& connection,
                       const http::Respond& respond) {
  Fields fields{request->body};
  const std::string secret = fields.text("secret");
  const std::string password = fields.text("password");
  if (auto problem = fields.problem()) return respond(std::move(*problem));
  if (!may_try(context, *request, respond)) return;
  const auto found = invited(connection, secret);
  if (!found) return respond_read(request, respond, record::refuse(found.error()));
  if (!*found) return respond(ended(context, *request));
  if (auto weak = record::problem_in_password(password, (*found)->account.name, context.site_words)) {
    return respond(refused(422, word::kWeakPassword, "the password " + *weak));
  }
  const bool again = (*found)->account.has_password;
  with_password(context, respond,
                [=, &context] { hash_and_accept(context, request, respond, secret, password, again); });
}

}  // namespace reprise::server

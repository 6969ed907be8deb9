// SPDX-License-Identifier: Apache-2.0
#include "server/accounts/password_links.h"

#include "record/accounts/secret.h"
#include "server/accounts/mail_templates.h"
#include "server/app_api/documents.h"
#include "server/fhir_api/answer.h"

namespace reprise::server {
namespace {

/// Returns the account of a secret. An error is the answer.
tl::expected<LinkedAccount, http::Response> linked_account_of(AppContext& context, const AppRequest& request,
                                                              record::Connection& connection,
                                                              const std::string& secret,
                                                              const PasswordLinkKind& kind) {
  const auto hash = record::hash_of_secret(secret);
  if (!hash) return tl::unexpected(refuse_link(context, request, kind));
  auto found = kind.find(connection, *hash, record::milliseconds_now() * 1000);
  if (!found) return tl::unexpected(answer(record::refuse(found.error()).value()));
  if (!*found) return tl::unexpected(refuse_link(context, request, kind));
  return std::move(**found);
}

}  // namespace

http::Response refuse_link(AppContext& context, const AppRequest& request, const PasswordLinkKind& kind) {
  context.record.note(with_reason(
      entry_of(request, record::AuditAct::account_change, record::AuditOutcome::refused), kind.reason));
  return refused(404, word::kEnded, kind.refusal);
}

void show_link(AppContext& context, const SharedRequest& request, record::Connection& connection,
               const http::Respond& respond, const PasswordLinkKind& kind) {
  Fields fields{request->body};
  const std::string secret = fields.text("secret");
  if (auto problem = fields.problem()) return respond(std::move(*problem));
  if (!may_try(context, *request, respond)) return;
  auto found = linked_account_of(context, *request, connection, secret, kind);
  if (!found) return respond_read(request, respond, std::move(found.error()));
  const auto& [account, ends_us] = *found;
  respond_read(
      request, respond,
      json_answer(
          200, {{"name", account.name}, {"role", to_string(account.role)}, {"endsAt", time_text(ends_us)}}));
}

void accept_link(AppContext& context, const SharedRequest& request, record::Connection& connection,
                 const http::Respond& respond, const PasswordLinkKind& kind) {
  Fields fields{request->body};
  const std::string secret = fields.text("secret");
  const std::string password = fields.text("password");
  ChosenPassword chosen;
  chosen.language = page_language(fields, context);
  if (auto problem = fields.problem()) return respond(std::move(*problem));
  if (!may_try(context, *request, respond)) return;
  auto found = linked_account_of(context, *request, connection, secret, kind);
  if (!found) return respond_read(request, respond, std::move(found.error()));
  if (auto weak = record::problem_in_password(password, found->account.name, context.site_words)) {
    return respond(refused(422, word::kWeakPassword, "the password " + *weak));
  }
  chosen.link_hash = record::hash_of_secret(secret).value();
  chosen.replaces = found->account.has_password;
  with_password(context, respond, [=, &context, &kind]() mutable {
    auto hash = record::hash_password(password, context.options.password_cost);
    if (!hash) return respond_read(request, respond, record::refuse(hash.error()));
    chosen.hash = std::move(*hash);
    write(context, request, respond, [=, &context, &kind](const record::WriteTransaction& session) {
      return kind.redeem(context, *request, session, chosen);
    });
  });
}

}  // namespace reprise::server

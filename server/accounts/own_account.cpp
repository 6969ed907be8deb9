// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/attempt_store.h"
#include "record/accounts/second_factor.h"
#include "record/accounts/sign_in.h"
#include "server/accounts/credentials.h"
#include "server/accounts/handlers.h"
#include "server/app_api/documents.h"

namespace reprise::server {
namespace {

using record::AuditAct;
using record::AuditOutcome;
using record::WriteTransaction;

struct PasswordChange {
  std::string name;
  std::string account;
  std::string old_password;
  std::string new_password;
  bool keep_tokens = false;
};

// On the password thread.
void compare_and_store(AppContext& context, const SharedRequest& request, const http::Respond& respond,
                       const PasswordChange& change, const record::SignInAttempt& attempt) {
  const auto& cost = context.options.password_cost;
  if (!record::check_password(attempt.password_hash, change.old_password, cost).right) {
    context.record.note(
        with_reason(entry_of(*request, AuditAct::account_change, AuditOutcome::refused), "password"));
    return respond(refused(403, word::kWrongCredentials, "the old password is wrong"));
  }
  const auto hash = record::hash_password(change.new_password, cost);
  if (!hash) return respond_read(request, respond, record::refuse(hash.error()));
  write(context, request, respond,
        [request, hash = *hash, change](const WriteTransaction& session) -> record::Outcome<http::Response> {
          auto done =
              record::set_password(
                  session.connection, change.account, hash,
                  {.session = request->open->hash, .tokens = change.keep_tokens, .passkeys = true})
                  .and_then([&] {
                    return record::forget_attempts(session.connection, record::attempt_of_name(change.name));
                  });
          if (!done) return record::refuse(done.error());
          session.entries.push_back(with_reason(entry_of(*request, AuditAct::account_change), "password"));
          return no_content();
        });
}

}  // namespace

void change_password(AppContext& context, const SharedRequest& request, record::Connection&,
                     const http::Respond& respond) {
  const auto& account = request->open->session.account;
  Fields fields{request->body};
  PasswordChange change;
  change.old_password = fields.text("old");
  change.new_password = fields.text("new");
  change.keep_tokens = fields.flag("keepTokens").value_or(false);
  change.name = account.name;
  change.account = account.id;
  if (auto problem = fields.problem()) return respond(std::move(*problem));
  if (auto weak = record::problem_in_password(change.new_password, account.name, context.site_words)) {
    return respond(refused(422, word::kWeakPassword, "the new password " + *weak));
  }
  if (!may_try(context, *request, respond)) return;
  // Password attempts in an open session count as they do at sign-in, in case another person found it.
  with_password_attempt(context, request, respond, account.name,
                        [=, &context](const record::SignInAttempt& attempt) {
                          compare_and_store(context, request, respond, change, attempt);
                        });
}

void renew_recovery_codes(AppContext& context, const SharedRequest& request, record::Connection&,
                          const http::Respond& respond) {
  Fields fields{request->body};
  const std::string code = fields.text("code");
  if (auto problem = fields.problem()) return respond(std::move(*problem));
  if (!may_try(context, *request, respond)) return;
  write(context, request, respond,
        [=, &context](const WriteTransaction& session) -> record::Outcome<http::Response> {
          auto refusal = refuse_second_factor(context, *request, session, code, AuditAct::account_change);
          if (!refusal) return tl::unexpected(std::move(refusal.error()));
          if (*refusal) return std::move(**refusal);
          const std::string& account = request->open->session.account.id;
          const auto codes = record::renew_recovery_codes(session.connection, account);
          if (!codes) return record::refuse(codes.error());
          return json_answer(200, {{"recoveryCodes", *codes}});
        });
}

void list_sessions(AppContext&, const SharedRequest& request, record::Connection& connection,
                   const http::Respond& respond) {
  const auto sessions =
      record::list_sessions(connection, request->open->session.account.id, record::milliseconds_now() * 1000);
  if (!sessions) return respond_read(request, respond, record::refuse(sessions.error()));
  fhir::Json list = fhir::Json::array();
  for (const auto& one : *sessions) {
    list.push_back({{"id", one.id},
                    {"current", one.id == request->open->session.id},
                    {"createdAt", time_text(one.created_us)},
                    {"seenAt", time_text(one.seen_us)},
                    {"endsAt", time_text(one.ends_us)},
                    {"stays", one.stay.longest_us > 0},
                    {"address", one.address},
                    {"userAgent", one.user_agent}});
  }
  respond_read(request, respond, json_answer(200, {{"sessions", std::move(list)}}));
}

void end_session(AppContext& context, const SharedRequest& request, record::Connection&,
                 const http::Respond& respond) {
  write(context, request, respond,
        [request](const WriteTransaction& session) -> record::Outcome<http::Response> {
          const auto ended = record::end_session_of(session.connection, request->open->session.account.id,
                                                    request->path.back());
          if (!ended) return record::refuse(ended.error());
          if (!*ended) return refused(404, word::kNotFound, "there is no such session, or it has ended");
          session.entries.push_back(entry_of(*request, AuditAct::sign_out));
          return no_content();
        });
}

void end_other_sessions(AppContext& context, const SharedRequest& request, record::Connection&,
                        const http::Respond& respond) {
  write(context, request, respond,
        [request](const WriteTransaction& session) -> record::Outcome<http::Response> {
          if (auto done = record::end_sessions_of(session.connection, request->open->session.account.id,
                                                  request->open->hash);
              !done) {
            return record::refuse(done.error());
          }
          session.entries.push_back(entry_of(*request, AuditAct::sign_out));
          return no_content();
        });
}

}  // namespace reprise::server

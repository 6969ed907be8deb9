// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/attempt_store.h"
#include "record/accounts/second_factor.h"
#include "record/accounts/sign_in.h"
#include "server/accounts/credentials.h"
#include "server/accounts/handlers.h"

// Reauthentication: proving the password or a code again in an open session, before a sensitive action.
namespace reprise::server {
namespace {

using record::AuditAct;
using record::AuditOutcome;
using record::WriteTransaction;

record::AuditEntry proof_entry(const AppRequest& request, bool right, const char* what) {
  return with_reason(
      entry_of(request, AuditAct::sign_in, right ? AuditOutcome::success : AuditOutcome::refused), what);
}

void prove_by_code(AppContext& context, const SharedRequest& request, const std::string& code,
                   const http::Respond& respond) {
  write(context, request, respond,
        [=, &context](const WriteTransaction& session) -> record::Outcome<http::Response> {
          auto refusal = refuse_second_factor(context, *request, session, code, AuditAct::sign_in);
          if (!refusal) return tl::unexpected(std::move(refusal.error()));
          if (*refusal) return std::move(**refusal);
          auto done = record::note_proof(session.connection, request->open->hash, session.now_ms * 1000);
          if (!done) return record::refuse(done.error());
          return no_content();
        });
}

// On the password thread.
void compare(AppContext& context, const SharedRequest& request, const http::Respond& respond,
             const std::string& password, const record::SignInAttempt& attempt) {
  if (!record::check_password(attempt.password_hash, password, context.options.password_cost).right) {
    context.record.note(proof_entry(*request, false, "password"));
    return respond(refused(403, word::kWrongCredentials, "the password is wrong"));
  }
  write(context, request, respond,
        [request](const WriteTransaction& session) -> record::Outcome<http::Response> {
          const std::string subject = record::attempt_of_name(request->open->session.account.name);
          auto done = record::forget_attempts(session.connection, subject).and_then([&] {
            return record::note_proof(session.connection, request->open->hash, session.now_ms * 1000);
          });
          if (!done) return record::refuse(done.error());
          session.entries.push_back(proof_entry(*request, true, "password"));
          return no_content();
        });
}

}  // namespace

void prove(AppContext& context, const SharedRequest& request, record::Connection&,
           const http::Respond& respond) {
  Fields fields{request->body};
  const auto password = fields.optional_text("password");
  const auto code = fields.optional_text("code");
  if (auto problem = fields.problem()) return respond(std::move(*problem));
  if (password.has_value() == code.has_value())
    return respond(refused(422, word::kInvalid, "give either the password or a code"));
  if (!may_try(context, *request, respond)) return;
  if (code) return prove_by_code(context, request, *code, respond);
  with_password_attempt(context, request, respond, request->open->session.account.name,
                        [=, &context](const record::SignInAttempt& attempt) {
                          compare(context, request, respond, *password, attempt);
                        });
}

}  // namespace reprise::server

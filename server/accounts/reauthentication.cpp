#include "record/accounts/attempt_store.h"
#include "record/accounts/second_factor.h"
#include "record/accounts/sign_in.h"
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
          const std::string& account = request->open->session.account.id;
          const std::string subject = record::attempt_of_second_factor(account);
          const std::int64_t now_us = session.now_ms * 1000;
          const auto wait = record::count_attempt(session.connection, subject, now_us, {});
          if (!wait) return record::refuse(wait.error());
          if (*wait) return rate_limited(context, *request, **wait - now_us);
          const auto used = record::use_second_factor(session.connection, account, code, now_us);
          if (!used) return record::refuse(used.error());
          session.entries.push_back(proof_entry(
              *request, used->right, used->by_recovery_code ? "recovery code" : "code of the app"));
          if (!used->right) return refused(403, word::kWrongCode, "the code is wrong, or was used already");
          auto done = record::forget_attempts(session.connection, subject).and_then([&] {
            return record::note_proof(session.connection, request->open->hash, now_us);
          });
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

void prove_by_password(AppContext& context, const SharedRequest& request, const std::string& password,
                       const http::Respond& respond) {
  auto attempt = std::make_shared<record::SignInAttempt>();
  auto begun = std::make_shared<std::int64_t>(0);
  context.record.write(
      {[=](const WriteTransaction& session) -> std::optional<record::Refusal> {
         *begun = session.now_ms * 1000;
         auto tried = record::begin_sign_in(session.connection, request->open->session.account.name, *begun);
         if (!tried) return record::refuse(tried.error()).value();
         *attempt = std::move(*tried);
         return {};
       },
       [=, &context](const std::optional<record::Refusal>& refusal) {
         if (refusal) return respond_read(request, respond, tl::unexpected(*refusal));
         if (attempt->wait_until_us)
           return respond(rate_limited(context, *request, *attempt->wait_until_us - *begun));
         with_password(context, respond,
                       [=, &context] { compare(context, request, respond, password, *attempt); });
       }});
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
  prove_by_password(context, request, *password, respond);
}

}  // namespace reprise::server

#include "record/accounts/attempt_store.h"
#include "record/accounts/second_factor.h"
#include "record/accounts/sign_in.h"
#include "server/accounts/handlers.h"

// Showing the password or a code once more in an open session, before something
// that matters.
namespace reprise::server {
namespace {

using record::AuditAct;
using record::AuditOutcome;
using record::WriteTransaction;

record::AuditEntry proof_entry(const AppRequest& call, bool right, const char* what) {
  return with_reason(entry_of(call, AuditAct::sign_in, right ? AuditOutcome::success : AuditOutcome::refused),
                     what);
}

void prove_by_code(AppContext& desk, const SharedRequest& call, const std::string& code,
                   const http::Respond& respond) {
  write(desk, call, respond, [=, &desk](const WriteTransaction& session) -> record::Outcome<http::Response> {
    const std::string& account = call->open->session.account.id;
    const std::string subject = record::attempt_of_second_factor(account);
    const std::int64_t now_us = session.now_ms * 1000;
    const auto wait = record::count_attempt(session.connection, subject, now_us, {});
    if (!wait) return record::refuse(wait.error());
    if (*wait) return told_to_wait(desk, *call, **wait - now_us);
    const auto used = record::use_second_factor(session.connection, account, code, now_us);
    if (!used) return record::refuse(used.error());
    session.entries.push_back(
        proof_entry(*call, used->right, used->by_recovery_code ? "recovery code" : "code of the app"));
    if (!used->right) return refused(403, word::kWrongCode, "the code is wrong, or was used already");
    auto done = record::forget_attempts(session.connection, subject).and_then([&] {
      return record::note_proof(session.connection, call->open->hash, now_us);
    });
    if (!done) return record::refuse(done.error());
    return no_content();
  });
}

// On the password thread.
void compare(AppContext& desk, const SharedRequest& call, const http::Respond& respond,
             const std::string& password, const record::SignInAttempt& attempt) {
  if (!record::check_password(attempt.password_hash, password, desk.options.password_cost).right) {
    desk.record.note(proof_entry(*call, false, "password"));
    return respond(refused(403, word::kWrongCredentials, "the password is wrong"));
  }
  write(desk, call, respond, [call](const WriteTransaction& session) -> record::Outcome<http::Response> {
    const std::string subject = record::attempt_of_name(call->open->session.account.name);
    auto done = record::forget_attempts(session.connection, subject).and_then([&] {
      return record::note_proof(session.connection, call->open->hash, session.now_ms * 1000);
    });
    if (!done) return record::refuse(done.error());
    session.entries.push_back(proof_entry(*call, true, "password"));
    return no_content();
  });
}

void prove_by_password(AppContext& desk, const SharedRequest& call, const std::string& password,
                       const http::Respond& respond) {
  auto attempt = std::make_shared<record::SignInAttempt>();
  auto begun = std::make_shared<std::int64_t>(0);
  desk.record.write(
      {[=](const WriteTransaction& session) -> std::optional<record::Refusal> {
         *begun = session.now_ms * 1000;
         auto tried = record::begin_sign_in(session.connection, call->open->session.account.name, *begun);
         if (!tried) return record::refuse(tried.error()).value();
         *attempt = std::move(*tried);
         return {};
       },
       [=, &desk](const std::optional<record::Refusal>& refusal) {
         if (refusal) return respond_read(call, respond, tl::unexpected(*refusal));
         if (attempt->wait_until_us)
           return respond(told_to_wait(desk, *call, *attempt->wait_until_us - *begun));
         with_password(desk, respond, [=, &desk] { compare(desk, call, respond, password, *attempt); });
       }});
}

}  // namespace

void prove(AppContext& desk, const SharedRequest& call, record::Connection&, const http::Respond& respond) {
  Fields fields{call->body};
  const auto password = fields.optional_text("password");
  const auto code = fields.optional_text("code");
  if (auto problem = fields.problem()) return respond(std::move(*problem));
  if (password.has_value() == code.has_value())
    return respond(refused(422, word::kInvalid, "give either the password or a code"));
  if (!may_try(desk, *call, respond)) return;
  if (code) return prove_by_code(desk, call, *code, respond);
  prove_by_password(desk, call, *password, respond);
}

}  // namespace reprise::server

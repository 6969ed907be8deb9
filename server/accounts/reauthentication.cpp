// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/attempt_store.h"
#include "record/accounts/second_factor.h"
#include "record/accounts/sign_in.h"
#include "server/accounts/credentials.h"
#include "server/accounts/handlers.h"
#include "server/accounts/passkey_assertion.h"

// Reauthentication: proving the password, a code or a passkey again in an open session, before a sensitive
// action.
namespace reprise::server {
namespace {

using record::AuditAct;
using record::AuditOutcome;
using record::WriteTransaction;

/// Not 401: the session goes on.
http::Response refuse_shown() {
  return refused(403, word::kWrongCredentials, "the passkey is unknown here, or was not accepted");
}

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

/// A refusal is an answer, so that the used challenge and the counted attempt are kept.
record::Outcome<http::Response> check_shown(AppContext& context, const AppRequest& request,
                                            const WriteTransaction& session, const ShownPasskey& shown,
                                            const record::webauthn::Site& site) {
  const std::int64_t now_us = session.now_ms * 1000;
  const std::string& own = request.open->session.account.id;
  const auto checked = verify_passkey(session, shown, site, request.open->hash, own);
  if (!checked) return record::refuse(checked.error());
  if (!*checked) {
    const RefusedPasskey& refusal = checked->error();
    if (refusal.why.empty()) return rate_limited(context, request, refusal.wait_until_us - now_us, own);
    session.entries.push_back(proof_entry(request, false, ("passkey: " + refusal.why).c_str()));
    return refuse_shown();
  }
  const auto done =
      record::note_passkey_used(session.connection, (*checked)->passkey.id, (*checked)->counter, now_us)
          .and_then(
              [&] { return record::forget_attempts(session.connection, record::attempt_of_passkey(own)); })
          .and_then([&] { return record::note_proof(session.connection, request.open->hash, now_us); });
  if (!done) return record::refuse(done.error());
  session.entries.push_back(proof_entry(request, true, "passkey"));
  return no_content();
}

}  // namespace

void begin_proof_by_passkey(AppContext& context, const SharedRequest& request, const http::Respond& respond,
                            const record::webauthn::Site& site) {
  if (auto problem = Fields{request->body}.problem()) return respond(std::move(*problem));
  write(context, request, respond, [=](const WriteTransaction& session) -> record::Outcome<http::Response> {
    const auto passkeys = record::passkeys_of(session.connection, request->open->session.account.id);
    if (!passkeys) return record::refuse(passkeys.error());
    if (passkeys->empty()) return refused(404, word::kNotFound, "the account has no passkey");
    const auto challenge = record::new_passkey_challenge(session.connection, record::webauthn::Ceremony::get,
                                                         request->open->hash, session.now_ms * 1000);
    if (!challenge) return record::refuse(challenge.error());
    fhir::Json own = fhir::Json::array();
    for (const auto& one : *passkeys) own.push_back(passkey_descriptor(one));
    return json_answer(200, {{"challenge", *challenge}, {"site", site.id}, {"passkeys", std::move(own)}});
  });
}

void prove_by_passkey(AppContext& context, const SharedRequest& request, const http::Respond& respond,
                      const record::webauthn::Site& site) {
  Fields fields{request->body};
  auto shown = read_shown_passkey(fields, site);
  if (auto problem = fields.problem()) return respond(std::move(*problem));
  if (!may_try(context, *request, respond)) return;
  if (!shown) {
    context.record.note(proof_entry(*request, false, ("passkey: " + shown.error()).c_str()));
    return respond(refuse_shown());
  }
  write(context, request, respond, [=, &context, shown = std::move(*shown)](const WriteTransaction& session) {
    return check_shown(context, *request, session, shown, site);
  });
}

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

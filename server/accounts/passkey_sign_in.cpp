// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/sign_in.h"
#include "server/accounts/handlers.h"
#include "server/accounts/new_session.h"
#include "server/accounts/passkey_assertion.h"
#include "server/accounts/passkey_site.h"
#include "server/authentication/session_cookie.h"

// Signing in by a passkey, without a name (docs/operations/access.md#passkeys).
namespace reprise::server {
namespace {

using record::AuditAct;
using record::AuditOutcome;
using record::WriteTransaction;

struct Shown {
  ShownPasskey passkey;
  bool stay = false;
};

/// All refusals look the same to the browser; the reason is in the audit log.
http::Response refuse_passkey() {
  return refused(401, word::kWrongCredentials, "the passkey is unknown here, or was not accepted");
}

record::AuditEntry refused_entry(const AppRequest& request, const std::string& why,
                                 const std::string& account = {}) {
  auto entry = entry_of(request, AuditAct::sign_in, AuditOutcome::refused);
  entry.account = account;
  return with_reason(std::move(entry), "passkey: " + why);
}

record::Outcome<http::Response> start_session(const AppContext& context, const AppRequest& request,
                                              const WriteTransaction& session, const Shown& shown,
                                              const VerifiedPasskey& verified) {
  const std::int64_t now_us = session.now_ms * 1000;
  const record::Passkey& passkey = verified.passkey;
  const auto account = record::find_account(session.connection, passkey.account);
  if (!account) return record::refuse(account.error());
  const record::Stay stay = stay_of(context.options, *account, shown.stay);
  const auto signed_in =
      record::note_passkey_used(session.connection, passkey.id, verified.counter, now_us).and_then([&] {
        return record::sign_in_by_passkey(
            session.connection, passkey.account, now_us,
            {request.place, request.open ? std::string_view{request.open->hash} : std::string_view{}, stay});
      });
  if (!signed_in) return record::refuse(signed_in.error());
  session.entries.push_back(
      with_reason(entry_of(request, AuditAct::sign_in, AuditOutcome::success, account->value()),
                  stay.longest_us > 0 ? "passkey, stays on the device" : "passkey"));
  return show_new_session(request, session, signed_in->session);
}

/// A refusal is an answer, so that the used challenge and the counted attempt are kept.
record::Outcome<http::Response> check(AppContext& context, const AppRequest& request,
                                      const WriteTransaction& session, const Shown& shown,
                                      const record::webauthn::Site& site, const std::string& pending) {
  const auto checked = verify_passkey(session, shown.passkey, site, pending, shown.passkey.user);
  if (!checked) return record::refuse(checked.error());
  if (*checked) return start_session(context, request, session, shown, **checked);
  const RefusedPasskey& refusal = checked->error();
  if (refusal.why.empty()) {
    return rate_limited(context, request, refusal.wait_until_us - session.now_ms * 1000, refusal.account);
  }
  session.entries.push_back(refused_entry(request, refusal.why, refusal.account));
  return refuse_passkey();
}

}  // namespace

void begin_passkey_sign_in(AppContext& context, const SharedRequest& request, const http::Respond& respond,
                           const record::webauthn::Site& site) {
  if (auto problem = Fields{request->body}.problem()) return respond(std::move(*problem));
  if (!may_try(context, *request, respond)) return;
  write(context, request, respond, [=](const WriteTransaction& session) -> record::Outcome<http::Response> {
    // Without an open session the browser gets the secret of one that is pending: the challenge is its own.
    const record::Secret pending = record::new_secret();
    const auto challenge = record::new_passkey_challenge(session.connection, record::webauthn::Ceremony::get,
                                                         request->open ? request->open->hash : pending.hash,
                                                         session.now_ms * 1000);
    if (!challenge) return record::refuse(challenge.error());
    auto response = json_answer(200, {{"challenge", *challenge}, {"site", site.id}});
    if (!request->open) response.fields.push_back(keep_session(pending.text, request->secure));
    return response;
  });
}

void sign_in_by_passkey(AppContext& context, const SharedRequest& request, const http::Respond& respond,
                        const record::webauthn::Site& site) {
  Fields fields{request->body};
  auto read = read_shown_passkey(fields, site);
  const bool stay = fields.flag("stay").value_or(false);
  if (auto problem = fields.problem()) return respond(std::move(*problem));
  if (!may_try(context, *request, respond)) return;
  if (!read) {
    context.record.note(refused_entry(*request, read.error()));
    return respond(refuse_passkey());
  }
  const std::string pending = record::hash_of_secret(request->shown_secret).value_or(std::string{});
  const Shown shown{std::move(*read), stay};
  write(context, request, respond, [=, &context](const WriteTransaction& session) {
    return check(context, *request, session, shown, site, pending);
  });
}

}  // namespace reprise::server

// SPDX-License-Identifier: Apache-2.0
#include "base/base64.h"
#include "record/accounts/attempt_store.h"
#include "record/accounts/passkey.h"
#include "record/accounts/sign_in.h"
#include "record/webauthn/ceremony.h"
#include "server/accounts/handlers.h"
#include "server/accounts/new_session.h"
#include "server/accounts/passkey_site.h"
#include "server/authentication/session_cookie.h"

// Signing in by a passkey, without a name (docs/operations/access.md#passkeys).
namespace reprise::server {
namespace {

using record::AuditAct;
using record::AuditOutcome;
using record::WriteTransaction;

struct Shown {
  std::string credential;  ///< base64url
  std::string user;        ///< the account's id, as the authenticator keeps it
  record::webauthn::Assertion assertion;
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

/// Reads what the browser sent. An error is the reason.
tl::expected<Shown, std::string> read_shown(Fields& fields, const record::webauthn::Site& site) {
  Shown shown;
  shown.credential = fields.text("id");
  shown.stay = fields.flag("stay").value_or(false);
  const auto client_text = from_base64url(fields.text("clientData"));
  const auto data = from_base64url(fields.text("authenticatorData"));
  const auto signature = from_base64url(fields.text("signature"));
  const auto user = from_base64url(fields.text("user"));
  if (!client_text || !data || !signature || !user)
    return tl::unexpected(std::string{"it is not in base64url"});
  auto client = record::webauthn::read_client_data(*client_text, record::webauthn::Ceremony::get, site);
  if (!client) return tl::unexpected(client.error().cause);
  shown.user = *user;
  shown.assertion = {std::move(*client), *data, *signature};
  return shown;
}

record::Outcome<http::Response> start_session(const AppContext& context, const AppRequest& request,
                                              const WriteTransaction& session, const Shown& shown,
                                              const record::Passkey& passkey, std::uint32_t counter) {
  const std::int64_t now_us = session.now_ms * 1000;
  const auto account = record::find_account(session.connection, passkey.account);
  if (!account) return record::refuse(account.error());
  const record::Stay stay = stay_of(context.options, *account, shown.stay);
  const auto signed_in =
      record::note_passkey_used(session.connection, passkey.id, counter, now_us).and_then([&] {
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
  const std::int64_t now_us = session.now_ms * 1000;
  const auto valid = record::use_passkey_challenge(session.connection, shown.assertion.client_data.challenge,
                                                   record::webauthn::Ceremony::get, pending, now_us);
  if (!valid) return record::refuse(valid.error());
  const auto refuse = [&](const std::string& why, const std::string& account = {}) {
    session.entries.push_back(refused_entry(request, why, account));
    return refuse_passkey();
  };
  if (!*valid) return refuse("the challenge was used, has ended, or is of another browser");
  const auto passkey = record::find_passkey(session.connection, shown.credential);
  if (!passkey) return record::refuse(passkey.error());
  if (!*passkey) return refuse("it is unknown");
  const std::string& account = (*passkey)->account;
  const auto wait =
      record::count_attempt(session.connection, record::attempt_of_passkey(account), now_us, {});
  if (!wait) return record::refuse(wait.error());
  if (*wait) return rate_limited(context, request, **wait - now_us, account);
  if (shown.user != account) return refuse("it is of another account", account);
  const auto counter =
      record::webauthn::verify_assertion(shown.assertion, (*passkey)->key, (*passkey)->counter, site);
  if (!counter) return refuse(counter.error().cause, account);
  return start_session(context, request, session, shown, **passkey, *counter);
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
  auto shown = read_shown(fields, site);
  if (auto problem = fields.problem()) return respond(std::move(*problem));
  if (!may_try(context, *request, respond)) return;
  if (!shown) {
    context.record.note(refused_entry(*request, shown.error()));
    return respond(refuse_passkey());
  }
  const std::string pending = record::hash_of_secret(request->shown_secret).value_or(std::string{});
  write(context, request, respond, [=, &context, shown = std::move(*shown)](const WriteTransaction& session) {
    return check(context, *request, session, shown, site, pending);
  });
}

}  // namespace reprise::server

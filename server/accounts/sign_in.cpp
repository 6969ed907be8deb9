// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/sign_in.h"

#include "record/accounts/push_subscription.h"
#include "record/accounts/second_factor.h"
#include "record/accounts/totp.h"
#include "server/accounts/credentials.h"
#include "server/accounts/handlers.h"
#include "server/accounts/new_session.h"
#include "server/accounts/passkey_site.h"
#include "server/app_api/documents.h"
#include "server/app_api/qr_code.h"
#include "server/authentication/session_cookie.h"

namespace reprise::server {
namespace {

using record::AuditAct;
using record::AuditOutcome;
using record::WriteTransaction;

constexpr std::size_t kLongestPassword = 512;

struct Typed {
  std::string name;
  std::string password;
  bool stay = false;  ///< the session is to stay on the device
};

void finish(AppContext& context, const SharedRequest& request, const http::Respond& respond,
            const Typed& typed, const std::string& account, const std::string& new_hash) {
  write(context, request, respond,
        [=, &context](const WriteTransaction& session) -> record::Outcome<http::Response> {
          const std::int64_t now_us = session.now_ms * 1000;
          if (!new_hash.empty()) {
            if (auto done = record::rehash_password(session.connection, account, new_hash); !done)
              return record::refuse(done.error());
          }
          const auto found = record::find_account(session.connection, account);
          if (!found) return record::refuse(found.error());
          const record::Stay stay = stay_of(context.options, *found, typed.stay);
          const auto signed_in =
              record::finish_sign_in(session.connection, typed.name, account, request->place,
                                     request->open ? request->open->hash : std::string{}, now_us, {}, stay);
          if (!signed_in) return record::refuse(signed_in.error());
          session.entries.push_back(
              with_reason(entry_of(*request, AuditAct::sign_in, AuditOutcome::success, found->value()),
                          stay.longest_us > 0 ? "password, stays on the device" : "password"));
          return show_new_session(*request, session, signed_in->session);
        });
}

// On the password thread.
void compare(AppContext& context, const SharedRequest& request, const http::Respond& respond,
             const Typed& typed, const record::SignInAttempt& attempt) {
  const auto& cost = context.options.password_cost;
  const auto check = record::check_password(attempt.password_hash, typed.password, cost);
  if (!check.right || !attempt.account) {
    auto entry = entry_of(*request, AuditAct::sign_in, AuditOutcome::refused);
    entry.account = attempt.account.value_or(std::string{});
    context.record.note(with_reason(std::move(entry), "password"));
    return respond(refused(401, word::kWrongCredentials, "the name or the password is wrong"));
  }
  std::string new_hash;
  if (check.rehash) new_hash = record::hash_password(typed.password, cost).value_or(std::string{});
  finish(context, request, respond, typed, *attempt.account, new_hash);
}

}  // namespace

void show_session(AppContext& context, const SharedRequest& request, record::Connection& connection,
                  const http::Respond& respond) {
  fhir::Json document = request->open ? session_document(&request->open->session, request->open->secret)
                                      : session_document(nullptr, {});
  if (request->open && request->open->session.account.has_second_factor &&
      request->open->session.stage == record::SessionStage::full) {
    const auto left = record::count_recovery_codes(connection, request->open->session.account.id);
    if (!left) return respond_read(request, respond, record::refuse(left.error()));
    document["recoveryCodesLeft"] = *left;
  }
  const auto& [name, phone, emergency_number] = context.options.clinic;
  if (!name.empty() || !phone.empty() || !emergency_number.empty())
    document["clinic"] = {{"name", name}, {"phone", phone}, {"emergencyNumber", emergency_number}};
  document["extraLanguages"] = context.options.extra_languages;
  if (context.options.stay.longest_us > 0) {
    document["stay"] = {{"days", context.options.stay.longest_us / in_us(std::chrono::days{1})},
                        {"staff", context.options.staff_may_stay}};
  }
  if (const auto site = passkey_site(context.options, *request)) document["passkeys"] = site->origin;
  if (mails_password_resets(context.options)) document["mailsPasswordResets"] = true;
  if (const auto filling = context.options.filling())
    document["filling"] = {{"patients", filling->first}, {"of", filling->second}};
  respond_read(request, respond, json_answer(200, document));
}

void sign_in(AppContext& context, const SharedRequest& request, record::Connection&,
             const http::Respond& respond) {
  Fields fields{request->body};
  Typed typed{fields.text("name"), fields.text("password"), fields.flag("stay").value_or(false)};
  if (auto problem = fields.problem()) return respond(std::move(*problem));
  if (typed.password.size() > kLongestPassword) {
    return respond(refused(401, word::kWrongCredentials, "the name or the password is wrong"));
  }
  if (!may_try(context, *request, respond)) return;
  with_password_attempt(context, request, respond, typed.name,
                        [=, &context](const record::SignInAttempt& attempt) {
                          compare(context, request, respond, typed, attempt);
                        });
}

void sign_out(AppContext& context, const SharedRequest& request, record::Connection&,
              const http::Respond& respond) {
  write(context, request, respond,
        [request](const WriteTransaction& session) -> record::Outcome<http::Response> {
          if (request->open) {
            auto ended = record::end_push_of_session(session.connection, request->open->hash);
            if (!ended) return record::refuse(ended.error());
            if (auto done = record::end_session(session.connection, request->open->hash); !done)
              return record::refuse(done.error());
            session.entries.push_back(entry_of(*request, AuditAct::sign_out));
          }
          auto response = no_content();
          response.fields.push_back(forget_session(request->secure));
          response.fields.push_back({"clear-site-data", "\"cache\""});
          return response;
        });
}

void pass_second_factor(AppContext& context, const SharedRequest& request, record::Connection&,
                        const http::Respond& respond) {
  Fields fields{request->body};
  const std::string code = fields.text("code");
  if (auto problem = fields.problem()) return respond(std::move(*problem));
  if (!may_try(context, *request, respond)) return;
  write(context, request, respond,
        [=, &context](const WriteTransaction& session) -> record::Outcome<http::Response> {
          const std::int64_t now_us = session.now_ms * 1000;
          const auto tried = record::pass_second_factor(session.connection, request->open->session,
                                                        request->open->hash, code, now_us);
          if (!tried) return record::refuse(tried.error());
          if (tried->check == record::SecondFactorCheck::wait)
            return rate_limited(context, *request, tried->wait_until_us - now_us);
          const bool right = tried->check == record::SecondFactorCheck::right;
          session.entries.push_back(with_reason(
              entry_of(*request, AuditAct::sign_in, right ? AuditOutcome::success : AuditOutcome::refused),
              tried->by_recovery_code ? "recovery code" : "code of the app"));
          if (!right) return refused(401, word::kWrongCode, "the code is wrong, or was used already");
          auto response = show_new_session(*request, session, *tried->session);
          if (response && tried->by_recovery_code) {
            auto document = fhir::Json::parse(response->body);
            document["recoveryCodesLeft"] = tried->recovery_codes_left;
            response->body = document.dump();
          }
          return response;
        });
}

void begin_enrolment(AppContext& context, const SharedRequest& request, record::Connection&,
                     const http::Respond& respond) {
  if (auto problem = Fields{request->body}.problem()) return respond(std::move(*problem));
  write(context, request, respond,
        [request,
         site = context.options.site](const WriteTransaction& session) -> record::Outcome<http::Response> {
          const auto& account = request->open->session.account;
          const auto secret = record::begin_enrolment(session.connection, {account.id, request->open->hash});
          if (!secret) return record::refuse(secret.error());
          if (!*secret) return refused(409, word::kInvalid, "the account has its second factor already");
          const std::string uri = record::totp_uri(**secret, site, account.name);
          return json_answer(200,
                             {{"secret", record::to_base32(**secret)}, {"uri", uri}, {"qr", qr_code(uri)}});
        });
}

void confirm_enrolment(AppContext& context, const SharedRequest& request, record::Connection&,
                       const http::Respond& respond) {
  Fields fields{request->body};
  const std::string code = fields.text("code");
  if (auto problem = fields.problem()) return respond(std::move(*problem));
  write(context, request, respond, [=](const WriteTransaction& session) -> record::Outcome<http::Response> {
    const std::int64_t now_us = session.now_ms * 1000;
    const auto codes = record::confirm_enrolment(
        session.connection, {request->open->session.account.id, request->open->hash}, code, now_us);
    if (!codes) return record::refuse(codes.error());
    if (!*codes) return refused(422, word::kWrongCode, "the code is not that of the app");
    const auto secret =
        record::complete_session(session.connection, request->open->session, request->open->hash, now_us);
    if (!secret) return record::refuse(secret.error());
    session.entries.push_back(entry_of(*request, AuditAct::account_change));
    return show_new_session(*request, session, *secret, {{"recoveryCodes", **codes}});
  });
}

}  // namespace reprise::server

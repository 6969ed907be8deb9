#include "record/accounts/sign_in.h"

#include "record/accounts/second_factor.h"
#include "record/accounts/totp.h"
#include "server/accounts/handlers.h"
#include "server/app_api/documents.h"
#include "server/app_api/qr_code.h"
#include "server/authentication/session_cookie.h"

namespace reprise::server {
namespace {

using record::AuditAct;
using record::AuditOutcome;
using record::WriteTransaction;

constexpr std::size_t kLongestPassword = 512;

/// The new session's document, and its cookie.
record::Outcome<http::Response> show_new_session(const AppRequest& call, const WriteTransaction& session,
                                                 const record::Secret& secret, fhir::Json more = {}) {
  const auto found = record::find_session(session.connection, secret.hash, session.now_ms * 1000);
  if (!found) return record::refuse(found.error());
  fhir::Json document = session_document(*found ? &**found : nullptr, secret.text);
  if (!more.is_null()) {
    more["session"] = std::move(document);
    document = std::move(more);
  }
  auto response = json_answer(200, document);
  response.fields.push_back(keep_session(secret.text, call.secure));
  return response;
}

struct Typed {
  std::string name;
  std::string password;
};

void finish(AppContext& desk, const SharedRequest& call, const http::Respond& respond,
            const std::string& name, const std::string& account, const std::string& new_hash) {
  write(desk, call, respond, [=](const WriteTransaction& session) -> record::Outcome<http::Response> {
    const std::int64_t now_us = session.now_ms * 1000;
    if (!new_hash.empty()) {
      if (auto done = record::rehash_password(session.connection, account, new_hash); !done)
        return record::refuse(done.error());
    }
    const auto signed_in = record::finish_sign_in(session.connection, name, account, call->place,
                                                  call->open ? call->open->hash : std::string{}, now_us);
    if (!signed_in) return record::refuse(signed_in.error());
    const auto found = record::find_account(session.connection, account);
    if (!found) return record::refuse(found.error());
    session.entries.push_back(
        with_reason(entry_of(*call, AuditAct::sign_in, AuditOutcome::success, found->value()), "password"));
    return show_new_session(*call, session, signed_in->session);
  });
}

// On the password thread.
void compare(AppContext& desk, const SharedRequest& call, const http::Respond& respond, const Typed& typed,
             const record::SignInAttempt& attempt) {
  const auto& cost = desk.options.password_cost;
  const auto check = record::check_password(attempt.password_hash, typed.password, cost);
  if (!check.right || !attempt.account) {
    auto entry = entry_of(*call, AuditAct::sign_in, AuditOutcome::refused);
    entry.account = attempt.account.value_or(std::string{});
    desk.record.note(with_reason(std::move(entry), "password"));
    return respond(refused(401, word::kWrongCredentials, "the name or the password is wrong"));
  }
  std::string new_hash;
  if (check.rehash) new_hash = record::hash_password(typed.password, cost).value_or(std::string{});
  finish(desk, call, respond, typed.name, *attempt.account, new_hash);
}

}  // namespace

void show_session(AppContext& desk, const SharedRequest& call, record::Connection& connection,
                  const http::Respond& respond) {
  fhir::Json document =
      call->open ? session_document(&call->open->session, call->open->secret) : session_document(nullptr, {});
  if (call->open && call->open->session.account.has_second_factor &&
      call->open->session.stage == record::SessionStage::full) {
    const auto left = record::count_recovery_codes(connection, call->open->session.account.id);
    if (!left) return respond_read(call, respond, record::refuse(left.error()));
    document["recoveryCodesLeft"] = *left;
  }
  if (const auto filling = desk.options.filling())
    document["filling"] = {{"patients", filling->first}, {"of", filling->second}};
  respond_read(call, respond, json_answer(200, document));
}

void sign_in(AppContext& desk, const SharedRequest& call, record::Connection&, const http::Respond& respond) {
  Fields fields{call->body};
  Typed typed{fields.text("name"), fields.text("password")};
  if (auto problem = fields.problem()) return respond(std::move(*problem));
  if (typed.password.size() > kLongestPassword) {
    return respond(refused(401, word::kWrongCredentials, "the name or the password is wrong"));
  }
  if (!may_try(desk, *call, respond)) return;
  auto attempt = std::make_shared<record::SignInAttempt>();
  auto begun = std::make_shared<std::int64_t>(0);
  desk.record.write(
      {[=](const WriteTransaction& session) -> std::optional<record::Refusal> {
         auto tried = record::begin_sign_in(session.connection, typed.name, session.now_ms * 1000);
         if (!tried) return record::refuse(tried.error()).value();
         *attempt = std::move(*tried);
         *begun = session.now_ms * 1000;
         return {};
       },
       [=, &desk](const std::optional<record::Refusal>& refusal) {
         if (refusal) return respond_read(call, respond, tl::unexpected(*refusal));
         if (attempt->wait_until_us)
           return respond(told_to_wait(desk, *call, *attempt->wait_until_us - *begun,
                                       attempt->account.value_or(std::string{})));
         with_password(desk, respond, [=, &desk] { compare(desk, call, respond, typed, *attempt); });
       }});
}

void sign_out(AppContext& desk, const SharedRequest& call, record::Connection&,
              const http::Respond& respond) {
  write(desk, call, respond, [call](const WriteTransaction& session) -> record::Outcome<http::Response> {
    if (call->open) {
      if (auto done = record::end_session(session.connection, call->open->hash); !done)
        return record::refuse(done.error());
      session.entries.push_back(entry_of(*call, AuditAct::sign_out));
    }
    auto response = no_content();
    response.fields.push_back(forget_session(call->secure));
    response.fields.push_back({"clear-site-data", "\"cache\""});
    return response;
  });
}

void pass_second_factor(AppContext& desk, const SharedRequest& call, record::Connection&,
                        const http::Respond& respond) {
  Fields fields{call->body};
  const std::string code = fields.text("code");
  if (auto problem = fields.problem()) return respond(std::move(*problem));
  if (!may_try(desk, *call, respond)) return;
  write(desk, call, respond, [=, &desk](const WriteTransaction& session) -> record::Outcome<http::Response> {
    const std::int64_t now_us = session.now_ms * 1000;
    const auto tried =
        record::pass_second_factor(session.connection, call->open->session, call->open->hash, code, now_us);
    if (!tried) return record::refuse(tried.error());
    if (tried->check == record::SecondFactorCheck::wait)
      return told_to_wait(desk, *call, tried->wait_until_us - now_us);
    const bool right = tried->check == record::SecondFactorCheck::right;
    session.entries.push_back(
        with_reason(entry_of(*call, AuditAct::sign_in, right ? AuditOutcome::success : AuditOutcome::refused),
                    tried->by_recovery_code ? "recovery code" : "code of the app"));
    if (!right) return refused(401, word::kWrongCode, "the code is wrong, or was used already");
    auto response = show_new_session(*call, session, *tried->session);
    if (response && tried->by_recovery_code) {
      auto document = fhir::Json::parse(response->body);
      document["recoveryCodesLeft"] = tried->recovery_codes_left;
      response->body = document.dump();
    }
    return response;
  });
}

void begin_enrolment(AppContext& desk, const SharedRequest& call, record::Connection&,
                     const http::Respond& respond) {
  if (auto problem = Fields{call->body}.problem()) return respond(std::move(*problem));
  write(desk, call, respond,
        [call, site = desk.options.site](const WriteTransaction& session) -> record::Outcome<http::Response> {
          const auto& account = call->open->session.account;
          const auto secret = record::begin_enrolment(session.connection, {account.id, call->open->hash});
          if (!secret) return record::refuse(secret.error());
          if (!*secret) return refused(409, word::kInvalid, "the account has its second factor already");
          const std::string uri = record::totp_uri(**secret, site, account.name);
          return json_answer(200,
                             {{"secret", record::to_base32(**secret)}, {"uri", uri}, {"qr", qr_code(uri)}});
        });
}

void confirm_enrolment(AppContext& desk, const SharedRequest& call, record::Connection&,
                       const http::Respond& respond) {
  Fields fields{call->body};
  const std::string code = fields.text("code");
  if (auto problem = fields.problem()) return respond(std::move(*problem));
  write(desk, call, respond, [=](const WriteTransaction& session) -> record::Outcome<http::Response> {
    const std::int64_t now_us = session.now_ms * 1000;
    const auto codes = record::confirm_enrolment(
        session.connection, {call->open->session.account.id, call->open->hash}, code, now_us);
    if (!codes) return record::refuse(codes.error());
    if (!*codes) return refused(422, word::kWrongCode, "the code is not that of the app");
    const auto secret =
        record::complete_session(session.connection, call->open->session, call->open->hash, now_us);
    if (!secret) return record::refuse(secret.error());
    session.entries.push_back(entry_of(*call, AuditAct::account_change));
    return show_new_session(*call, session, *secret, {{"recoveryCodes", **codes}});
  });
}

}  // namespace reprise::server

#include "record/accounts/attempt_store.h"
#include "record/accounts/second_factor.h"
#include "record/accounts/sign_in.h"
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
  record::SignInAttempt attempt;
  std::int64_t begun_us = 0;
};

// On the password thread.
void compare_and_store(AppContext& context, const SharedRequest& request, const http::Respond& respond,
                       const PasswordChange& change) {
  const auto& cost = context.options.password_cost;
  if (!record::check_password(change.attempt.password_hash, change.old_password, cost).right) {
    context.record.note(
        with_reason(entry_of(*request, AuditAct::account_change, AuditOutcome::refused), "password"));
    return respond(refused(403, word::kWrongCredentials, "the old password is wrong"));
  }
  const auto hash = record::hash_password(change.new_password, cost);
  if (!hash) return respond_read(request, respond, record::refuse(hash.error()));
  write(context, request, respond,
        [request, hash = *hash, change](const WriteTransaction& session) -> record::Outcome<http::Response> {
          auto done =
              record::set_password(session.connection, change.account, hash,
                                   {.session = request->open->hash, .tokens = change.keep_tokens})
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
  auto change = std::make_shared<PasswordChange>();
  change->old_password = fields.text("old");
  change->new_password = fields.text("new");
  change->keep_tokens = fields.flag("keepTokens").value_or(false);
  change->name = account.name;
  change->account = account.id;
  if (auto problem = fields.problem()) return respond(std::move(*problem));
  if (auto weak = record::problem_in_password(change->new_password, account.name, context.site_words)) {
    return respond(refused(422, word::kWeakPassword, "the new password " + *weak));
  }
  if (!may_try(context, *request, respond)) return;
  // Password attempts in an open session count as they do at sign-in, in case another person found it.
  context.record.write({[change](const WriteTransaction& session) -> std::optional<record::Refusal> {
                          change->begun_us = session.now_ms * 1000;
                          auto tried =
                              record::begin_sign_in(session.connection, change->name, change->begun_us);
                          if (!tried) return record::refuse(tried.error()).value();
                          change->attempt = std::move(*tried);
                          return {};
                        },
                        [=, &context](const std::optional<record::Refusal>& refusal) {
                          if (refusal) return respond_read(request, respond, tl::unexpected(*refusal));
                          if (const auto until = change->attempt.wait_until_us)
                            return respond(rate_limited(context, *request, *until - change->begun_us));
                          with_password(context, respond, [=, &context] {
                            compare_and_store(context, request, respond, *change);
                          });
                        }});
}

void renew_recovery_codes(AppContext& context, const SharedRequest& request, record::Connection&,
                          const http::Respond& respond) {
  Fields fields{request->body};
  const std::string code = fields.text("code");
  if (auto problem = fields.problem()) return respond(std::move(*problem));
  if (!may_try(context, *request, respond)) return;
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
          session.entries.push_back(
              with_reason(entry_of(*request, AuditAct::account_change,
                                   used->right ? AuditOutcome::success : AuditOutcome::refused),
                          used->by_recovery_code ? "recovery code" : "code of the app"));
          if (!used->right) return refused(403, word::kWrongCode, "the code is wrong, or was used already");
          if (auto done = record::forget_attempts(session.connection, subject); !done)
            return record::refuse(done.error());
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

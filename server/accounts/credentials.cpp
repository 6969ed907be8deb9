// SPDX-License-Identifier: Apache-2.0
#include "server/accounts/credentials.h"

#include "record/accounts/attempt_store.h"
#include "record/accounts/second_factor.h"
#include "server/app_api/documents.h"

namespace reprise::server {

void with_password_attempt(AppContext& context, const SharedRequest& request, const http::Respond& respond,
                           const std::string& name,
                           std::function<void(const record::SignInAttempt&)> compare) {
  auto attempt = std::make_shared<record::SignInAttempt>();
  auto begun_us = std::make_shared<std::int64_t>(0);
  context.record.write(
      {[=](const record::WriteTransaction& session) -> std::optional<record::Refusal> {
         *begun_us = session.now_ms * 1000;
         auto tried = record::begin_sign_in(session.connection, name, *begun_us);
         if (!tried) return record::refuse(tried.error()).value();
         *attempt = std::move(*tried);
         return {};
       },
       [=, &context, compare = std::move(compare)](const std::optional<record::Refusal>& refusal) {
         if (refusal) return respond_read(request, respond, tl::unexpected(*refusal));
         if (attempt->wait_until_us) {
           return respond(rate_limited(context, *request, *attempt->wait_until_us - *begun_us,
                                       attempt->account.value_or(std::string{})));
         }
         with_password(context, respond, [=] { compare(*attempt); });
       }});
}

record::Outcome<std::optional<http::Response>> refuse_second_factor(AppContext& context,
                                                                    const AppRequest& request,
                                                                    const record::WriteTransaction& session,
                                                                    const std::string& code,
                                                                    record::AuditAct act) {
  const std::string& account = request.open->session.account.id;
  const std::string subject = record::attempt_of_second_factor(account);
  const std::int64_t now_us = session.now_ms * 1000;
  const auto wait = record::count_attempt(session.connection, subject, now_us, {});
  if (!wait) return record::refuse(wait.error());
  if (*wait) return rate_limited(context, request, **wait - now_us);
  const auto used = record::use_second_factor(session.connection, account, code, now_us);
  if (!used) return record::refuse(used.error());
  const auto outcome = used->right ? record::AuditOutcome::success : record::AuditOutcome::refused;
  session.entries.push_back(with_reason(entry_of(request, act, outcome),
                                        used->by_recovery_code ? "recovery code" : "code of the app"));
  if (!used->right) return refused(403, word::kWrongCode, "the code is wrong, or was used already");
  if (auto done = record::forget_attempts(session.connection, subject); !done)
    return record::refuse(done.error());
  return std::nullopt;
}

}  // namespace reprise::server

// SPDX-License-Identifier: Apache-2.0
#include "server/accounts/new_session.h"

#include "server/app_api/documents.h"
#include "server/authentication/session_cookie.h"

namespace reprise::server {
namespace {

/// Returns how long the cookie of a session that stays is kept; 0: until the browser closes.
std::int64_t stay_s(const record::LoginSession& open, const record::WriteTransaction& session) {
  if (open.stage != record::SessionStage::full || open.stay.longest_us <= 0) return 0;
  return (open.ends_us - session.now_ms * 1000) / 1'000'000;
}

}  // namespace

record::Stay stay_of(const AppApiOptions& options, const std::optional<record::Account>& account,
                     bool chosen) {
  if (!chosen || !account) return {};
  return options.staff_may_stay || !record::needs_second_factor(account->role) ? options.stay
                                                                               : record::Stay{};
}

record::Outcome<http::Response> show_new_session(const AppRequest& request,
                                                 const record::WriteTransaction& session,
                                                 const record::Secret& secret, fhir::Json more) {
  const auto found = record::find_session(session.connection, secret.hash, session.now_ms * 1000);
  if (!found) return record::refuse(found.error());
  fhir::Json document = session_document(*found ? &**found : nullptr, secret.text);
  if (!more.is_null()) {
    more["session"] = std::move(document);
    document = std::move(more);
  }
  auto response = json_answer(200, document);
  response.fields.push_back(keep_session(secret.text, request.secure, *found ? stay_s(**found, session) : 0));
  return response;
}

}  // namespace reprise::server

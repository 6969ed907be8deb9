// SPDX-License-Identifier: Apache-2.0
#include "server/authentication/authenticate.h"

#include "base/text.h"
#include "record/accounts/api_token.h"
#include "record/accounts/secret.h"
#include "record/store/writer.h"
#include "server/authentication/session_cookie.h"

namespace reprise::server {
namespace {

using record::RefusalKind;

tl::unexpected<record::Refusal> unknown(std::string why) {
  return record::refuse(RefusalKind::unknown, fhir::IssueType::login, std::move(why));
}

record::Outcome<AuthenticatedRequest> known(record::Principal principal, std::string seen_session,
                                            record::Connection& connection, std::int64_t now_us) {
  auto allowed = accessible_patients(connection, principal, now_us);
  if (!allowed) return record::refuse(allowed.error());
  return AuthenticatedRequest{record::Permission{std::move(principal), std::move(*allowed)},
                              std::move(seen_session)};
}

record::Outcome<AuthenticatedRequest> by_token(std::string_view field, record::Connection& connection,
                                               std::int64_t now_us) {
  constexpr std::string_view kBearer = "Bearer ";
  if (!same_word(field.substr(0, kBearer.size()), kBearer)) {
    return unknown("the header Authorization holds no token (Bearer …)");
  }
  const auto hash = record::hash_of_secret(field.substr(kBearer.size()));
  if (!hash) return unknown("the token is none of this server");
  const auto token = find_token(connection, *hash, now_us);
  if (!token) return record::refuse(token.error());
  if (!*token) return unknown("the token is not valid, or no longer");
  return known(principal_of(**token), {}, connection, now_us);
}

}  // namespace

record::Outcome<std::optional<OpenSession>> session_of(const http::Request& request,
                                                       record::Connection& connection, std::int64_t now_us) {
  std::string secret = session_secret_of(request);
  auto hash = record::hash_of_secret(secret);
  if (!hash) return std::optional<OpenSession>{};
  auto found = record::find_session(connection, *hash, now_us);
  if (!found) return record::refuse(found.error());
  if (!*found) return std::optional<OpenSession>{};
  return std::optional<OpenSession>{OpenSession{std::move(**found), std::move(secret), std::move(*hash)}};
}

bool is_from_own_page(const http::Request& request, std::string_view session_secret) {
  if (request.method == "GET" || request.method == "HEAD") return true;
  const std::string* shown = http::find_field(request.fields, "x-csrf-token");
  return shown != nullptr && record::is_csrf_token(session_secret, *shown);
}

record::Outcome<AuthenticatedRequest> authenticate(const http::Request& request,
                                                   record::Connection& connection) {
  const std::int64_t now_us = record::milliseconds_now() * 1000;
  if (const std::string* field = http::find_field(request.fields, "authorization")) {
    return by_token(*field, connection, now_us);
  }
  auto open = session_of(request, connection, now_us);
  if (!open) return tl::unexpected(std::move(open.error()));
  if (!*open)
    return unknown(
        "the request is not authenticated. It needs a token (Authorization: Bearer …) or a session");
  const OpenSession& one = **open;
  if (one.session.stage != record::SessionStage::full) return unknown("signing in is not complete");
  if (!is_from_own_page(request, one.secret)) {
    return record::refuse(RefusalKind::forbidden, fhir::IssueType::forbidden,
                          "the request does not come from a page of this session (X-CSRF-Token)");
  }
  return known(principal_of(one.session), should_note_seen(one.session, now_us) ? one.hash : std::string{},
               connection, now_us);
}

void note_seen(record::Record& record, std::string session_hash) {
  record.write({[hash = std::move(session_hash)](
                    const record::WriteTransaction& session) -> std::optional<record::Refusal> {
                  const auto noted = record::note_seen(session.connection, hash, session.now_ms * 1000);
                  if (!noted) return record::refuse(noted.error()).value();
                  return {};
                },
                [](const std::optional<record::Refusal>&) {}});  // the session is found again without it
}

}  // namespace reprise::server

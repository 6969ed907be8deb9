// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "record/accounts/login_session.h"
#include "record/store/permission.h"
#include "record/store/record.h"
#include "server/http/message.h"

// Authentication of requests: a program by its token ("Authorization: Bearer …"), a user by the session's
// cookie.
namespace reprise::server {

/// An open session and its secret.
struct OpenSession {
  record::LoginSession session;
  std::string secret;
  std::string hash;  ///< of the secret
};

/// Returns the session of a request; nullopt if it has none, or one that has ended.
[[nodiscard]] record::Outcome<std::optional<OpenSession>> session_of(const http::Request& request,
                                                                     record::Connection& connection,
                                                                     std::int64_t now_us);

/// Checks the CSRF token (the header X-CSRF-Token) of a changing request. GET and HEAD change nothing.
[[nodiscard]] bool is_from_own_page(const http::Request& request, std::string_view session_secret);

struct AuthenticatedRequest {
  record::Permission permission;
  std::string seen_session;  ///< hash of a session whose last use is to be updated
};

/// Authenticates a request. Refuses: unknown (no credentials, or an invalid or expired token or session);
/// forbidden (a change by a session that is not from its own page).
[[nodiscard]] record::Outcome<AuthenticatedRequest> authenticate(const http::Request& request,
                                                                 record::Connection& connection);

/// Updates a session's last use asynchronously.
void note_seen(record::Record& record, std::string session_hash);

}  // namespace reprise::server

#pragma once

#include "record/accounts/login_session.h"
#include "record/store/permission.h"
#include "record/store/record.h"
#include "server/http/message.h"

// Who sends a request: a program by its token ("Authorization: Bearer …"), or a person by the session's
// cookie.
namespace reprise::server {

/// A session that is open, and its secret.
struct OpenSession {
  record::LoginSession session;
  std::string secret;
  std::string hash;  ///< of the secret
};

/// The session that a request shows; nothing where it shows none, or one that has ended.
[[nodiscard]] record::Outcome<std::optional<OpenSession>> session_of(const http::Request& request,
                                                                     record::Connection& connection,
                                                                     std::int64_t now_us);

/// Whether a request that changes something shows what only a page of the session can know (the header
/// X-CSRF-Token). GET and HEAD change nothing.
[[nodiscard]] bool is_from_own_page(const http::Request& request, std::string_view session_secret);

struct AuthenticatedRequest {
  record::Permission permission;
  std::string seen_session;  ///< hash of a session of which it is to be noted that it is used
};

/// What whoever sends a request may do. Refuses: unknown (nobody, or a token or session that is not or no
/// longer valid); forbidden (a change by a session that is not from its own page).
[[nodiscard]] record::Outcome<AuthenticatedRequest> authenticate(const http::Request& request,
                                                                 record::Connection& connection);

/// Notes, soon, that a session is used.
void note_seen(record::Record& record, std::string session_hash);

}  // namespace reprise::server

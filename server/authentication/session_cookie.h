#pragma once

#include <string>
#include <string_view>

#include "server/http/message.h"

// The cookie that holds the secret of a person's session. Scripts do not see it, and other sites cannot have
// it sent.
namespace reprise::server {

/// The secret that a request shows; empty where it shows none.
[[nodiscard]] std::string session_secret_of(const http::Request& request);

/// Keeps the secret until the browser ends. `secure`: the connection is TLS; then no other site of the same
/// domain can set the cookie either.
[[nodiscard]] http::Field keep_session(std::string_view secret, bool secure);

/// Forgets it.
[[nodiscard]] http::Field forget_session(bool secure);

}  // namespace reprise::server

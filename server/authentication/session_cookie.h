// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "server/http/message.h"

// The session cookie. Scripts cannot read it, and other sites cannot have it sent.
namespace reprise::server {

/// Returns the secret of a request; empty if absent.
[[nodiscard]] std::string session_secret_of(const http::Request& request);

/// Returns the Set-Cookie value that lasts until the browser closes, or `for_s` seconds if positive.
/// `secure`: the connection is TLS; then no other site of the same domain can set the cookie either.
[[nodiscard]] http::Field keep_session(std::string_view secret, bool secure, std::int64_t for_s = 0);

/// Returns the Set-Cookie value that deletes the cookie.
[[nodiscard]] http::Field forget_session(bool secure);

}  // namespace reprise::server

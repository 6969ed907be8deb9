// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "server/http/message.h"

// Responses that are the same for each endpoint.
namespace reprise::server {

/// Adds the security headers that the response does not set itself. `secure`: it goes over TLS.
void add_security(http::Response& response, bool secure);

/// Refuses a request before any endpoint takes it, as an OperationOutcome.
[[nodiscard]] http::Response refused_request(unsigned status, std::string_view reason);

[[nodiscard]] http::Response text_response(const char* media_type, std::string text, unsigned status = 200);

}  // namespace reprise::server

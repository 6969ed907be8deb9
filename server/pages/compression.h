// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "server/http/message.h"

namespace reprise::server {

/// Returns whether a value of the field accept-encoding accepts "br" (RFC 9110, 12.5.3).
[[nodiscard]] bool takes_brotli(std::string_view accept_encoding);

/// Compresses a FHIR resource (RFC 7932) if it is large enough. Responses below /auth are never compressed:
/// they hold secrets beside foreign input, and the length would reveal them.
void compress_resource(http::Response& response);

}  // namespace reprise::server

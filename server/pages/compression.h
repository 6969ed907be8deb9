#pragma once

#include <string_view>

#include "server/http/message.h"

namespace reprise::server {

/// Whether a value of the field accept-encoding takes "br" (RFC 9110, 12.5.3).
[[nodiscard]] bool takes_brotli(std::string_view accept_encoding);

/// Puts a FHIR resource into fewer bytes (RFC 7932), where it is large enough to be worth it. Only that: what
/// stands behind /auth holds secrets beside what others may have written, whose length would tell of them.
void compress_resource(http::Response& response);

}  // namespace reprise::server

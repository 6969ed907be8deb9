#pragma once

#include "record/store/permission.h"
#include "server/http/message.h"

namespace reprise::server {

/// What the token of a request ("Authorization: Bearer …") permits. Refuses: unknown (no token, or one that
/// is not or no longer valid).
[[nodiscard]] record::Outcome<record::Permission> permission_of(const http::Request& request,
                                                                record::Connection& connection);

}  // namespace reprise::server

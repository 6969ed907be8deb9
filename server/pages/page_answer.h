// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "server/http/message.h"

namespace reprise::server {

/// Returns the requested page (`web/pages.h`) with its content security policy, compressed if the client
/// accepts that; nullopt if there is none. `path`: of the target, without the query.
[[nodiscard]] std::optional<http::Response> page_answer(const http::Request& request, std::string_view path);

}  // namespace reprise::server

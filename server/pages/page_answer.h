#pragma once

#include <optional>
#include <string_view>

#include "server/http/message.h"

namespace reprise::server {

/// The page that a request asks for (`web/pages.h`), compressed where its sender takes that, with the policy
/// under which a browser may run it; nothing where there is none. `path`: of the target, without the query.
[[nodiscard]] std::optional<http::Response> page_answer(const http::Request& request, std::string_view path);

}  // namespace reprise::server

#pragma once

#include <optional>
#include <string_view>

#include "server/http/message.h"

namespace reprise::server {

/// The page at a path (`web/pages.h`) with the policy under which a browser may run it; nothing where there
/// is none.
[[nodiscard]] std::optional<http::Response> page_answer(std::string_view path);

}  // namespace reprise::server

#pragma once

#include <string>
#include <string_view>

namespace reprise::server {

/// What pages of this server may load and do: what is in them, nothing from elsewhere, no scripts.
constexpr const char* kContentSecurityPolicy =
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

/// The page at "/": what this server is, and where its API is.
[[nodiscard]] std::string start_page(std::string_view base_path);

/// Its style sheet, at "/start.css".
[[nodiscard]] std::string_view start_style();

}  // namespace reprise::server

#pragma once

#include <string_view>

namespace reprise::record {

/// Whether it is an address that mail can be sent to: "name@example.org", in ASCII, without a display name,
/// quotation marks or comments; 254 bytes at most (RFC 5321). Nothing in it can end a line or a header.
[[nodiscard]] bool is_mail_address(std::string_view text);

}  // namespace reprise::record

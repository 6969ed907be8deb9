// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace reprise::record {

/// Returns whether it is a mail address: "name@example.org", in ASCII, without a display name, quotation
/// marks or comments; at most 254 bytes (RFC 5321). It cannot end a line or a header.
[[nodiscard]] bool is_mail_address(std::string_view text);

}  // namespace reprise::record

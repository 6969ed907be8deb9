#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace reprise::record {

/// The signed heads in a text that went through other hands, such as a mail: what begins as one and ends with
/// its bracket, without what mail programs put in (line ends, spaces, '>' of quotations, '=' at line ends).
/// Whether a head is right is for `read_signed_line`. At most 1000, the first.
[[nodiscard]] std::vector<std::string> heads_in(std::string_view text);

}  // namespace reprise::record

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace reprise::record {

/// Extracts signed heads from a text that was forwarded, such as a mail. Removes line ends, spaces, '>' of
/// quotations and '=' at line ends. `read_signed_line` verifies them. Returns the first 1000 at most.
[[nodiscard]] std::vector<std::string> heads_in(std::string_view text);

}  // namespace reprise::record

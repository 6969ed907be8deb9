// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace reprise {

/// Checks whether a text is UTF-8 without control characters.
[[nodiscard]] bool is_one_line(std::string_view text);

/// Makes the text one line: replaces unfit characters by '?', and cuts it after the last character that ends
/// within `most_bytes`.
void make_plain(std::string& text, std::size_t most_bytes);

}  // namespace reprise

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace reprise {

/// Whether a text is UTF-8 without control characters.
[[nodiscard]] bool is_one_line(std::string_view text);

/// Makes it one: what does not fit becomes '?', and what is behind the last character that ends within
/// `most_bytes` is cut off.
void make_plain(std::string& text, std::size_t most_bytes);

}  // namespace reprise

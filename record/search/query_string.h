#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reprise::record {

/// Reads "name=value&…" with %XX and + for a space: what follows the ? of an address, or the body of a form.
/// Empty pieces are passed over. Nothing where a % is not followed by two hexadecimal digits, or where what
/// comes out is not UTF-8 or has a U+0000.
[[nodiscard]] std::optional<std::vector<std::pair<std::string, std::string>>> parse_query_string(
    std::string_view text);

/// Writes it again, for an address.
[[nodiscard]] std::string write_query_string(const std::vector<std::pair<std::string, std::string>>& fields);

/// The pieces between separators that no \ stands before. The escapes stay in the pieces.
[[nodiscard]] std::vector<std::string_view> split_unescaped(std::string_view text, char separator);

/// A text with "\,", "\|", "\$" and "\\" as what they stand for; another \ stands for itself.
[[nodiscard]] std::string unescaped(std::string_view text);

}  // namespace reprise::record

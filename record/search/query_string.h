// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reprise::record {

/// Parses "name=value&…" with %XX and + for a space: the query of a URL, or the body of a form. Skips empty
/// pieces. Returns nullopt if a % is not followed by two hexadecimal digits, or if the result is not UTF-8 or
/// holds a U+0000.
[[nodiscard]] std::optional<std::vector<std::pair<std::string, std::string>>> parse_query_string(
    std::string_view text);

/// Serializes fields for a URL.
[[nodiscard]] std::string write_query_string(const std::vector<std::pair<std::string, std::string>>& fields);

/// Splits at separators that are not escaped by \. The escapes stay in the pieces.
[[nodiscard]] std::vector<std::string_view> split_unescaped(std::string_view text, char separator);

/// Replaces the escapes "\,", "\|", "\$" and "\\"; any other \ stays.
[[nodiscard]] std::string unescaped(std::string_view text);

}  // namespace reprise::record

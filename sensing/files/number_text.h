// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace reprise::sensing {

/// Without blanks and tabs at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// The number that `text` spells, with a decimal point in every locale; blanks around it and a leading plus
/// are allowed. Empty where it is not a number, or larger than a double. "nan" and "inf" are returned as
/// such: the caller decides.
[[nodiscard]] std::optional<double> parse_number(std::string_view text);

/// The whole number that `text` spells, in the same way. Empty where it is none or does not fit.
[[nodiscard]] std::optional<long long> parse_integer(std::string_view text);

/// Appends the shortest text that reads back as exactly `value`. Precondition: finite.
void append_number(std::string& out, double value);

/// Appends `value` with `decimals` digits after the point (0 to 12). Precondition: finite.
void append_fixed(std::string& out, double value, int decimals);

/// `text` for an error message: control characters become '?', and it is cut after `max` bytes.
[[nodiscard]] std::string shown(std::string_view text, std::size_t max = 40);

}  // namespace reprise::sensing

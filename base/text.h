// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

// ASCII texts: names, identifiers, media types. Other characters stay as they are.
namespace reprise {

[[nodiscard]] constexpr char lower_case(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
[[nodiscard]] std::string lower_case(std::string_view text);

/// Compares without regard to case.
[[nodiscard]] bool same_word(std::string_view a, std::string_view b);

/// Checks for a UUID in lower case.
[[nodiscard]] bool is_uuid(std::string_view text);

}  // namespace reprise

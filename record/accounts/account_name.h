// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace reprise::record {

/// Checks a login name. Returns the problem as the end of a sentence ("the name must …"); nullopt if it is
/// valid.
/// A valid name is UTF-8 of 1 to 128 bytes without blanks at either end. It has no control or invisible
/// characters (such as those that change the direction of writing) and no separate accents. Its letters are
/// of one script; those of Chinese, Japanese and Korean count as one. It does not consist only of letters
/// that look like Latin ones.
/// After Unicode Technical Standard 39, "single script" and "whole-script confusables", restricted to
/// Cyrillic and Greek.
[[nodiscard]] std::optional<std::string> problem_in_account_name(std::string_view name);

}  // namespace reprise::record

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace reprise::record {

/// Why a name for signing in is refused, as the end of a sentence ("the name must …"); nothing where it is
/// not. It is valid UTF-8 of 1 to 128 bytes without blanks at its ends, and looks like no other name: no
/// control or invisible characters (such as those that change the direction of writing), no separate accents,
/// letters of one script only (those of Chinese, Japanese and Korean count as one), and not only letters of
/// another script that look like Latin ones. After Unicode Technical Standard 39, "single script" and
/// "whole-script confusables", restricted to Cyrillic and Greek.
[[nodiscard]] std::optional<std::string> problem_in_account_name(std::string_view name);

}  // namespace reprise::record

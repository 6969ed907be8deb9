// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace reprise::record {

/// The longest text, in bytes, that an index holds as it is.
constexpr std::size_t kLongestIndexed = 700;

/// Returns the text without case and accents, and with one space for each white space, so that two spellings
/// of one name agree. Folds indexed and searched values alike. Bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string fold_text(std::string_view text);

/// Returns the rules and the Unicode version of `fold_text`. Rows folded by another version are indexed
/// again.
[[nodiscard]] std::string folding_version();

/// A text short enough for an index, and equal for equal texts only: of a longer one the beginning with a
/// hash of the whole (BLAKE2b, 256 bits).
[[nodiscard]] std::string short_text(std::string_view text);

/// The beginning of a text, at most `kLongestIndexed` bytes, ending with a whole letter.
[[nodiscard]] std::string_view beginning(std::string_view text);

/// Whether a text is UTF-8 without the letter U+0000, which PostgreSQL does not keep.
[[nodiscard]] bool is_plain_text(std::string_view text);

/// A text with U+FFFD for each byte that is not UTF-8 and for each U+0000.
[[nodiscard]] std::string plain_text(std::string_view text);

/// The least text that comes after all texts which begin with this one; nothing where there is none.
[[nodiscard]] std::optional<std::string> after_prefix(std::string_view prefix);

}  // namespace reprise::record

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Secrets that the server generates, storing only their hashes. They are random enough that a plain hash
// cannot be reversed.
namespace reprise::record {

/// The secret of a session, an invitation or an API token.
struct Secret {
  std::string text;  ///< 256 random bits in base64url: 43 characters. Shown once, to its owner
  std::string hash;  ///< for storage: SHA-256 in base64url
};

[[nodiscard]] Secret new_secret();

/// Hashes a presented secret. Returns nullopt if `new_secret` could not have made the text.
[[nodiscard]] std::optional<std::string> hash_of_secret(std::string_view text);

/// Returns the SHA-256 of a text in base64url.
[[nodiscard]] std::string hash_of_text(std::string_view text);

/// Compares two secrets in constant time.
[[nodiscard]] bool same_secret(std::string_view a, std::string_view b);

/// Returns the CSRF token that a page sends with each change, so that other sites cannot: HMAC-SHA-256 of the
/// session's secret. It is not stored.
[[nodiscard]] std::string csrf_token(std::string_view session_secret);
[[nodiscard]] bool is_csrf_token(std::string_view session_secret, std::string_view token);

/// Returns a random id that may be public: 128 bits, 32 hexadecimal digits.
[[nodiscard]] std::string random_id();

inline constexpr std::size_t kRecoveryCodes = 10;

/// Generates recovery codes for a lost second factor: 120 random bits, "abcd-efgh-jkmn-pqrs-tuvw-xyz2". That
/// many bits need no salt and no slow hash.
[[nodiscard]] std::vector<Secret> new_recovery_codes();

/// Hashes a recovery code as typed: case, spaces and dashes do not matter. Returns nullopt if it cannot be
/// one. Codes of 80 bits, made by earlier versions, are still accepted.
[[nodiscard]] std::optional<std::string> hash_of_recovery_code(std::string_view typed);

}  // namespace reprise::record

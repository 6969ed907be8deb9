#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Secrets that the server makes and of which it stores only hashes. They are random enough that a plain hash
// cannot be turned back.
namespace reprise::record {

/// Of a session, an invitation or a program's token.
struct Secret {
  std::string text;  ///< 256 random bits in base64url: 43 characters. Shown once, to whoever is to have it
  std::string hash;  ///< what is stored: SHA-256 in base64url
};

[[nodiscard]] Secret new_secret();

/// The hash of a secret that somebody shows; nothing where the text is none that `new_secret` could have
/// made.
[[nodiscard]] std::optional<std::string> hash_of_secret(std::string_view text);

/// SHA-256 in base64url.
[[nodiscard]] std::string hash_of_text(std::string_view text);

/// Takes as long wherever they differ.
[[nodiscard]] bool same_secret(std::string_view a, std::string_view b);

/// What a page of the session sends along with each change, so that other sites cannot: HMAC-SHA-256 of the
/// session's secret. It is not stored.
[[nodiscard]] std::string csrf_token(std::string_view session_secret);
[[nodiscard]] bool is_csrf_token(std::string_view session_secret, std::string_view token);

/// A random id for what may be seen: 128 bits, 32 hexadecimal digits.
[[nodiscard]] std::string random_id();

inline constexpr std::size_t kRecoveryCodes = 10;

/// For whoever lost the second factor: 120 random bits, "abcd-efgh-jkmn-pqrs-tuvw-xyz2". That many need no
/// salt and no slow hash.
[[nodiscard]] std::vector<Secret> new_recovery_codes();

/// Of a code as it was typed: capitals, spaces and dashes do not count. Nothing where it cannot be one. Codes
/// of 80 bits, which earlier versions made, still have a hash.
[[nodiscard]] std::optional<std::string> hash_of_recovery_code(std::string_view typed);

}  // namespace reprise::record

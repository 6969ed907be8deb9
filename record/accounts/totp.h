// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

// Time-based one-time codes of authenticator apps (RFC 6238 with SHA-1, 30 seconds, 6 digits, as all apps
// support them).
namespace reprise::record {

using TotpSecret = std::array<std::uint8_t, 20>;

[[nodiscard]] TotpSecret new_totp_secret();

/// Encodes by RFC 4648 in capitals without padding, as apps take it and as it is stored.
[[nodiscard]] std::string to_base32(std::span<const std::uint8_t> bytes);
[[nodiscard]] std::optional<TotpSecret> parse_totp_secret(std::string_view base32);

/// Returns "otpauth://totp/ISSUER:ACCOUNT?…", for a QR code.
[[nodiscard]] std::string totp_uri(const TotpSecret& secret, std::string_view issuer,
                                   std::string_view account_name);

/// Returns the number of the 30-second step that contains this time.
[[nodiscard]] std::int64_t totp_step_at(std::int64_t time_us);

/// Returns the code of a step.
[[nodiscard]] std::string totp_code(std::span<const std::uint8_t> secret, std::int64_t step);

/// Returns the step of a code: the present one, the one before or the one after, and later than
/// `last_used_step`, because a code counts once. Returns nullopt if none matches.
[[nodiscard]] std::optional<std::int64_t> match_totp(const TotpSecret& secret, std::string_view code,
                                                     std::int64_t time_us,
                                                     std::optional<std::int64_t> last_used_step);

}  // namespace reprise::record

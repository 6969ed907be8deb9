#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

// The second factor: codes of an app by the clock (RFC 6238 with SHA-1, 30 seconds, 6 digits, as all apps
// have it).
namespace reprise::record {

using TotpSecret = std::array<std::uint8_t, 20>;

[[nodiscard]] TotpSecret new_totp_secret();

/// RFC 4648, capitals, without padding: as apps take it, and as it is stored.
[[nodiscard]] std::string to_base32(std::span<const std::uint8_t> bytes);
[[nodiscard]] std::optional<TotpSecret> parse_totp_secret(std::string_view base32);

/// "otpauth://totp/ISSUER:ACCOUNT?…", for a QR code.
[[nodiscard]] std::string totp_uri(const TotpSecret& secret, std::string_view issuer,
                                   std::string_view account_name);

/// The number of the 30 seconds in which this moment lies.
[[nodiscard]] std::int64_t totp_step_at(std::int64_t time_us);

/// The code of a step.
[[nodiscard]] std::string totp_code(std::span<const std::uint8_t> secret, std::int64_t step);

/// The step whose code this is, if it is that of now, of the one before or of the one after, and later than
/// `last_used_step`: a code counts once.
[[nodiscard]] std::optional<std::int64_t> match_totp(const TotpSecret& secret, std::string_view code,
                                                     std::int64_t time_us,
                                                     std::optional<std::int64_t> last_used_step);

}  // namespace reprise::record

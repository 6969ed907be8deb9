// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <cstddef>

#include "record/accounts/secret.h"

namespace reprise::record {
namespace {

constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::int64_t kStepUs = 30'000'000;
constexpr std::size_t kTotpDigits = 6;

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += kHex[byte >> 4U];
      out += kHex[byte & 15U];
    }
  }
  return out;
}

}  // namespace

TotpSecret new_totp_secret() {
  TotpSecret secret{};
  if (sodium_init() >= 0) randombytes_buf(secret.data(), secret.size());
  return secret;
}

std::string to_base32(std::span<const std::uint8_t> bytes) {
  std::string text;
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const std::uint8_t byte : bytes) {
    bits = bits << 8U | byte;
    for (held += 8; held >= 5; held -= 5) text += kBase32[bits >> (held - 5) & 31U];
  }
  if (held > 0) text += kBase32[bits << (5 - held) & 31U];
  return text;
}

std::optional<TotpSecret> parse_totp_secret(std::string_view base32) {
  TotpSecret secret{};
  if (base32.size() != secret.size() * 8 / 5) return {};
  std::uint32_t bits = 0;
  unsigned held = 0;
  std::size_t next = 0;
  for (const char c : base32) {
    const std::size_t value = kBase32.find(c);
    if (value == std::string_view::npos) return {};
    bits = bits << 5U | static_cast<std::uint32_t>(value);
    held += 5;
    if (held < 8) continue;
    held -= 8;
    secret.at(next++) = static_cast<std::uint8_t>(bits >> held);
  }
  return secret;
}

std::string totp_uri(const TotpSecret& secret, std::string_view issuer, std::string_view account_name) {
  return "otpauth://totp/" + percent_encoded(issuer) + ":" + percent_encoded(account_name) +
         "?secret=" + to_base32(secret) + "&issuer=" + percent_encoded(issuer) +
         "&algorithm=SHA1&digits=6&period=30";
}

std::int64_t totp_step_at(std::int64_t time_us) {
  return time_us / kStepUs;
}

// RFC 4226, 5.3: 31 bits of the HMAC at the offset in its last four bits.
std::string totp_code(std::span<const std::uint8_t> secret, std::int64_t step) {
  std::array<unsigned char, 8> counter{};
  for (std::size_t i = 0; i < counter.size(); ++i) {
    counter[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(step) >> (56 - 8 * i));
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned length = 0;
  HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(), counter.size(), mac.data(),
       &length);
  const std::size_t at = mac[19] & 15U;
  std::uint32_t number = mac[at] & 0x7FU;
  for (std::size_t i = 1; i < 4; ++i) number = number << 8U | mac.at(at + i);
  std::string code = std::to_string(number % 1'000'000);
  return std::string(kTotpDigits - code.size(), '0') + code;
}

std::optional<std::int64_t> match_totp(const TotpSecret& secret, std::string_view code, std::int64_t time_us,
                                       std::optional<std::int64_t> last_used_step) {
  const std::int64_t now = totp_step_at(time_us);
  std::optional<std::int64_t> matched;
  for (const std::int64_t step : {now - 1, now, now + 1}) {
    // A step far ahead was used while the clock was wrong; no present code can repeat it.
    const bool unused = !last_used_step || step > *last_used_step || *last_used_step > now + 1;
    if (same_secret(totp_code(secret, step), code) && unused) matched = step;
  }
  return matched;
}

}  // namespace reprise::record

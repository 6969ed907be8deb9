// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/secret.h"

#include <sodium.h>

#include "base/text.h"

namespace reprise::record {
namespace {

using SecretBytes = std::array<unsigned char, 32>;
constexpr int kBase64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
constexpr std::size_t kSecretLength = 43;

// 32 letters and digits that cannot be confused with each other.
constexpr std::string_view kRecoveryLetters = "abcdefghjkmnpqrstuvwxyz023456789";
static_assert(kRecoveryLetters.size() == 32);
constexpr std::size_t kRecoveryLength = 24;       // 120 bits
constexpr std::size_t kShortRecoveryLength = 16;  // of codes made by earlier versions

template <std::size_t size>
std::array<unsigned char, size> random_bytes() {
  std::array<unsigned char, size> bytes{};
  if (sodium_init() >= 0) randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

std::string base64_of(const SecretBytes& bytes) {
  std::array<char, kSecretLength + 1> text{};
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), kBase64);
  return text.data();
}

}  // namespace

std::string hash_of_text(std::string_view text) {
  SecretBytes hash{};
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size());
  return base64_of(hash);
}

Secret new_secret() {
  std::string text = base64_of(random_bytes<32>());
  std::string hash = hash_of_text(text);
  return {std::move(text), std::move(hash)};
}

std::optional<std::string> hash_of_secret(std::string_view text) {
  SecretBytes bytes{};
  std::size_t length = 0;
  const bool read =
      text.size() == kSecretLength && sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(),
                                                        nullptr, &length, nullptr, kBase64) == 0;
  // Rejects other encodings of the same bits.
  if (!read || length != bytes.size() || base64_of(bytes) != text) return {};
  return hash_of_text(text);
}

bool same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string csrf_token(std::string_view session_secret) {
  constexpr std::string_view kPurpose = "reprise csrf 1";
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(session_secret.data()),
                              session_secret.size());
  crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(kPurpose.data()),
                                kPurpose.size());
  SecretBytes mac{};
  crypto_auth_hmacsha256_final(&state, mac.data());
  return base64_of(mac);
}

bool is_csrf_token(std::string_view session_secret, std::string_view token) {
  return same_secret(csrf_token(session_secret), token);
}

std::string random_id() {
  const auto bytes = random_bytes<16>();
  std::array<char, 33> text{};
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  return text.data();
}

std::vector<Secret> new_recovery_codes() {
  std::vector<Secret> codes;
  for (std::size_t i = 0; i < kRecoveryCodes; ++i) {
    std::string text;
    for (const unsigned char byte : random_bytes<kRecoveryLength>()) {
      if (text.size() % 5 == 4) text += '-';
      text += kRecoveryLetters[byte % kRecoveryLetters.size()];
    }
    std::string hash = hash_of_recovery_code(text).value();
    codes.push_back({std::move(text), std::move(hash)});
  }
  return codes;
}

std::optional<std::string> hash_of_recovery_code(std::string_view typed) {
  std::string code;
  for (const char c : lower_case(typed.substr(0, 64))) {
    if (c == ' ' || c == '-') continue;
    if (kRecoveryLetters.find(c) == std::string_view::npos) return {};
    code += c;
  }
  if (code.size() != kRecoveryLength && code.size() != kShortRecoveryLength) return {};
  return hash_of_text(code);
}

}  // namespace reprise::record

// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/password.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "record/accounts/common_password.h"

namespace reprise::record {
namespace {

constexpr std::size_t kFewestCharacters = 12;
constexpr std::size_t kMostBytes = 512;
constexpr std::size_t kFewestDifferent = 5;
constexpr std::size_t kFewestBesideName = 8;

std::size_t characters_in(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(
      utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string without(std::string text, const std::string& part) {
  if (part.empty()) return text;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part)) text.erase(at, part.size());
  return text;
}

}  // namespace

std::optional<std::string> problem_in_password(std::string_view password, std::string_view account_name,
                                               std::span<const std::string> site_words) {
  if (password.size() > kMostBytes) return "must have at most 512 bytes";
  if (characters_in(password) < kFewestCharacters) return "must have at least 12 characters";
  if (std::any_of(password.begin(), password.end(), [](char c) { return c >= 0 && c < 0x20; })) {
    return "must have no control characters";
  }
  if (std::set<char>(password.begin(), password.end()).size() < kFewestDifferent) {
    return "must have at least 5 different characters";
  }
  const std::string rest = without(lower_case(password), lower_case(account_name));
  if (characters_in(rest) < std::min(kFewestBesideName, characters_in(password))) {
    return "must have at least 8 characters besides the account's name";
  }
  if (is_common_password(password, site_words)) {
    return "must have at least 6 characters besides frequent words, rows of keys, and digits at its ends";
  }
  return {};
}

Result<std::string> hash_password(std::string_view password, const PasswordCost& cost) {
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (sodium_init() < 0 ||
      crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), cost.operations, cost.memory_bytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return fail(ErrorCode::unavailable, "hashing a password", "there is not enough memory",
                "try again when fewer people sign in, or give the server more memory");
  }
  return std::string{hash.data()};
}

PasswordCheck check_password(std::optional<std::string_view> hash, std::string_view password,
                             const PasswordCost& cost) {
  if (password.size() > kMostBytes || sodium_init() < 0) return {};
  std::array<char, crypto_pwhash_STRBYTES> stored{};
  if (!hash || hash->size() >= stored.size()) {
    // Does the work of a comparison and discards the result.
    static_cast<void>(hash_password(password, cost));
    return {};
  }
  std::copy(hash->begin(), hash->end(), stored.begin());
  if (crypto_pwhash_str_verify(stored.data(), password.data(), password.size()) != 0) return {};
  return {true, crypto_pwhash_str_needs_rehash(stored.data(), cost.operations, cost.memory_bytes) != 0};
}

}  // namespace reprise::record

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace reprise::record {

/// What one hash costs, and so each guess. The default is libsodium's for signing in.
struct PasswordCost {
  unsigned long long operations = 2;
  std::size_t memory_bytes = std::size_t{64} * 1024 * 1024;
};

/// Why a password is refused, as the end of a sentence ("must have …"); nothing where it is not. At least 12
/// characters, at most 512 bytes of UTF-8, five different ones, more than the account's name, and none that
/// is tried first (common_password.h). `site_words`: words that belong to this server.
[[nodiscard]] std::optional<std::string> problem_in_password(std::string_view password,
                                                             std::string_view account_name,
                                                             std::span<const std::string> site_words = {});

/// Argon2id (RFC 9106) with its salt and cost, as text to store. Errors: unavailable (not enough memory).
[[nodiscard]] Result<std::string> hash_password(std::string_view password, const PasswordCost& cost = {});

struct PasswordCheck {
  bool right = false;
  bool rehash = false;  ///< right, but stored at another cost than today's: store it anew
};

/// Compares a password with a stored hash. Without a hash (no such account) it takes as long as with one, and
/// is wrong, so that the time does not tell which accounts there are.
[[nodiscard]] PasswordCheck check_password(std::optional<std::string_view> hash, std::string_view password,
                                           const PasswordCost& cost = {});

}  // namespace reprise::record

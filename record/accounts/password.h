// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace reprise::record {

/// The cost of one hash, and so of each guess. The default is libsodium's for interactive logins.
struct PasswordCost {
  unsigned long long operations = 2;
  std::size_t memory_bytes = std::size_t{64} * 1024 * 1024;
};

/// Checks a new password. Returns the problem as the end of a sentence ("must have …"); nullopt if it is
/// acceptable. It needs at least 12 characters, at most 512 bytes of UTF-8, five different characters, more
/// than the account's name, and must not be common (common_password.h). `site_words`: words that belong to
/// this server.
[[nodiscard]] std::optional<std::string> problem_in_password(std::string_view password,
                                                             std::string_view account_name,
                                                             std::span<const std::string> site_words = {});

/// Hashes a password by Argon2id (RFC 9106). Returns text with salt and cost. Errors: unavailable (not enough
/// memory).
[[nodiscard]] Result<std::string> hash_password(std::string_view password, const PasswordCost& cost = {});

struct PasswordCheck {
  bool right = false;
  bool rehash = false;  ///< right, but stored at an outdated cost: store a new hash
};

/// Compares a password with a stored hash. Without a hash (no such account) it takes as long and fails, so
/// that timing does not reveal which accounts exist.
[[nodiscard]] PasswordCheck check_password(std::optional<std::string_view> hash, std::string_view password,
                                           const PasswordCost& cost = {});

}  // namespace reprise::record

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "server/push/p256.h"

// Message encryption for Web Push (RFC 8291) by the content encoding aes128gcm (RFC 8188), in one record.
namespace reprise::server::push {

inline constexpr std::size_t kAuthBytes = 16;
inline constexpr std::size_t kSaltBytes = 16;
/// Longest text: every push service takes a body of 4096 bytes (RFC 8030), and header, tag and delimiter are
/// in it.
inline constexpr std::size_t kLongestText = 4096 - 86 - 17;
/// Shorter texts are filled up to this length, so that the length does not tell them apart.
inline constexpr std::size_t kShortestText = 64;

/// The browser's keys of a subscription.
struct RecipientKeys {
  std::string point;  ///< p256dh: 65 bytes
  std::string auth;   ///< 16 bytes
};

/// Encrypts a text for a browser with a new key and salt. Errors: invalid_argument (keys, length of the
/// text); unavailable (no random bytes).
[[nodiscard]] Result<std::string> encrypt_message(const RecipientKeys& to, std::string_view text);

/// Does it with a given key of the sender and a given salt, which must not be used twice, and fills the text
/// up to a length.
[[nodiscard]] Result<std::string> encrypt_message_with(const RecipientKeys& to, std::string_view text,
                                                       const P256Key& sender, std::string_view salt,
                                                       std::size_t shortest);

}  // namespace reprise::server::push

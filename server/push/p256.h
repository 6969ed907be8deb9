// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

struct evp_pkey_st;  // of OpenSSL

namespace reprise::server::push {

inline constexpr std::size_t kScalarBytes = 32;
inline constexpr std::size_t kPointBytes = 65;  ///< uncompressed: 4, x, y

/// A key pair on the curve P-256, by OpenSSL.
class P256Key {
 public:
  /// Errors: invalid_argument (not 32 bytes, zero, or not below the curve's order).
  [[nodiscard]] static Result<P256Key> from_scalar(std::string_view scalar);
  /// Returns a new random one. Errors: unavailable (no random bytes).
  [[nodiscard]] static Result<P256Key> generate();
  /// Derives one from 256 random bits, always the same from the same.
  [[nodiscard]] static Result<P256Key> derive(std::string_view seed);

  /// Returns the public point, uncompressed: 65 bytes.
  [[nodiscard]] const std::string& public_point() const { return public_point_; }
  /// Returns the shared secret (ECDH), 32 bytes. Errors: invalid_argument (not a point of the curve).
  [[nodiscard]] Result<std::string> agree(std::string_view point) const;
  /// Signs by ES256 (RFC 7518, section 3.4): r and s, 64 bytes.
  [[nodiscard]] Result<std::string> sign(std::string_view text) const;

 private:
  struct FreeKey {
    void operator()(evp_pkey_st* key) const;
  };
  using Handle = std::unique_ptr<evp_pkey_st, FreeKey>;
  P256Key(Handle key, std::string public_point);

  Handle key_;
  std::string public_point_;
};

/// Returns whether these bytes are an uncompressed point of the curve.
[[nodiscard]] bool is_p256_point(std::string_view bytes);

}  // namespace reprise::server::push

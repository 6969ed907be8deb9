// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

#include "base/result.h"

namespace reprise::record {

/// An encryption key of a database: 256 random bits.
using Key = std::array<std::uint8_t, 32>;

/// The authenticated encryption of a database's pages. The key file names it, so that it can change together
/// with the key.
enum class Cipher : std::uint8_t { aegis_256, chacha20_poly1305 };

/// "aegis" or "chacha20", as in key files and settings.
[[nodiscard]] std::string_view to_string(Cipher cipher);
/// Returns nullopt if no cipher has this name.
[[nodiscard]] std::optional<Cipher> cipher_of(std::string_view name);

struct KeyFile {
  Key key;
  bool made_now;  ///< the file was created: its owner should keep a copy elsewhere
  Cipher cipher = Cipher::aegis_256;
};

/// Reads the key, or generates one in a new file that only its owner can read (mode 0600). Errors:
/// unreadable, unwritable, corrupt, invalid_argument (other users can read the file).
[[nodiscard]] Result<KeyFile> read_or_make_key(const std::filesystem::path& file);

/// Reads the key: 64 hexadecimal digits, with the prefix "CIPHER:" unless AEGIS-256. Errors: not_found, and
/// those of `read_or_make_key`.
[[nodiscard]] Result<KeyFile> read_key(const std::filesystem::path& file);

/// Generates a key in a new file, atomically and durably. Errors: unwritable.
[[nodiscard]] Result<KeyFile> make_key(const std::filesystem::path& file, Cipher cipher = Cipher::aegis_256);

}  // namespace reprise::record

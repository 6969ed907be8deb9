#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

#include "base/result.h"

namespace reprise::record {

/// What a database is encrypted with: 256 random bits.
using Key = std::array<std::uint8_t, 32>;

/// How the pages of a database are encrypted and authenticated. The key file names it, so that it can be
/// changed together with the key.
enum class Cipher : std::uint8_t { aegis_256, chacha20_poly1305 };

/// "aegis" or "chacha20", as in key files and settings.
[[nodiscard]] std::string_view to_string(Cipher cipher);
/// Nothing where no cipher has this name.
[[nodiscard]] std::optional<Cipher> cipher_of(std::string_view name);

struct KeyFile {
  Key key;
  bool made_now;  ///< the file did not exist: its owner should be told to keep a copy of it elsewhere
  Cipher cipher = Cipher::aegis_256;
};

/// Reads the key, or makes a random one in a new file that only its owner may read (mode 0600).
/// Errors: unreadable; unwritable; corrupt; invalid_argument where others may read the file.
[[nodiscard]] Result<KeyFile> read_or_make_key(const std::filesystem::path& file);

/// Reads the key: 64 hexadecimal digits, after "CIPHER:" where it is another than AEGIS-256. Errors:
/// not_found, and those of `read_or_make_key`.
[[nodiscard]] Result<KeyFile> read_key(const std::filesystem::path& file);

/// Makes a random key in a file that does not exist yet, whole and on the disk or not at all. Errors:
/// unwritable.
[[nodiscard]] Result<KeyFile> make_key(const std::filesystem::path& file, Cipher cipher = Cipher::aegis_256);

}  // namespace reprise::record

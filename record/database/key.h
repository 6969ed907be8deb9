#pragma once

#include <array>
#include <cstdint>
#include <filesystem>

#include "base/result.h"

namespace reprise::record {

/// What a database is encrypted with: 256 random bits.
using Key = std::array<std::uint8_t, 32>;

/// From the hexadecimal text of REPRISE_DATABASE_KEY or of a key file. Errors: corrupt (not 64 hexadecimal
/// digits).
[[nodiscard]] Result<Key> parse_key(std::string_view text);

struct KeyFile {
  Key key;
  bool made_now;  ///< the file did not exist: its owner should be told to keep a copy of it elsewhere
};

/// Reads the key, or makes a random one in a new file that only its owner may read (mode 0600).
/// Errors: unreadable; unwritable; corrupt; invalid_argument where others may read the file.
[[nodiscard]] Result<KeyFile> read_or_make_key(const std::filesystem::path& file);

/// Reads the key. Errors: not_found, and those of `read_or_make_key`.
[[nodiscard]] Result<Key> read_key(const std::filesystem::path& file);

}  // namespace reprise::record

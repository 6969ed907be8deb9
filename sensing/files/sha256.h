// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace reprise::sensing {

/// SHA-256 (FIPS 180-4) of `bytes`, as 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256_hex(std::span<const std::uint8_t> bytes);

/// A UUID (RFC 9562, version 8) made of the SHA-256 of `name`: the same of the same name.
[[nodiscard]] std::string uuid_of(std::string_view name);

/// The SHA-256 of a file's content, read piece by piece. `stage` names the step in an error. Errors:
/// not_found; invalid_argument (a folder or a device); unreadable.
[[nodiscard]] Result<std::string> sha256_of_file(const std::filesystem::path& path, std::string_view stage);

}  // namespace reprise::sensing

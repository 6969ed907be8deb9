#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace reprise {

/// Returns the SHA-256 (FIPS 180-4) of a file's content, as 64 lower-case hexadecimal digits. By OpenSSL,
/// which uses the processor's instructions for it: a video has gigabytes. `stage` names the step in an error.
/// Errors: not_found; invalid_argument (a folder or a device); unreadable.
[[nodiscard]] Result<std::string> sha256_of_file(const std::filesystem::path& path, std::string_view stage);

}  // namespace reprise

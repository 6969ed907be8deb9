// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace reprise::sensing {

/// Reads a whole file into memory.
/// `path`: a regular file of at most `max_bytes`. `stage` names the step in the error, e.g. "reading
/// landmarks". Errors: not_found (no such file), invalid_argument (a folder or a device), unsupported (larger
/// than `max_bytes`; nothing is read then), unreadable (no permission, or the disk fails).
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& path, std::size_t max_bytes,
                                            std::string_view stage);

/// Writes a file so that others see either the old content or the whole new one, never a part.
/// The bytes go to a temporary file in the same folder, are flushed to the disk, and replace `path` by a
/// rename. `path`: a new name or a regular file, which is replaced (a symbolic link is replaced, not
/// followed). The folder must exist. Errors, after which no temporary file remains: not_found (no such
/// folder), invalid_argument (`path` is a folder or a device), unwritable (no permission, disk full).
[[nodiscard]] Result<void> write_file_atomically(const std::filesystem::path& path,
                                                 std::string_view contents);

/// The same error with the file's name before its cause, unless the cause names it already.
[[nodiscard]] Error error_in_file(Error error, const std::filesystem::path& path);

}  // namespace reprise::sensing

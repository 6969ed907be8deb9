// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace reprise::sensing {

/// Decompresses zlib's format (RFC 1950) or gzip's (RFC 1952), told apart by the header, and checks the
/// checksum. `stage` names the step in the error. Errors: corrupt (damaged, or it ends too early),
/// unsupported (more than `max_bytes`).
[[nodiscard]] Result<std::string> inflate(std::string_view bytes, std::size_t max_bytes,
                                          std::string_view stage);

}  // namespace reprise::sensing

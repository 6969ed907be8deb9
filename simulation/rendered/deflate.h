// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace reprise::simulation::rendered {

/// Decompresses a deflate stream (RFC 1951). Empty where the bytes are none, end too early, or hold more than
/// `max_bytes`.
[[nodiscard]] std::optional<std::string> inflate(std::string_view bytes, std::size_t max_bytes);

/// Decompresses a file of gzip (RFC 1952, one member). Empty as for `inflate`. The checksum is not looked at:
/// the parsers of the contents refuse damage.
[[nodiscard]] std::optional<std::string> gunzip(std::string_view bytes, std::size_t max_bytes);

}  // namespace reprise::simulation::rendered

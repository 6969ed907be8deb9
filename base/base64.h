// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace reprise {

/// RFC 4648 section 4, with padding and without line breaks.
[[nodiscard]] std::string to_base64(std::string_view bytes);

/// Decodes it; white space anywhere is ignored, as in FHIR. nullopt if it is not base64 as `to_base64` writes
/// it.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

/// RFC 4648 section 5, without padding.
[[nodiscard]] std::string to_base64url(std::string_view bytes);

/// Decodes it; nullopt if it is not as `to_base64url` writes it.
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

}  // namespace reprise

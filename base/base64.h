#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace reprise {

/// RFC 4648 section 4, with padding and without line breaks.
[[nodiscard]] std::string to_base64(std::string_view bytes);

/// The bytes; white space between the letters is passed over, as FHIR has it. Nothing where it is no base64.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

}  // namespace reprise

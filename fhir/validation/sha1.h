// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace reprise::fhir {

/// FIPS 180-4. R4 names it for Attachment.hash; it protects nothing.
[[nodiscard]] std::array<std::uint8_t, 20> sha1(std::string_view bytes);

}  // namespace reprise::fhir

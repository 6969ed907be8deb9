// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace reprise {

/// A side of the body, as the person has it.
enum class Side : std::uint8_t { left, right };

[[nodiscard]] constexpr Side other(Side side) {
  return side == Side::left ? Side::right : Side::left;
}

}  // namespace reprise

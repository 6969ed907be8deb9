// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/kinematics/measure.h"

namespace reprise::engine {

/// Parts of the body, as named to a person.
enum class BodyPart : std::uint8_t { head, shoulder, elbow, hand, hip, knee, foot };
inline constexpr std::size_t kBodyPartCount = 7;

[[nodiscard]] std::string_view name(BodyPart part);
[[nodiscard]] BodyPart part_of(Landmark landmark);
/// Returns the person's side; empty for the head, which has none.
[[nodiscard]] std::optional<Side> side_of(Landmark landmark);

}  // namespace reprise::engine

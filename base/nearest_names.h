// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace reprise {

/// Returns names that the user may have meant: at most `most` of `known`, the nearest first; empty if none is
/// near. Near means few typing slips (optimal string alignment distance, capitals, spaces and dashes ignored)
/// or one inside the other. `wanted` may be anything; only its first 64 bytes count.
[[nodiscard]] std::vector<std::string> nearest_names(std::string_view wanted,
                                                     std::span<const std::string> known,
                                                     std::size_t most = 3);

/// Returns "Did you mean squat or sit_to_stand?"; empty if no name is near.
[[nodiscard]] std::string did_you_mean(std::string_view wanted, std::span<const std::string> known);

/// Returns "a, b or c".
[[nodiscard]] std::string any_of(std::span<const std::string> names);

}  // namespace reprise

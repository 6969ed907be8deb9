// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace reprise {

/// A real person, standing, whole body, out of the sheet of samples in the npm package @vladmandic/human
/// (MIT): scaled to the height of a black square of `side` x `side` pixels and centered; RGB, row by row.
/// Empty where the package is not installed.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> sample_person(int side);

/// The same as network input: each value moved from 0..255 to low..high.
[[nodiscard]] std::vector<float> to_network_input(const std::vector<std::uint8_t>& rgb, float low,
                                                  float high);

}  // namespace reprise

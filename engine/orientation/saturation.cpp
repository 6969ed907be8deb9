// SPDX-License-Identifier: Apache-2.0
#include "engine/orientation/saturation.h"

#include <algorithm>
#include <cmath>

namespace reprise::engine {

std::optional<double> saturation_limit(std::span<const Vec3<Sensor>> samples, double least,
                                       std::size_t shortest_run) {
  constexpr double kTolerance = 1e-4;
  for (int axis = 0; axis < 3; ++axis) {
    double largest = 0;
    for (const auto& sample : samples) largest = std::max(largest, std::abs(sample.v[axis]));
    if (largest < least) continue;
    std::size_t run = 0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
      const double value = samples[i].v[axis];
      const bool same_side = i == 0 || value * samples[i - 1].v[axis] > 0;
      const bool at_limit = std::abs(value) >= largest * (1 - kTolerance);
      run = at_limit ? (same_side ? run + 1 : 1) : 0;
      if (run >= shortest_run) return largest;
    }
  }
  return std::nullopt;
}

}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>

#include "engine/kinematics/measure.h"

namespace reprise::engine {

/// All that one pose shows: every measure, on both sides. Midline measures stand on both.
class MeasureSet {
 public:
  MeasureSet() = default;
  explicit MeasureSet(const Pose& pose);

  [[nodiscard]] const std::optional<Sample>& at(Measure measure, Side side) const {
    return samples_[static_cast<std::size_t>(measure)][static_cast<std::size_t>(side)];
  }
  std::optional<Sample>& at(Measure measure, Side side) {
    return samples_[static_cast<std::size_t>(measure)][static_cast<std::size_t>(side)];
  }

 private:
  std::array<std::array<std::optional<Sample>, 2>, kMeasureCount> samples_{};
};

}  // namespace reprise::engine

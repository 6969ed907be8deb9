// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/frames.h"
#include "base/units.h"

namespace reprise::engine {

/// Meters; the axes of a motion laboratory, as its file has them: any of the three may point up.
struct Laboratory;

/// Positions of named markers over time, from whatever file (TRC, C3D).
struct MarkerRecording {
  std::vector<std::string> names;
  std::vector<Seconds> times;  ///< strictly rising
  std::vector<std::optional<Vec3<Laboratory>>>
      positions_m;            ///< [frame * names.size() + marker]; empty: not seen
  std::optional<Hertz> rate;  ///< as declared, where it is a positive number
  bool simulated = false;     ///< no person: the file says so
  std::vector<std::string> warnings;

  [[nodiscard]] const std::optional<Vec3<Laboratory>>& at(std::size_t frame, std::size_t marker) const {
    return positions_m[frame * names.size() + marker];
  }
};

inline constexpr std::size_t kMaxMarkers = 1300;
inline constexpr std::size_t kMaxMarkerSamples = 20'000'000;  ///< frames times markers, about 0.6 GB

}  // namespace reprise::engine

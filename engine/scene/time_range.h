// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/units.h"

namespace reprise::engine {

/// From a first to a last moment of a recording, both included.
struct TimeRange {
  Seconds from{0};
  Seconds until{0};
};

/// Adds a moment: to the last range where that ended at most `gap` ago, else as a new one. In order of time.
inline void extend(std::vector<TimeRange>& ranges, Seconds time, Seconds gap) {
  if (!ranges.empty() && time - ranges.back().until <= gap) {
    ranges.back().until = time;
  } else {
    ranges.push_back({time, time});
  }
}

}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "engine/heart/rr_intervals.h"

namespace reprise::engine {

/// Intervals for tests, one after the other from time 0, all normal.
inline std::vector<RrInterval> normal_rr(std::span<const double> durations_s) {
  std::vector<RrInterval> intervals;
  double end_s = 0;
  for (const double d : durations_s) intervals.push_back({Seconds{end_s += d}, Seconds{d}, RrKind::normal});
  return intervals;
}

}  // namespace reprise::engine

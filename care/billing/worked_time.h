// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "care/billing/facts.h"

namespace reprise::care::billing {

/// Half-open.
struct Interval {
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;
};

struct CountedTime {
  std::int64_t total_ms = 0;
  std::vector<std::string> evidence;  ///< of every time that overlaps, each once

  /// Full minutes: 19 minutes and 59 seconds are 19.
  [[nodiscard]] int minutes() const;
};

/// Sums the parts of `times` that lie inside `within`, whose intervals do not overlap. A person's time never
/// counts twice; simultaneous time of two people counts twice unless `once`.
[[nodiscard]] CountedTime count_time(std::span<const WorkedTime> times, std::span<const Interval> within,
                                     bool once);

}  // namespace reprise::care::billing

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "care/billing/facts.h"

namespace reprise::care::billing {

/// Half open.
struct Interval {
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;
};

struct CountedTime {
  std::int64_t total_ms = 0;
  std::vector<std::string> evidence;  ///< of all times of which something lies within, each once

  /// Full minutes: 19 minutes and 59 seconds are 19.
  [[nodiscard]] int minutes() const;
};

/// How much of `times` lies within `within` (which do not overlap). Time of one person never counts twice,
/// that of two people at once only where not `once`.
[[nodiscard]] CountedTime count_time(std::span<const WorkedTime> times, std::span<const Interval> within,
                                     bool once);

}  // namespace reprise::care::billing

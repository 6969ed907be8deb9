// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

// The direction in which a metric improves. The only table of it: alert rules use it, and so do the pages
// through the engine's module.
namespace reprise::care {

enum class Metric : std::uint8_t { pain, effort, quality, score, range };

enum class Better : std::uint8_t { higher, lower, none };

/// Decides about a range, because the same joint angle may be wanted large in one exercise and small in
/// another.
struct RangeOfExercise {
  bool rising = true;  ///< its farthest end is the larger value
  bool held = false;   ///< of an exercise that is held: the measure only says how to stand
};

/// `range` is ignored for all metrics but a range.
[[nodiscard]] Better better(Metric metric, RangeOfExercise range = {});

/// Returns the same for a page: the name of the direction of the named metric, as a JSON text. Errors:
/// invalid_argument (no such metric).
[[nodiscard]] Result<std::string> better_text(std::string_view metric, RangeOfExercise range);

}  // namespace reprise::care

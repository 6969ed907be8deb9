#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

// Which direction of a metric is an improvement. The only table of it: rules take it from here, and so do
// the pages through the engine's module.
namespace reprise::care {

enum class Metric : std::uint8_t { pain, effort, quality, score, range };

enum class Better : std::uint8_t { higher, lower, none };

/// What decides about a range, because the same joint angle may be wanted large in one exercise and small in
/// another.
struct RangeOfExercise {
  bool rising = true;  ///< its farthest end is the larger value
  bool held = false;   ///< of an exercise that is held: the measure only says how to stand
};

/// `range` is ignored for all metrics but a range.
[[nodiscard]] Better better(Metric metric, RangeOfExercise range = {});

/// The same for a page: `metric` by its name; the name of the direction as a JSON text. Errors:
/// invalid_argument, where there is no such metric.
[[nodiscard]] Result<std::string> better_text(std::string_view metric, RangeOfExercise range);

}  // namespace reprise::care

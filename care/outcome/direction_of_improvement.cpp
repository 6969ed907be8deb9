// SPDX-License-Identifier: Apache-2.0
#include "care/outcome/direction_of_improvement.h"

#include <algorithm>
#include <array>

namespace reprise::care {
namespace {

struct Row {
  std::string_view name;
  Better better;
};

// In the order of Metric. The wanted effort is prescribed, and the direction of a clinic's own score is
// unknown.
constexpr std::array<Row, 4> kScales = {{{"pain", Better::lower},
                                         {"effort", Better::none},
                                         {"quality", Better::higher},
                                         {"score", Better::none}}};
constexpr std::string_view kRange = "range";

std::string_view name_of(Better better) {
  constexpr std::array<std::string_view, 3> kNames = {"higher", "lower", "none"};
  return kNames[static_cast<std::size_t>(better)];
}

}  // namespace

Better better(Metric metric, RangeOfExercise range) {
  if (metric != Metric::range) return kScales[static_cast<std::size_t>(metric)].better;
  if (range.held) return Better::none;
  return range.rising ? Better::higher : Better::lower;
}

Result<std::string> better_text(std::string_view metric, RangeOfExercise range) {
  const auto* const row =
      std::find_if(kScales.begin(), kScales.end(), [&](const Row& one) { return one.name == metric; });
  if (row == kScales.end() && metric != kRange) {
    return fail(ErrorCode::invalid_argument, "telling which direction is better", "there is no such metric",
                "give pain, effort, quality, score or range");
  }
  const auto found = static_cast<Metric>(row - kScales.begin());
  return '"' + std::string{name_of(better(found, range))} + '"';
}

}  // namespace reprise::care

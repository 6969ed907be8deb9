// SPDX-License-Identifier: Apache-2.0
#include "engine/heart/rhythm_regularity.h"

#include <cmath>
#include <string>
#include <vector>

#include "engine/signal/median.h"

namespace reprise::engine {
namespace {

bool is_irregular(std::span<const RrInterval> window, const RhythmOptions& options) {
  std::vector<double> durations_s;
  std::vector<double> sizes_s;
  std::size_t turning = 0;
  for (std::size_t i = 0; i < window.size(); ++i) {
    const double here_s = window[i].duration.value();
    durations_s.push_back(here_s);
    if (i == 0) continue;
    const double before_s = here_s - window[i - 1].duration.value();
    sizes_s.push_back(std::abs(before_s));
    if (i + 1 == window.size()) continue;
    const double after_s = window[i + 1].duration.value() - here_s;
    if (before_s * after_s < 0) ++turning;
  }
  const double turning_share = static_cast<double>(turning) / static_cast<double>(window.size() - 2);
  return median(std::move(sizes_s)) > options.largest_difference * median(std::move(durations_s)) &&
         turning_share > options.largest_turning_share;
}

}  // namespace

Result<RhythmRegularity> rhythm_regularity(std::span<const RrInterval> intervals,
                                           const RhythmOptions& options) {
  constexpr const char* kStage = "rhythm regularity";
  if (options.window < 16 || !(options.largest_difference > 0) || !(options.largest_turning_share >= 0) ||
      !(options.irregular_windows >= 0)) {
    return fail(ErrorCode::invalid_argument, kStage, "an option is out of range",
                "use a window of at least 16 intervals and positive limits");
  }
  std::size_t windows = 0;
  std::size_t irregular = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= intervals.size(); ++i) {
    if (i < intervals.size() && intervals[i].kind != RrKind::gap) continue;
    for (; begin + options.window <= i; begin += options.window / 2) {
      ++windows;
      if (is_irregular(intervals.subspan(begin, options.window), options)) ++irregular;
    }
    begin = i + 1;
  }
  if (windows == 0) {
    return fail(ErrorCode::nothing_measured, kStage,
                "there are fewer than " + std::to_string(options.window) + " intervals in a row",
                "record longer");
  }
  RhythmRegularity result;
  result.irregular_share = static_cast<double>(irregular) / static_cast<double>(windows);
  result.irregular = result.irregular_share > options.irregular_windows;
  return result;
}

}  // namespace reprise::engine

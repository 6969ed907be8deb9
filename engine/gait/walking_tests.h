// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/gait/lower_back_gait.h"
#include "engine/gait/turns.h"
#include "engine/signal/inertial.h"

namespace reprise::engine {

struct CourseWalk {
  Seconds start;  ///< the first contact
  Seconds end;    ///< the last contact
  double speed_mps = 0;
  std::size_t steps = 0;
  double mean_step_length_m = 0;  ///< the course by the steps
  LowerBackBout bout;

  [[nodiscard]] Seconds time() const { return end - start; }
};

/// Returns the speed over a marked, straight course, as in the 10 m walk test, from a sensor at the lower
/// back that was recorded while the person walked this course and no further: course / time from the first to
/// the last contact of the longest bout. With a stopwatch only the middle of the course is timed, to leave
/// starting and stopping out (physio-pedia.com, on the 10 m walk test: the middle 6 m); a sensor does not see
/// the marks, so starting and stopping count here. `course` 1 to 100 m. Errors: as analyze_lower_back_gait;
/// invalid_argument (course).
[[nodiscard]] Result<CourseWalk> course_walk(const InertialView& samples, Meters course,
                                             const LowerBackGaitOptions& options = {});

struct SixMinuteWalkOptions {
  Meters course{30};  ///< from turn to turn, 5 to 100 m. Unsourced default
  Seconds duration{360};
  std::optional<Seconds> start = std::nullopt;  ///< empty: the first contact
  LowerBackGaitOptions gait;
  TurnOptions turns{Degrees{120}, Seconds{0.5}, Seconds{10}, 0.25, Seconds{0.5}, Hertz{1}};
};

struct SixMinuteWalk {
  Seconds start;
  Seconds end;  ///< start + duration, or the recording's end
  /// Whole lengths of the course by the turns, and the last one by the time walked since the last turn at the
  /// mean time of a length.
  double distance_m = 0;
  std::size_t turns = 0;
  std::size_t steps = 0;
  Seconds walking_time;
  std::vector<Turn> turn_list;
  std::vector<SampleRange> rests;       ///< pauses longer than WalkingBoutOptions::max_pause, in samples
  std::vector<double> steps_in_minute;  ///< one each minute begun; the cadence of a minute without a rest
  std::optional<double> model_distance_m = std::nullopt;  ///< by step lengths; empty without a height
};

/// Measures the 6-minute walk test, back and forth on a course, from a sensor at the lower back, however
/// mounted. Errors: as analyze_lower_back_gait; unsupported (no gyroscope), nothing_measured (no turn: the
/// course is not known to be walked), invalid_argument (course, duration).
[[nodiscard]] Result<SixMinuteWalk> six_minute_walk(const InertialView& samples,
                                                    const SixMinuteWalkOptions& options = {});

}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulation/clinic/course.h"

namespace reprise::simulation {

/// A patient's exercise session on a day.
struct DiarySession {
  int day = 0;
  int minute = 0;  ///< of the day, when it began
  int pain_before = 0;
  std::optional<int> pain_during;  ///< empty: too much pain to begin
  int pain_after = 0;
  int effort = 0;
  std::optional<int> pain_next_morning;
  bool settled = true;  ///< by then
  double progress = 0;  ///< of the first exercise that day
  double form = 0;
  std::size_t sets = 0;  ///< that were begun, one an exercise
  bool stopped = false;  ///< the last of them, for pain
  bool asks_warnings = false;
  std::string_view warning;  ///< the question that was answered yes; empty: none
  bool weekly = false;       ///< they told how their week was
};

struct Diary {
  std::vector<DiarySession> sessions;
  std::vector<Setback> setbacks;  ///< with what only noise and habits made, and from when each shows
};

/// Returns the days without exercise after which a patient of this habit counts as absent. Unsourced default:
/// four days and twice the usual gap between sessions.
[[nodiscard]] int missed_after(Habit habit);

/// Lives through the simulation's days. `first_weekday`: of day 0; 0 is Monday.
[[nodiscard]] Diary keep_diary(std::uint64_t seed, const SimulatedPerson& person,
                               std::vector<Setback> setbacks, int days, int first_weekday);

}  // namespace reprise::simulation

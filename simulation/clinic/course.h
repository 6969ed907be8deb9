// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "simulation/clinic/person.h"

namespace reprise::simulation {

enum class SetbackKind : std::uint8_t {
  pain_flare,    ///< pain rises suddenly and settles over days
  dropout,       ///< no exercising for longer than is usual for this person
  plateau,       ///< range stops improving short of the goal
  range_lost,    ///< range falls suddenly
  warning_sign,  ///< a question about a warning sign is answered yes
  pain_limit,    ///< one session was stopped by the programme's limits of pain
};
[[nodiscard]] std::string_view name(SetbackKind kind);

/// What went wrong, known because it was made so.
struct Setback {
  SetbackKind kind = SetbackKind::pain_flare;
  int start = 0;             ///< day
  int end = 0;               ///< the last day of it, or of the simulation
  double size = 0;           ///< of a flare: points; of range that is lost: share of the way to the target
  double settle_days = 1;    ///< after these, about a third of it is left
  bool planned = true;       ///< false: it came out of ordinary noise and habits
  std::optional<int> shows;  ///< the day from which the record shows it; never: it left no trace in it
};

/// A patient's expected values on a day.
struct CourseDay {
  double pain = 0;      ///< before exercising
  double progress = 0;  ///< of the first exercise: rest is 0, its target 1
  double form = 0;      ///< how well it is done, 0 to 60: what of the quality is not range
  double effort = 0;
  double flare = 0;      ///< points of pain that a flare adds
  double adherence = 1;  ///< what setbacks leave of it
};

/// Up to two, apart from each other; none in a quarter of all people. `days`: how long the simulation is.
[[nodiscard]] std::vector<Setback> draw_setbacks(std::uint64_t seed, const SimulatedPerson& person, int days);

[[nodiscard]] CourseDay course_at(const SimulatedPerson& person, const std::vector<Setback>& setbacks,
                                  int day);

}  // namespace reprise::simulation

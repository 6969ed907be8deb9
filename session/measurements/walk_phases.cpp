// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/walk_phases.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace reprise::session {

void add_walk_phases(MeasurementDocument& document, const engine::TimedUpAndGo& test, double bound_error_s) {
  using enum SignalMeasure;
  constexpr std::array<SignalMeasure, 6> kMeasures = {rise_time,   walk_time, turn_time,
                                                      return_time, sit_time,  sit_time};
  EventTable table{"phases", {test_time}, {}};
  const engine::PhaseInterval* turning_to_sit = nullptr;
  for (const engine::PhaseInterval& phase : test.phases) {
    const std::string name{engine::to_string(phase.phase)};
    table.rows.push_back(
        {phase.start, phase.end, std::nullopt, name, "", {(phase.end - phase.start).value()}});
    shade(document, name, phase.start, phase.end);
    Seconds from = phase.start;
    if (phase.phase == engine::TimedUpAndGoPhase::turn_to_sit) {
      turning_to_sit = &phase;
      continue;
    }
    // Turning and sitting down overlap in many people: one time for both.
    if (phase.phase == engine::TimedUpAndGoPhase::sit_down && turning_to_sit != nullptr)
      from = std::min(from, turning_to_sit->start);
    add_value(document, kMeasures[static_cast<std::size_t>(phase.phase)], (phase.end - from).value(), {},
              bound_error_s * std::numbers::sqrt2);
  }
  add_value(document, turning_angle, std::abs(test.turn.angle.value()));
  document.tables.push_back(std::move(table));
}

}  // namespace reprise::session

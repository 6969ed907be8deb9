// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/ergonomics/lifting_equation.h"
#include "session/assessments/work_load.h"
#include "session/measurements/measurement_builder.h"

namespace reprise::session {

// Load at work as a measurement, so that chart, report and record show it like any other.

/// The ends of a range are two values: what lies between them may be anywhere.
inline constexpr std::string_view kAtLeastPart = "at_least";
inline constexpr std::string_view kAtMostPart = "at_most";
/// Within it, each angle without its ±.
inline constexpr std::string_view kAsMeasuredPart = "as_measured";
/// Its rows are the ends of the score of each of the worst moments.
inline constexpr std::string_view kWorstMomentsTable = "worst_moments";

/// Sums up a scored clip: the ends of its highest score, and of the share of time at each action level. The
/// score as measured is there where no open question leaves it a range. Arm and answers are
/// its source's options, as typed in the command.
[[nodiscard]] MeasurementDocument work_load_measurement(const WorkLoadDocument& document);

/// What a person says of a lift, and when.
struct EnteredLift {
  engine::LiftingTask task;
  std::string recorded_at;  ///< UTC; may be empty
  bool simulated = false;
};
/// Sums up a lift by the NIOSH equation: recommended weight limit and lifting index, as ends of a range where
/// inputs are missing. A limit of 0 has no index. The inputs are its source's options. Errors: those of
/// engine::lifting_limit.
[[nodiscard]] Result<MeasurementDocument> lifting_measurement(const EnteredLift& lift);

}  // namespace reprise::session

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "care/monitoring/evaluate_rules.h"
#include "care/monitoring/sensed_series.h"

// What the change detector (engine/change) says of a patient's sensors, as findings beside those of rules: a
// proposal that a clinician closes, snoozes or reopens as any Flag.
namespace reprise::care {

inline constexpr const char* kSensedChange = "sensed-change";  ///< the code of their Flags
inline constexpr int kSensedDays = 120;                        ///< so much of the past is read

/// Returns the newest change of each series that has not ended, said within the last 30 days, and spikes of
/// the heart in an exercise of the last 7; those that a clinician has closed are left out.
[[nodiscard]] std::vector<RuleFinding> find_sensed_changes(std::span<const SensedSeries> all,
                                                           const PatientTrajectory& course,
                                                           std::int64_t now_ms);

/// Describes such a finding in English, with its numbers.
[[nodiscard]] std::string words_of_sensed(const RuleFinding& finding);

}  // namespace reprise::care

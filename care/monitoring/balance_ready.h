// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "care/monitoring/evaluate_rules.h"
#include "fhir/model/json.h"

// Patients whose results are ready for a level of a balance programme that is not released, as findings
// beside those of rules. The clinician releases it, or closes the line; nothing changes by itself.
namespace reprise::care {

inline constexpr const char* kBalanceReady = "balance-ready";  ///< the code of their Flags

/// Returns one finding of each balance programme whose next level waits for its release; those that a
/// clinician has closed are left out until the sessions begin anew. `value` and `before`: the next level and
/// the present one, counted from 1; `threshold`: the sessions in a row.
[[nodiscard]] std::vector<RuleFinding> find_balance_ready(std::span<const fhir::Json> resources,
                                                          const PatientTrajectory& course);

/// Describes such a finding in English, with its numbers.
[[nodiscard]] std::string words_of_balance(const RuleFinding& finding);

}  // namespace reprise::care

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "care/monitoring/evaluate_rules.h"
#include "fhir/fields/fields.h"

// Turns findings into Flags, and applies a clinician's decision about a Flag.
namespace reprise::care {

/// Builds the Flag of a finding. Its identifier is `identifier_of` it, so that it is raised once.
[[nodiscard]] Json flag_of(const RuleFinding& finding, const PatientTrajectory& course,
                           const std::string& now);

/// Joins the rule, the key, and the first day.
[[nodiscard]] std::string identifier_of(const RuleFinding& finding);

/// Returns the findings that no active flag reports, or only a less urgent one.
[[nodiscard]] std::vector<RuleFinding> unsaid(std::span<const RuleFinding> findings,
                                              const PatientTrajectory& course);

/// Returns the ids of active Flags that have ended by themselves: data came after an absence; a range is
/// better than the plateau; a balance level is released, or no longer within reach; a more urgent rule
/// reports the same change, or the change detector a more urgent one of the same series.
[[nodiscard]] std::vector<std::string> over(std::span<const Rule> rules,
                                            std::span<const RuleFinding> findings,
                                            const PatientTrajectory& course);

/// Returns the Flag, inactive because its finding has ended.
[[nodiscard]] Json ended(Json flag, const std::string& now);

/// A clinician's decision about a Flag: a Task of code `urn:reprise:flag-task` (docs/clinician/rules.md).
struct FlagDecision {
  enum class What : std::uint8_t { close, snooze, reopen } what = What::close;
  std::string flag;     ///< its id
  std::string patient;  ///< its id
  std::string until;    ///< of a snooze, a FHIR dateTime
};

/// Parses a decision. Empty if the resource is no such Task. Errors: a sentence about the missing field.
[[nodiscard]] std::optional<tl::expected<FlagDecision, std::string>> decision_of(const Json& task);

/// Applies the decision to the Flag. `task`: "Task/ID".
[[nodiscard]] Json decided(Json flag, const FlagDecision& decision, const std::string& task,
                           const std::string& now);

}  // namespace reprise::care

#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "care/monitoring/evaluate_rules.h"
#include "fhir/fields/fields.h"

// From findings to Flags, and from what a clinician decides about a Flag to the Flag.
namespace reprise::care {

/// The Flag of a finding; its identifier is `identifier_of` it, so that it is raised once.
[[nodiscard]] Json flag_of(const RuleFinding& finding, const PatientTrajectory& course,
                           const std::string& now);

/// Rule, what it is about, and the day since when.
[[nodiscard]] std::string identifier_of(const RuleFinding& finding);

/// Those of which no active flag tells yet, or only a less urgent one.
[[nodiscard]] std::vector<RuleFinding> unsaid(std::span<const RuleFinding> findings,
                                              const PatientTrajectory& course);

/// Ids of active Flags that are over by themselves: something came after an absence; a range is better than
/// the plateau was; a more urgent rule tells of the same change.
[[nodiscard]] std::vector<std::string> over(std::span<const Rule> rules,
                                            std::span<const RuleFinding> findings,
                                            const PatientTrajectory& course);

/// The Flag, ended because it is over.
[[nodiscard]] Json ended(Json flag, const std::string& now);

/// What a clinician decides about a Flag: a Task of code `urn:reprise:flag-task` (docs/rules.md).
struct FlagDecision {
  enum class What : std::uint8_t { close, snooze, reopen } what = What::close;
  std::string flag;     ///< its id
  std::string patient;  ///< its id
  std::string until;    ///< of a snooze, as FHIR writes times
};

/// Nothing: it is no such Task. Errors: what it lacks, as a sentence.
[[nodiscard]] std::optional<tl::expected<FlagDecision, std::string>> decision_of(const Json& task);

/// The Flag as decided. `task`: "Task/ID".
[[nodiscard]] Json decided(Json flag, const FlagDecision& decision, const std::string& task,
                           const std::string& now);

}  // namespace reprise::care

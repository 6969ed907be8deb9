#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "care/monitoring/trajectory.h"

namespace reprise::care {

/// What a rule says of a course, with the numbers that it rests on.
struct RuleFinding {
  std::string rule;
  int version = 0;
  RuleKind kind = RuleKind::change;
  Urgency urgency = Urgency::soon;
  Watched of = Watched::pain;
  std::string key;            ///< exercise and side (key_of); empty: of none
  std::string exercise;       ///< its id; empty: of none
  std::string exercise_name;  ///< as the record has it
  std::string side;
  std::string measure;  ///< of a range
  std::string unit;
  double value = 0;      ///< now; of an absence the days without anything
  double before = 0;     ///< what was usual; of an absence the days between two sessions
  double threshold = 0;  ///< which the difference reached
  fhir::Day since = 0;   ///< change: the first day that was worse; plateau, absence: the last that was better
  std::vector<std::string> evidence;  ///< "Observation/ID"
};

/// What needs attention at `now_ms`. Each rule looks at each series; what a clinician closed begins anew from
/// there. An active flag's finding is given again while it holds. Of several rules that find the same thing
/// changed, the most urgent tells it.
[[nodiscard]] std::vector<RuleFinding> evaluate_rules(std::span<const Rule> rules,
                                                      const PatientTrajectory& course, std::int64_t now_ms);

/// In English, with its numbers: "Pain up 3 points since 2026-11-17 (5, usually 2)".
[[nodiscard]] std::string words_of(const RuleFinding& finding);

/// Whether a Flag tells of the same thing: kind, of what, exercise and side; by whichever rule.
[[nodiscard]] bool tells(const RaisedFlag& flag, const RuleFinding& finding);
[[nodiscard]] bool is_less_urgent(const RaisedFlag& flag, const RuleFinding& finding);

}  // namespace reprise::care

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "care/monitoring/trajectory.h"

namespace reprise::care {

/// Of a change that the change detector found in a measure of sensors: what a reader needs to judge it.
struct SensedEvidence {
  std::string measurement;  ///< its kind, "gait"
  std::string part;         ///< of several, a muscle; empty: of the whole
  std::string shape;        ///< "step", "drift", "spike"
  double half_width = 0;    ///< of value minus before, holds nine of ten
  fhir::Day earliest = 0;   ///< it began after this day,
  fhir::Day latest = 0;     ///< and not after this one, with nine of ten
  double confidence = 0;    ///< 0 to 1
  int before_count = 0;     ///< days that the baseline rests on
  int after_count = 0;      ///< days since
  std::string shown_unit;   ///< "m/s"
  std::string label;        ///< of the measure, English
  int decimals = 0;
};

/// What a rule found in a trajectory, with the numbers behind it.
struct RuleFinding {
  std::string rule;
  int version = 0;
  RuleKind kind = RuleKind::change;
  Urgency urgency = Urgency::soon;
  Watched of = Watched::pain;
  std::string key;            ///< exercise and side (key_of); empty if of no exercise
  std::string exercise;       ///< its id; empty if of no exercise
  std::string exercise_name;  ///< as in the record
  std::string side;
  std::string measure;  ///< of a range
  std::string unit;
  double value = 0;                   ///< now; of an absence: the days without a session
  double before = 0;                  ///< the usual value; of an absence: the usual days between sessions
  double threshold = 0;               ///< that the difference reached
  fhir::Day since = 0;                ///< change: the first worse day; plateau, absence: the last better day
  std::vector<std::string> evidence;  ///< "Observation/ID"
  std::optional<SensedEvidence> sensed;
};

/// Evaluates each rule on each series as of `now_ms`. A closed finding starts anew from the closing. An
/// active flag's finding is returned while it holds. Of several rules with the same finding the most urgent
/// reports it.
[[nodiscard]] std::vector<RuleFinding> evaluate_rules(std::span<const Rule> rules,
                                                      const PatientTrajectory& course, std::int64_t now_ms);

/// Describes a finding in English, with its numbers: "Pain up 3 points since 2026-11-17 (5, usually 2)".
[[nodiscard]] std::string words_of(const RuleFinding& finding);

/// Checks whether a Flag reports the same: kind, value, exercise and side. The rule may differ.
[[nodiscard]] bool tells(const RaisedFlag& flag, const RuleFinding& finding);
[[nodiscard]] bool is_less_urgent(const RaisedFlag& flag, const RuleFinding& finding);

}  // namespace reprise::care

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "exercises/catalog.h"
#include "fhir/model/json.h"

// Alert rules as data (catalog/rules, docs/clinician/rules.md): when a patient needs attention.
namespace reprise::care {

enum class RuleKind : std::uint8_t {
  change,   ///< worse than before, by more than a threshold
  plateau,  ///< no improvement for this many days, short of the target
  absence,  ///< no session for longer than is usual for this patient
};

/// Watched otherwise than by a rule: `sensed`, a measure of sensors, by the change detector; `balance`, a
/// level of a balance programme that waits for its release.
enum class Watched : std::uint8_t { pain, effort, range, quality, sessions, sensed, balance };

/// How soon a clinician should look.
enum class Urgency : std::uint8_t { now, soon, watch };

/// The last data days that count: at least `points` of them, all within `days`.
struct Window {
  int days = 0;
  int points = 0;
};

struct Rule {
  std::string id;  ///< lower-case letters and '-'
  int version = 0;
  RuleKind kind = RuleKind::change;
  Watched of = Watched::pain;
  Urgency urgency = Urgency::soon;
  /// change: the threshold in points or degrees (ratios: hundredths); for a range at least the measurement
  /// uncertainty. plateau: the largest gain within `recent.days` that still counts as none.
  double by = 0;
  double short_of = 0;   ///< plateau: the least distance to the target, in units of `by`
  Window recent;         ///< change: each of these days is worse; plateau: the days without progress
  Window before;         ///< change and plateau: the days to compare with
  int least_days = 0;    ///< absence: the shortest
  double usual_gap = 0;  ///< absence: a multiple of the usual gap between sessions
};

/// Parses a rule file. Errors: invalid_argument, with the field and its expected value.
[[nodiscard]] Result<Rule> parse_rule(const exercises::CatalogFile& file);

/// Wraps a rule's file into the PlanDefinition that a record keeps, byte for byte. Errors: those of
/// parse_rule.
[[nodiscard]] Result<fhir::Json> plan_definition(const exercises::CatalogFile& file);

/// Parses the rule of such a PlanDefinition. Errors: corrupt (no file, not a rule, or an id or version that
/// differs from the resource's).
[[nodiscard]] Result<Rule> read_plan_definition(const fhir::Json& definition);

[[nodiscard]] std::string_view name_of(RuleKind kind);
[[nodiscard]] std::string_view name_of(Watched watched);
[[nodiscard]] std::string_view name_of(Urgency urgency);

}  // namespace reprise::care

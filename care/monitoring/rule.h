#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "exercises/catalog.h"
#include "fhir/model/json.h"

// What makes a patient need attention: rules as data (catalog/rules, docs/rules.md).
namespace reprise::care {

enum class RuleKind : std::uint8_t {
  change,   ///< worse than before, by more than a threshold
  plateau,  ///< no better for so many days, short of the target
  absence,  ///< nothing came, for longer than is usual for this person
};

enum class Watched : std::uint8_t { pain, effort, range, quality, sessions };

/// How soon a clinician should look.
enum class Urgency : std::uint8_t { now, soon, watch };

/// The last data days that count, all within `days`, and how many must be there.
struct Window {
  int days = 0;
  int points = 0;
};

struct Rule {
  std::string id;  ///< small letters and '-'
  int version = 0;
  RuleKind kind = RuleKind::change;
  Watched of = Watched::pain;
  Urgency urgency = Urgency::soon;
  /// Of change: points, degrees (a ratio's hundredths); of a range the uncertainty of what is compared counts
  /// where it is more. Of plateau: what is gained in `recent.days` at most.
  double by = 0;
  double short_of = 0;   ///< of plateau: less than this to the target is none, as `by`
  Window recent;         ///< of change: each of these is worse; of plateau: the days without progress
  Window before;         ///< of change and plateau: what is compared with
  int least_days = 0;    ///< of absence
  double usual_gap = 0;  ///< of absence: so many times what is usual between two sessions
};

/// Errors: invalid_argument, with the field and what belongs there.
[[nodiscard]] Result<Rule> parse_rule(const CatalogFile& file);

/// A rule's file as the PlanDefinition that a record keeps; the file itself is in it, byte for byte. Errors:
/// those of parse_rule.
[[nodiscard]] Result<fhir::Json> plan_definition(const CatalogFile& file);

/// The rule of such a PlanDefinition. Errors: corrupt (no file in it, one that is no rule, or one of another
/// id or version than the resource says).
[[nodiscard]] Result<Rule> read_plan_definition(const fhir::Json& definition);

[[nodiscard]] std::string_view name_of(RuleKind kind);
[[nodiscard]] std::string_view name_of(Watched watched);
[[nodiscard]] std::string_view name_of(Urgency urgency);

}  // namespace reprise::care

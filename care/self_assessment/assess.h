// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/side.h"
#include "base/units.h"
#include "care/safety/safety.h"
#include "care/self_assessment/definition.h"
#include "session/measurements/function_references.h"

namespace reprise::care {

/// A movement that the camera measured, or did not.
struct SelfMeasurement {
  std::string test;
  std::optional<Side> side;            ///< empty: the test has none
  std::optional<Degrees> angle;        ///< empty: not measured
  std::optional<Degrees> uncertainty;  ///< half-width; empty: not known
  /// Why not measured: skipped, pain, camera, nothing, turned, unseen, short.
  std::string reason;
  std::optional<int> stands = {};  ///< of a test of function; empty: not measured

  [[nodiscard]] bool is_measured() const { return angle.has_value() || stands.has_value(); }
};

/// An earlier one, of the record.
struct SelfEarlier {
  SelfMeasurement measured;
  std::string day;  ///< as the page shows it
};

/// A test that a person stopped because it hurt.
struct SelfStop {
  std::string test;
  std::optional<int> pain;  ///< 0 to 10; empty: not said
};

/// What a person said and did so far. Empty: not asked or not answered yet.
struct SelfAnswers {
  std::map<std::string, bool, std::less<>> flags;  ///< general red flags and those of regions, by id
  std::vector<std::string> regions;
  std::optional<int> pain;  ///< now, 0 to 10
  std::string since;
  std::string course;
  std::optional<std::vector<std::string>> worse_with;
  std::optional<std::vector<std::string>> hard;
  std::optional<bool> unsteady;          ///< in standing, or fell in the last year
  std::optional<bool> support_in_reach;  ///< empty counts as no
  std::set<TestPosition> released;       ///< by the clinic
  bool limited = false;                  ///< the clinic limits movement, load or being alone: no test
  std::optional<SelfStop> stop;
  std::vector<SelfMeasurement> measured;
  std::vector<SelfEarlier> earlier;
  PainLimits limits;
  session::TestedPerson person;  ///< as far as the person gave it; references alone ask for it
};

enum class SelfReasonKind : std::uint8_t {
  red_flag,
  pain_over_limit,
  stopped_by_pain,
  lasts_long,
  getting_worse,
  hard_things,
  side_difference,
  less_than_last,
  few_stands,
  fewer_than_last,
};
[[nodiscard]] std::string_view name(SelfReasonKind kind);

struct SelfReason {
  SelfReasonKind kind = SelfReasonKind::red_flag;
  std::string about;  ///< id of a flag or a test; may be empty
};

enum class NotOffered : std::uint8_t { unsteady, support, release, enough, limited };
[[nodiscard]] std::string_view name(NotOffered why);

struct SelfTestOffer {
  const SelfTest* test = nullptr;
  std::optional<NotOffered> not_offered;  ///< empty: it is offered
};

/// How both sides compare. Sides that the ± does not tell apart are `alike`.
enum class SidesCompare : std::uint8_t { alike, small_difference, less_far };

struct SelfChange {
  std::optional<Side> side;
  int change = 0;   ///< degrees or stands more than last time; 0: no sure change
  int earlier = 0;  ///< degrees or stands
  std::string day;
};

/// How a count compares with what a source calls below average. Within the error of a count: `near`.
enum class StandsCompare : std::uint8_t { below, near, above };

struct SelfStands {
  StandsCompare compare = StandsCompare::near;
  int low = 0;  ///< fewer are below average
  session::ReferenceGroup group;
};

struct SelfFinding {
  const SelfTest* test = nullptr;
  std::vector<SelfMeasurement> measured;  ///< of each side, the left first
  std::optional<SidesCompare> compare;
  std::optional<Side> lesser;  ///< with less_far
  int difference_deg = 0;
  std::vector<SelfChange> changes;
  std::optional<SelfStands> stands;  ///< empty: not counted, or no reference for this person
};

struct SelfOutcome {
  std::optional<SelfLevel> level;  ///< empty: something must be answered first
  bool ended = false;              ///< nothing more is asked or tried
  bool tells_clinic = false;
  std::vector<std::string> missing;  ///< what must be answered next: ids of flags, names of fields
  std::vector<SelfReason> reasons;
  std::vector<SelfTestOffer> tests;
  std::vector<const SelfRegion*> without_test;  ///< regions that no test can be offered for
  std::vector<SelfFinding> findings;
};

/// Judges the answers: rules, no inference. A yes to any flag, pain over the limits, or a test stopped by
/// pain ends it. Without answers to all questions there is no level but that of what ended it. Results point
/// into `definition`. Precondition: the answers name what `definition` has, as parse_self_answers sees to.
[[nodiscard]] SelfOutcome assess_self(const SelfDefinition& definition, const SelfAnswers& answers);

}  // namespace reprise::care

#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "care/plan/programme.h"
#include "fhir/fields/answer_index.h"
#include "fhir/fields/days.h"

// Whether an exercise might be made harder or easier, by what was done of it last: a proposal for a
// clinician, never more. The numbers are unsourced defaults; docs/programme-builder.md lists them.
namespace reprise::care {

/// The version of the rules, as decisions about a proposal name it.
inline constexpr int kIntensityRules = 1;

/// A day on which an exercise was done, as it is prescribed now.
struct DoneDay {
  fhir::Day day = 0;
  int counted = 0;   ///< repetitions or holds, of all sets
  double share = 0;  ///< of what is prescribed for a day
  bool stopped_for_pain = false;
  std::optional<int> pain;        ///< the worst while and after exercising on that day, 0 to 10
  std::optional<int> pain_rise;   ///< over what was said before
  std::optional<double> effort;   ///< the greatest of that day, 0 to 10
  std::optional<double> quality;  ///< mean, 0 to 100
  std::vector<std::string> evidence;
};

enum class ProgressionChange : std::uint8_t { raise, lower };

enum class IntensityReason : std::uint8_t {
  all_done,  ///< everything on each of the days
  pain_low,
  effort_low,
  stopped_for_pain,
  pain_high,  ///< over the programme's limits
  little_done,
  effort_high,
};

struct IntensityProposal {
  std::string request;  ///< id of the ServiceRequest
  ProgressionChange change = ProgressionChange::raise;
  std::vector<IntensityReason> reasons;
  std::vector<DoneDay> days;         ///< that it rests on, the oldest first
  Dosage dosage;                     ///< proposed
  std::vector<std::string> instead;  ///< ids of harder or easier exercises, where the dosage has no room
};

/// The days on which an exercise was done, the oldest first; nothing from before it was prescribed as now
/// (`authoredOn` of its ServiceRequest), nor of days to come. `record`: ServiceRequests, Procedures,
/// Observations.
[[nodiscard]] std::vector<DoneDay> done_days(const PrescribedExercise& prescribed,
                                             const fhir::AnswerIndex& record, fhir::Day today);

/// Nothing: it may stay as it is, or too little is known.
[[nodiscard]] std::optional<IntensityProposal> propose_intensity(const PrescribedExercise& prescribed,
                                                                 const PainLimits& limits,
                                                                 std::span<const DoneDay> days,
                                                                 fhir::Day today);

}  // namespace reprise::care

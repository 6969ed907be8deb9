#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "care/safety/flag.h"
#include "fhir/fields/answer_index.h"

// What a patient may not exercise until a clinician has decided, or until the next day: docs/programme.md,
// "Holds".
namespace reprise::care {

struct Hold {
  std::string exercise;          ///< id of the ServiceRequest that is on hold; empty: all exercises are
  bool needs_clinician = false;  ///< else answers within the limits on a later day end it, too
  std::string recorded;          ///< when the record got it, by its clock; empty: it has not got it yet
  std::string said;              ///< when the patient said it, as FHIR writes times
  std::string answers;           ///< identifier of the QuestionnaireResponse, "urn:uuid:…"; empty: of none
  std::vector<std::string> reasons;    ///< codes, as in the Flag: "red-flag", "pain-over-limit", …
  std::vector<std::string> questions;  ///< linkIds of the warning signs that were answered with yes
  std::optional<int> pain;             ///< 0 to 10
};

/// What a verdict on a statement puts on hold; nothing where the clinic need not be told. What does not say
/// which exercise it is about holds all of them.
[[nodiscard]] std::optional<Hold> hold_of(const SafetyStatement& statement, const SafetyVerdict& verdict,
                                          const std::string& recorded);

/// As an extension of the Flag, `urn:reprise:hold`.
[[nodiscard]] Json hold_extension(const Hold& hold);

/// The hold of a Flag; nothing where it has none, where it has ended, or where a clinician closed the Flag.
/// One that cannot be read holds everything until a clinician decides.
[[nodiscard]] std::optional<Hold> active_hold(const Json& flag);

/// A patient's holds: those of active Flags, and those of answers that were given on this device (they have
/// no version of the record's) of which no Flag tells yet.
[[nodiscard]] std::vector<Hold> read_holds(const fhir::AnswerIndex& record, std::string_view patient,
                                           const PainLimits& limits);

/// Within this time a wrong touch may be taken back. Unsourced default.
inline constexpr std::int64_t kTakeBackMs = 10 * 60'000;
/// At least this long lies between what was said and the next day's answers, whatever clocks and zones say.
/// Unsourced default.
inline constexpr std::int64_t kNightMs = 6 * 3'600'000;

/// Whether an answer takes back what put this on hold. `now_ms`: when the record gets it.
[[nodiscard]] bool takes_back(const SafetyStatement& later, const Hold& hold, std::int64_t now_ms);

/// Whether an answer is the next day's and within the limits, so that the exercise is open again. The day is
/// that of the record's clock in the patient's zone.
[[nodiscard]] bool opens_again(const SafetyStatement& later, const SafetyVerdict& verdict, const Hold& hold,
                               std::int64_t now_ms);

enum class HoldEnd : std::uint8_t { taken_back, next_day };

/// The Flag with its hold ended; it stays active, because a clinician is still to look at it. `evidence`: the
/// answer that ended the hold, "TYPE/ID".
[[nodiscard]] Json with_hold_ended(Json flag, HoldEnd why, const std::string& evidence,
                                   const std::string& now);

}  // namespace reprise::care

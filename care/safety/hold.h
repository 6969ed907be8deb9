// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "care/safety/flag.h"
#include "fhir/fields/answer_index.h"

// Exercises that are on hold until a clinician has decided, or until the next day:
// docs/reference/programme.md, "Holds".
namespace reprise::care {

struct Hold {
  std::string exercise;          ///< id of the ServiceRequest that is on hold; empty if all are
  bool needs_clinician = false;  ///< if false, answers within the limits on a later day end it, too
  std::string recorded;          ///< time of receipt by the record's clock; empty if not yet received
  std::string said;              ///< when the patient said it, a FHIR dateTime
  std::string answers;  ///< identifier of the QuestionnaireResponse, "urn:uuid:…"; empty if of none
  std::vector<std::string> reasons;    ///< codes, as in the Flag: "red-flag", "pain-over-limit", …
  std::vector<std::string> questions;  ///< linkIds of the warning signs answered with yes
  std::optional<int> pain;             ///< 0 to 10
};

/// Returns the hold that follows from a verdict; empty if the clinic need not be told. A statement that names
/// no exercise holds all of them.
[[nodiscard]] std::optional<Hold> hold_of(const SafetyStatement& statement, const SafetyVerdict& verdict,
                                          const std::string& recorded);

/// Writes the hold as an extension of the Flag, `urn:reprise:hold`.
[[nodiscard]] Json hold_extension(const Hold& hold);

/// Returns the hold of a Flag; empty if it has none, the hold has ended, or a clinician closed the Flag. An
/// unreadable hold holds everything until a clinician decides.
[[nodiscard]] std::optional<Hold> active_hold(const Json& flag);

/// Returns a patient's holds: those of active Flags, and those of answers given on this device that no Flag
/// reports yet. Such answers have no version of the record's.
[[nodiscard]] std::vector<Hold> read_holds(const fhir::AnswerIndex& record, std::string_view patient,
                                           const PainLimits& limits);

/// A mistaken answer may be withdrawn within this time. Unsourced default.
inline constexpr std::int64_t kTakeBackMs = in_ms(std::chrono::minutes{10});
/// The least time between a statement and the next day's answers, whatever the clocks and zones say.
/// Unsourced default.
inline constexpr std::int64_t kNightMs = in_ms(std::chrono::hours{6});

/// Checks whether an answer withdraws the one that caused this hold. `now_ms`: when the record received it.
[[nodiscard]] bool takes_back(const SafetyStatement& later, const Hold& hold, std::int64_t now_ms);

/// Checks whether an answer of the next day is within the limits, so that the exercise is open again. The day
/// is that of the record's clock in the patient's zone.
[[nodiscard]] bool opens_again(const SafetyStatement& later, const SafetyVerdict& verdict, const Hold& hold,
                               std::int64_t now_ms);

enum class HoldEnd : std::uint8_t { taken_back, next_day };

/// Returns the Flag with its hold ended. It stays active until a clinician has looked. `evidence`: the answer
/// that ended the hold, "TYPE/ID".
[[nodiscard]] Json with_hold_ended(Json flag, HoldEnd why, const std::string& evidence,
                                   const std::string& now);

}  // namespace reprise::care

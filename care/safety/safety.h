// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Judges answers about pain, red flags and support (docs/reference/programme.md): rules, no inference.
namespace reprise::care {

/// Limits on a scale from 0 to 10. The defaults are those of the safety contract; a clinician sets others.
struct PainLimits {
  int stop = 5;  ///< more than this stops the exercise
  int rise = 2;  ///< a rise of this or more over today's first answer does, too
};

/// The linkIds of catalog/questionnaires/red_flags.json.
inline constexpr std::array<std::string_view, 10> kRedFlags = {"saddle-or-bladder",
                                                               "chest-or-breath",
                                                               "calf",
                                                               "wound-or-fever",
                                                               "pop",
                                                               "weakness-or-numbness",
                                                               "injury",
                                                               "neck-dizziness",
                                                               "night-pain",
                                                               "dizziness-or-palpitations"};

/// The linkIds of a region's warning signs in catalog/questionnaires/self_assessment.json. A yes to one is a
/// red flag; none of them is ever due.
inline constexpr std::array<std::string_view, 15> kSelfFlags = {
    "self-flag-neck-hands",     "self-flag-neck-headache", "self-flag-shoulder-sweat",
    "self-flag-shoulder-shape", "self-flag-elbow-hot",     "self-flag-wrist-hot",
    "self-flag-wrist-cold",     "self-flag-back-legs",     "self-flag-back-history",
    "self-flag-hip-shorter",    "self-flag-hip-hot",       "self-flag-knee-hot",
    "self-flag-knee-stuck",     "self-flag-ankle-steps",   "self-flag-ankle-hot"};

/// The red flag that version 1 of the questionnaire lacks; a device may still hold that.
inline constexpr std::string_view kSinceVersion2 = "dizziness-or-palpitations";

/// The facts that decide whether a patient may go on. Empty if not asked or not answered.
struct SafetyFacts {
  std::map<std::string, bool, std::less<>> red_flags;  ///< by linkId
  bool red_flags_due = false;                          ///< each must be answered
  bool red_flags_of_version_1 = false;                 ///< which does not ask kSinceVersion2
  std::optional<int> pain;                             ///< now, 0 to 10
  std::optional<int> pain_before;                      ///< today's first answer
  bool pain_due = false;
  bool needs_support = false;
  std::optional<bool> support_in_reach;
  bool needs_helper = false;
  std::optional<bool> helper_present;
  std::optional<bool> settled;  ///< within 24 hours, asked the next morning
  bool of_the_day = false;      ///< the pain was felt before exercising, or the morning after
  bool stopped = false;         ///< the patient's device stopped exercising because of these answers
  std::string passed_limit;     ///< `stopped` because of it: a name of endurance_limits.h; empty: of none
};

/// Ordered: the strongest wins.
enum class Verdict : std::uint8_t {
  go_on,
  ask,            ///< a required answer is missing
  stop_exercise,  ///< stop this exercise, or do not begin it
  end_session,    ///< end it and show whom to call
};

enum class SafetyReason : std::uint8_t {
  red_flag,
  pain_over_limit,
  pain_risen,
  not_settled,
  no_support,
  no_helper,
  not_answered,
  stopped,
  limit_passed,  ///< of an endurance session (endurance_limits.h)
};

struct SafetyFinding {
  SafetyReason reason;
  std::string question;  ///< the linkId, if it is about a question; the limit that was passed
};

struct SafetyVerdict {
  Verdict verdict = Verdict::go_on;
  std::vector<SafetyFinding> findings;
  bool tells_clinic = false;
};

[[nodiscard]] SafetyVerdict judge(const SafetyFacts& facts, const PainLimits& limits);

}  // namespace reprise::care

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "care/safety/safety.h"
#include "fhir/model/json.h"

namespace reprise::care {

/// The linkIds of the questions about pain, effort and the like.
inline constexpr std::string_view kPainBefore = "pain-before";
inline constexpr std::string_view kPainDuring = "pain-during";
inline constexpr std::string_view kPainAfter = "pain-after";
inline constexpr std::string_view kPainNextMorning = "pain-next-morning";
inline constexpr std::string_view kEffort = "effort";
inline constexpr std::string_view kSupportInReach = "support-in-reach";
inline constexpr std::string_view kHelperPresent = "helper-present";
inline constexpr std::string_view kSettled = "settled";

struct Answer {
  std::string question;  ///< its linkId
  std::variant<bool, int, double, std::string> value;
};

/// A questionnaire that a patient has answered.
struct Answers {
  std::string id;       ///< UUID in lower case, assigned once to these answers
  std::string session;  ///< UUID; empty if of no session
  std::string patient;
  std::string programme;      ///< id of the CarePlan; empty if of none
  std::string questionnaire;  ///< canonical, with its version: "urn:reprise:questionnaire:red-flags|1"
  std::string authored;       ///< a FHIR dateTime with its zone
  bool simulated = false;
  std::vector<Answer> answers;
  std::string exercise = {};      ///< id of the ServiceRequest that they are about; empty if of none
  bool stopped = false;           ///< the device stopped exercising because of them
  std::string passed_limit = {};  ///< `stopped` because of it: a name of endurance_limits.h; empty: of none
  std::string takes_back = {};    ///< `id` of the answers that these withdraw; empty if of none
  bool partial = false;           ///< a required question was not asked
};

/// Builds the record's transaction: a QuestionnaireResponse, and an Observation for each answer about pain
/// and effort. Sending it twice changes nothing. Errors: invalid_argument.
[[nodiscard]] Result<fhir::Json> answers_bundle(const Answers& answers);

/// Extracts the safety facts of a QuestionnaireResponse. Skips answers to unknown questions; an unreadable
/// answer counts as missing.
[[nodiscard]] SafetyFacts safety_facts(const fhir::Json& questionnaire_response);

}  // namespace reprise::care

#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "care/safety/safety.h"
#include "fhir/model/json.h"

namespace reprise::care {

/// The questions of which the answers mean pain, effort and the like, by their linkIds.
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
  std::string id;       ///< UUID in small letters, made once for these answers
  std::string session;  ///< UUID; empty: of no session
  std::string patient;
  std::string programme;      ///< id of the CarePlan; empty: of none
  std::string questionnaire;  ///< canonical, with its version: "urn:reprise:questionnaire:red-flags|1"
  std::string authored;       ///< as FHIR writes times, with the zone
  bool simulated = false;
  std::vector<Answer> answers;
  std::string exercise = {};    ///< id of the ServiceRequest that they are about; empty: of none
  bool stopped = false;         ///< the device stopped exercising because of them
  std::string takes_back = {};  ///< `id` of the answers that they take back; empty: of none
  bool partial = false;         ///< a question that requires an answer has none, as it was not asked
};

/// The answers as a transaction for the record: a QuestionnaireResponse, and an Observation for each answer
/// about pain and effort. Sent twice, it changes nothing. Errors: invalid_argument.
[[nodiscard]] Result<fhir::Json> answers_bundle(const Answers& answers);

/// What a QuestionnaireResponse says of safety. What is no answer to a known question is passed over; an
/// answer that cannot be read counts as none.
[[nodiscard]] SafetyFacts safety_facts(const fhir::Json& questionnaire_response);

}  // namespace reprise::care

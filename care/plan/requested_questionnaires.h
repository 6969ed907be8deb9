// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "care/plan/questionnaire_request.h"

// The questionnaires that a programme requests or has requested, and changes of them: for a clinician.
namespace reprise::care {

enum class RequestState : std::uint8_t { due, later, overdue, done, withdrawn, unreadable };

struct RequestedQuestionnaire {
  std::string key;             ///< names its activity, also after others were added or changed
  QuestionnaireRequest asked;  ///< if it is unreadable or closed, only what its activity says
  RequestState state = RequestState::unreadable;
  std::vector<std::string> answers;  ///< ids of the QuestionnaireResponses that count, the newest first
};

/// Lists what a CarePlan requests, open requests first. `record`: with the patient's answers. `today`: a day
/// by the reader's clock.
[[nodiscard]] std::vector<RequestedQuestionnaire> requested_questionnaires(const Json& care_plan,
                                                                           const fhir::AnswerIndex& record,
                                                                           std::string_view today);

/// Adds a request to a CarePlan: `canonical`, `every_days`, `reason`, `since` and `answer_by` are written.
void add_request(Json& care_plan, const QuestionnaireRequest& asked);

/// Sets the status of the request with this key: "cancelled" or "scheduled".
void set_request_status(Json& care_plan, std::string_view key, std::string_view status);

}  // namespace reprise::care

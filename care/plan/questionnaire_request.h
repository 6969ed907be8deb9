// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "care/plan/programme.h"
#include "fhir/fields/answer_index.h"

namespace reprise::care {

/// Parses the questionnaire request of a CarePlan activity, without its last answer. Empty if the activity is
/// of another kind. Errors: why it cannot be asked.
[[nodiscard]] std::optional<tl::expected<QuestionnaireRequest, std::string>> read_asked(const Json& activity);

/// Checks if an activity's detail says that it still holds. An unknown status does not count.
[[nodiscard]] bool is_open_request(const Json& detail);

/// Returns the QuestionnaireResponses that answer a request.
[[nodiscard]] std::vector<const Json*> counted_answers(const QuestionnaireRequest& asked,
                                                       const fhir::AnswerIndex& record,
                                                       std::string_view patient);

/// Fills in the day of the last answer, from the QuestionnaireResponses of `record`, and the due day.
/// `start`:
/// the first day of the programme as a FHIR date; may be empty.
void find_due(QuestionnaireRequest& asked, const fhir::AnswerIndex& record, std::string_view patient,
              std::string_view start);

}  // namespace reprise::care

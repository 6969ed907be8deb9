#pragma once

#include <optional>

#include <tl/expected.hpp>

#include "care/plan/programme.h"
#include "fhir/fields/answer_index.h"

namespace reprise::care {

/// The questionnaire that an activity of a CarePlan asks for, or why it cannot be asked; nothing: it is an
/// activity of another kind. When it was answered is not looked up.
[[nodiscard]] std::optional<tl::expected<QuestionnaireRequest, std::string>> read_asked(const Json& activity);

/// Fills in when it was answered last, by the QuestionnaireResponses of `record`, and when it is due.
/// `start`: the first day of the programme as FHIR writes dates; may be empty.
void find_due(QuestionnaireRequest& asked, const fhir::AnswerIndex& record, std::string_view patient,
              std::string_view start);

}  // namespace reprise::care

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

// JSON texts for and from a page; reprise.d.mts has their types. Errors: those of reading the record, and
// invalid_argument if a text is not as its type says.
namespace reprise::care {

/// Programme, of the record's answers.
[[nodiscard]] Result<std::string> programme_text(std::span<const std::string> answers);
/// RequestedQuestionnaires of the record's answers. `today`: a day.
[[nodiscard]] Result<std::string> requested_questionnaires_text(std::span<const std::string> answers,
                                                                std::string_view today);
/// A CarePlan with one more request.
[[nodiscard]] Result<std::string> with_questionnaire_text(std::string_view asked);
/// A CarePlan with another status of a request.
[[nodiscard]] Result<std::string> request_status_text(std::string_view status);
/// GivenConsent to a transaction.
[[nodiscard]] Result<std::string> consent_bundle_text(std::string_view consent);

}  // namespace reprise::care

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "care/self_assessment/assess.h"

namespace reprise::care {

/// Writes the outcome as JSON with its words in `language` (English where there are none): reprise.d.mts,
/// SelfOutcome. `answers`: those that it was made of.
[[nodiscard]] std::string to_self_outcome_json(const SelfOutcome& outcome, const SelfDefinition& definition,
                                               const SelfAnswers& answers, const std::string& language);

/// Judges answers as text by a definition as text, for pages and the command line. Errors: those of
/// parse_self_definition and parse_self_answers.
[[nodiscard]] Result<std::string> self_assessment_text(const std::string& definition,
                                                       std::string_view answers, const std::string& language);

}  // namespace reprise::care

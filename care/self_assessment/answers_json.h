// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/result.h"
#include "care/self_assessment/assess.h"

namespace reprise::care {

/// Parses answers, a JSON object as docs/reference/self-assessment.md has it. Null counts as not answered.
/// Errors: corrupt (no JSON object, a field written twice), invalid_argument (a field, a region, a question,
/// an option or a test that the definition does not have; a value that cannot be). No error repeats an
/// answer.
[[nodiscard]] Result<SelfAnswers> parse_self_answers(std::string_view text, const SelfDefinition& definition);

}  // namespace reprise::care

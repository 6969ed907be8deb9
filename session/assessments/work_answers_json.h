// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/result.h"
#include "engine/ergonomics/work_answers.h"

namespace reprise::session {

/// Reads answers that a person wrote: a JSON object with the names of engine/ergonomics/work_answers.h, each
/// true or false, a number, a text, or null where it is not known. Errors: corrupt (no JSON object, a field
/// written twice), invalid_argument (an unknown name, a value that cannot be).
[[nodiscard]] Result<engine::WorkAnswers> parse_work_answers(std::string_view text);

}  // namespace reprise::session

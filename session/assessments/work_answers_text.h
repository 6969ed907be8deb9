// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "base/side.h"
#include "engine/ergonomics/work_answers.h"

namespace reprise::session {

/// Returns the arm and the answers that the method asks for as they are typed in the command:
/// "--side left --load-kg 12 --repeated yes". Empty: none is given.
[[nodiscard]] std::string work_options_text(engine::WorkMethod method, std::optional<Side> side,
                                            const engine::WorkAnswers& answers);

/// Returns a number as a person types it: 12 or 12.5, up to ten digits.
[[nodiscard]] std::string typed_number(double number);

}  // namespace reprise::session

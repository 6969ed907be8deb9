#pragma once

#include <tl/expected.hpp>

#include "care/answer_index.h"
#include "care/programme.h"
#include "care/restrictions.h"

namespace reprise::care {

/// What a ServiceRequest prescribes within a programme's restrictions, or why it cannot be offered.
/// `personal_bests`: whether the programme allows them.
[[nodiscard]] tl::expected<PrescribedExercise, std::string> read_prescribed(const Json& request,
                                                                            const AnswerIndex& record,
                                                                            const Restrictions& restrictions,
                                                                            bool personal_bests);

}  // namespace reprise::care

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tl/expected.hpp>

#include "care/plan/programme.h"
#include "care/plan/restrictions.h"
#include "fhir/fields/answer_index.h"

namespace reprise::care {

/// What a ServiceRequest prescribes within a programme's restrictions, or why it cannot be offered.
/// `personal_bests`: whether the programme allows them.
[[nodiscard]] tl::expected<PrescribedExercise, std::string> read_prescribed(const Json& request,
                                                                            const fhir::AnswerIndex& record,
                                                                            const Restrictions& restrictions,
                                                                            bool personal_bests);

}  // namespace reprise::care

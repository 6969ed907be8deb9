// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tl/expected.hpp>

#include "care/plan/programme.h"
#include "care/plan/restrictions.h"
#include "fhir/fields/answer_index.h"

namespace reprise::care {

/// Returns the exercise that a ServiceRequest prescribes, "urn:reprise:exercise:squat|1"; empty: none.
[[nodiscard]] std::string exercise_canonical(const Json& request);
/// Returns the exercise's id, "squat"; empty: none.
[[nodiscard]] std::string exercise_id(const Json& request);
/// Checks for a movement that is to be measured once.
[[nodiscard]] bool is_assessment(const Json& request);

/// What a ServiceRequest prescribes within a programme's restrictions, or why it cannot be offered.
/// `personal_bests`: whether the programme allows them.
[[nodiscard]] tl::expected<PrescribedExercise, std::string> read_prescribed(const Json& request,
                                                                            const fhir::AnswerIndex& record,
                                                                            const Restrictions& restrictions,
                                                                            bool personal_bests);

}  // namespace reprise::care

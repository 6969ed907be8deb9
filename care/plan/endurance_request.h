// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "care/plan/programme.h"
#include "fhir/fields/answer_index.h"

namespace reprise::care {

/// Checks for an endurance session: walking or cycling by effort (docs/reference/programme.md).
[[nodiscard]] bool is_endurance_request(const Json& request);

/// Reads a ServiceRequest that prescribes such a session, and when it was done last. Empty if it prescribes
/// none now. A request that cannot be followed has a `problem`; a heart rate as a target where the heart does
/// not respond normally is one (SAFETY.md 9).
[[nodiscard]] std::optional<EnduranceRequest> read_endurance(const Json& request,
                                                             const fhir::AnswerIndex& record,
                                                             std::string_view patient);

}  // namespace reprise::care

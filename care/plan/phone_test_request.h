// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "care/plan/programme.h"
#include "fhir/fields/answer_index.h"

namespace reprise::care {

/// Checks for a test that the patient does with the phone's own motion sensors (docs/reference/programme.md).
[[nodiscard]] bool is_phone_test(const Json& request);

/// Reads a ServiceRequest that prescribes such a test, and when it was done last. Empty if it prescribes none
/// now. A request that cannot be followed has a `problem`.
[[nodiscard]] std::optional<PhoneTestRequest> read_phone_test(const Json& request,
                                                              const fhir::AnswerIndex& record,
                                                              std::string_view patient);

}  // namespace reprise::care

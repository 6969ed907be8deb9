// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fhir/fields/answer_index.h"

namespace reprise::care {

/// What the clinic released of a patient's self-assessment, by the names of TestPosition: "single_leg",
/// "step_down", "jump", in this order. A release is an active ServiceRequest of a practitioner for this
/// patient, with the reason that the patient was seen doing it safely. One that is unreadable releases
/// nothing.
[[nodiscard]] std::vector<std::string> read_self_releases(const fhir::AnswerIndex& record,
                                                          std::string_view patient);

}  // namespace reprise::care

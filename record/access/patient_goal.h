// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "fhir/model/json.h"

namespace reprise::record {

/// Checks a Goal that a patient writes: the own goal in the own words, and nothing that a clinician adds to
/// one (docs/reference/programme.md, "A goal in the patient's own words"). `self`: "Patient/ID". `before`:
/// null on create. Returns the reason for refusal; nullopt if the patient may turn `before` into `after`.
[[nodiscard]] std::optional<std::string_view> refuse_patient_goal(const std::string& self,
                                                                  const fhir::Json* before,
                                                                  const fhir::Json& after);

}  // namespace reprise::record

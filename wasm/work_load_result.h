// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "session/assessments/work_load.h"

namespace reprise::wasm {

/// Returns a WorkLoadResult (reprise.d.mts) as JSON. Errors: those of session::to_work_load_json and
/// session::to_measurement_json.
[[nodiscard]] Result<std::string> work_load_result_text(const session::WorkLoadDocument& document);

/// Computes the recommended weight limit of a lift, a LiftRequest as text. Returns a LiftResult. Errors:
/// invalid_argument with the field, those of session::lifting_measurement.
[[nodiscard]] Result<std::string> lift_text(std::string_view request);

}  // namespace reprise::wasm

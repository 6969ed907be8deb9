// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "json/fields.h"
#include "session/measurements/measurement_document.h"

namespace reprise::wasm {

/// Returns a MeasuredResult (reprise.d.mts): the document, its values in the units of display, and
/// its warnings. Errors: those of session::to_measurement_json.
[[nodiscard]] Result<json::Json> measured_result(const session::MeasurementDocument& document);
/// The same as text.
[[nodiscard]] Result<std::string> measured_result_text(const session::MeasurementDocument& document);

/// Each as {code, text, remedy}.
[[nodiscard]] json::Json warnings_json(const std::vector<session::Warning>& warnings);

}  // namespace reprise::wasm

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "session/measurements/measurement_document.h"

namespace reprise::session {

/// Writes the document as measurement.json: UTF-8, fields in a fixed order, values in the units of
/// `info(measure)`, unmeasured ones as null. docs/reference/measurement-document.md explains every field, and
/// catalog/schema/measurement.schema.json describes them. Error: corrupt, if a required number is not finite.
[[nodiscard]] Result<std::string> to_measurement_json(const MeasurementDocument& document);

/// Reads what `to_measurement_json` wrote; strict: nothing missing, nothing unknown. Takes at most 64 MiB.
/// Errors: unsupported (another version), corrupt (with the place and what belongs there).
[[nodiscard]] Result<MeasurementDocument> parse_measurement_json(std::string_view text);

}  // namespace reprise::session

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "session/measurements/measurement_document.h"

namespace reprise::pipeline {

/// A table of events as CSV for a spreadsheet: start_s, end_s, side, part, note, then a column for each
/// measure with its UCUM unit in the name, e.g. "stride_length [m]". Unmeasured cells are empty.
[[nodiscard]] std::string event_table_csv(const session::EventTable& table);

}  // namespace reprise::pipeline

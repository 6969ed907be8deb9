// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/result.h"
#include "session/assessments/work_load.h"

namespace reprise::session {

/// Writes the document as work_load.json: UTF-8, fields in a fixed order, degrees and seconds, missing values
/// as null. docs/reference/work-load-document.md explains every field. Error: corrupt, if a required number
/// is not finite.
[[nodiscard]] Result<std::string> to_work_load_json(const WorkLoadDocument& document);

}  // namespace reprise::session

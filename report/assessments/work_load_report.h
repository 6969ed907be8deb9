// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "report/sections/options.h"
#include "session/assessments/work_load.h"

namespace reprise::report {

/// Renders load at work as one HTML page: no scripts or pictures from outside, readable and printable without
/// a network.
[[nodiscard]] std::string render_work_load_report(const session::WorkLoadDocument& document,
                                                  const ReportOptions& options = {});

}  // namespace reprise::report

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "report/sections/options.h"
#include "session/measurements/measurement_document.h"

namespace reprise::report {

/// Renders a measurement by sensors as one HTML page: no scripts or pictures from outside, readable and
/// printable without a network. What its texts do not know (a muscle, a file's own name of a channel) is
/// shown as the document names it.
[[nodiscard]] std::string render_measurement_report(const session::MeasurementDocument& document,
                                                    const ReportOptions& options = {});

}  // namespace reprise::report

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "report/html/html.h"
#include "report/html/words.h"
#include "report/sections/options.h"
#include "session/measurements/measurement_document.h"

namespace reprise::report {

/// What every section of a measurement's report is given.
struct MeasurementPage {
  Html& html;
  const Words& words;
  const session::MeasurementDocument& document;
  const ReportOptions& options;
};

// The sections, in the report's order.
void measurement_masthead(const MeasurementPage& page);
void measurement_summary(const MeasurementPage& page);
void measurement_warnings(const MeasurementPage& page);
void measurement_findings(const MeasurementPage& page);
void measurement_plots(const MeasurementPage& page);
void measurement_days(const MeasurementPage& page);
void measurement_values(const MeasurementPage& page);
void measurement_tables(const MeasurementPage& page);
void measurement_trust(const MeasurementPage& page);
void measurement_provenance(const MeasurementPage& page);

// What several sections say.

/// "1.38": in the unit of display, without it.
[[nodiscard]] std::string shown_number(session::SignalMeasure measure, double value);
/// "1.38 m".
[[nodiscard]] std::string shown_value(session::SignalMeasure measure, double value);
/// "left", "vastus lateralis", "vastus lateralis, left"; empty for the whole body.
[[nodiscard]] std::string subject_words(const MeasurementPage& page, std::optional<engine::Side> side,
                                        const std::string& part);

}  // namespace reprise::report

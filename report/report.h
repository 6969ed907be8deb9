#pragma once

#include <string>

#include "report/sections/options.h"
#include "session/document.h"

namespace reprise {

/// The session document as one HTML page that needs nothing else: no request goes out, it works offline,
/// prints on A4 and reads on a phone. It shows what was measured and how far to trust it; what was not
/// measured is named so, never shown as a number. Every text of the document is escaped.
[[nodiscard]] std::string render_report(const SessionDocument& document, const ReportOptions& options = {});

}  // namespace reprise

#pragma once

#include <string>

#include "session/document.h"

namespace reprise {

struct ReportOptions {
  std::string language = "en";
  /// Shown as given, e.g. "12 March 2025"; empty: no date. The program that calls knows the day.
  std::string date = {};
};

/// The session document as one HTML page that needs nothing else: no request goes out, it works offline,
/// prints on A4 and reads on a phone. It shows what was measured and how far to trust it; what was not
/// measured is named so, never shown as a number. Every text of the document is escaped.
[[nodiscard]] std::string render_report(const SessionDocument& document, const ReportOptions& options = {});

}  // namespace reprise

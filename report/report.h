// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "report/sections/options.h"
#include "session/document.h"

namespace reprise::report {

/// Renders the session document as one self-contained HTML page: it sends no request, works offline, prints
/// on A4 and reads on a phone. It shows the measurements and how far to trust them; unmeasured values are
/// named so, never shown as numbers. Every text of the document is escaped.
[[nodiscard]] std::string render_report(const session::SessionDocument& document,
                                        const ReportOptions& options = {});

}  // namespace reprise::report

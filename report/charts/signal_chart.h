// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "report/html/html.h"
#include "report/html/words.h"
#include "session/measurements/measurement_document.h"

namespace reprise::report {

/// Draws a plot of a measurement: lines, marks and shaded spans over time, or a path with x and y on one
/// scale. `title` and `description`: what it shows, and what a person who cannot see it should know.
void draw_signal_chart(Html& html, const Words& words, const session::SignalPlot& plot,
                       const std::string& title, const std::string& description);

/// The name of a line, mark or span in the reader's language; as it is, where the texts do not know it: a
/// file's own name of a channel.
[[nodiscard]] std::string signal_words(const Words& words, const std::string& name);

}  // namespace reprise::report

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "session/document.h"

namespace reprise::report {

// Numbers as a reader wants them: decimal point, true minus sign, whole degrees (one camera sees no tenths).
// A number that is not finite gives an empty text.

[[nodiscard]] std::string fixed(double value, int decimals);
/// The same for SVG and CSS: an ASCII minus, and "0" for a number that is not finite.
[[nodiscard]] std::string coordinate(double value, int decimals);
/// "102°" or "0.94".
[[nodiscard]] std::string value_text(engine::Measure measure, double value);
/// "5–102°", "−3 to 102°", "0.62–0.98".
[[nodiscard]] std::string range_text(const session::MeasuredRange& range);
/// "± 10°".
[[nodiscard]] std::string uncertainty_text(const session::MeasuredRange& range);
/// "2.1 s".
[[nodiscard]] std::string seconds_text(Seconds value);
/// "1:05" from one minute on, "24 h 5 min" from six hours on, else "12.4 s".
[[nodiscard]] std::string moment_text(Seconds value);
/// "210 °/s" or "0.40 /s".
[[nodiscard]] std::string speed_text(engine::Measure measure, double value);
/// "96 %", never above 100; "0 %" only for nothing.
[[nodiscard]] std::string percent_text(double share);
/// Writes a joint's range in the notation extension–0–flexion: "0–5–102" or "3–0–102". Empty if it is no
/// joint angle.
[[nodiscard]] std::string neutral_zero_text(const session::MeasuredRange& range);

/// The end of a range that is farther from rest.
[[nodiscard]] double extreme_of(const session::MeasuredRange& range,
                                const engine::ExerciseDefinition& definition);

}  // namespace reprise::report

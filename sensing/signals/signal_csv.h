// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "sensing/signals/column_description.h"
#include "sensing/signals/even_grid.h"
#include "sensing/signals/signal_recording.h"

namespace reprise::sensing {

struct SignalTextOptions {
  /// Where the file has no times: of the rows. Else the rate to bring them to; empty: as the file says.
  std::optional<Hertz> rate = std::nullopt;
  std::optional<ColumnDescription> description = std::nullopt;
  EvenGridOptions grid = {};
};

/// Reads signals from a table of text (text_table.h): one group per sensor that a header row names, else one.
/// The column of times is found by its name, unit or content: seconds, milliseconds, seconds or milliseconds
/// since 1970, dates, times of day; a counter of samples needs a rate. The samples are brought to an even
/// rate (even_grid.h). Guesses are said in the findings. Errors: those of `parse_text_table` and
/// `even_groups`, invalid_argument (neither times nor a rate, an unknown column in the description),
/// nothing_measured (no column besides the times).
[[nodiscard]] Result<SignalRecording> parse_signal_text(std::string_view text,
                                                        const SignalTextOptions& options = {});

}  // namespace reprise::sensing

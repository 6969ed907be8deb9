// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/result.h"
#include "sensing/signals/signal_recording.h"

namespace reprise::sensing {

/// Checks for a list of RR intervals: one number per line, none negative, with a median of 0.3 to 2 s (or as
/// many milliseconds), and no word about a sampling rate; or a Polar file that begins with [Params].
[[nodiscard]] bool looks_like_rr_intervals(std::string_view text);

/// Reads RR intervals: one number per line in milliseconds or seconds (told apart by the median: at least 10
/// means milliseconds), '#' comments and one header line allowed; or the section [HRData] of a Polar .hrm
/// file with Interval=238, in milliseconds. Gives a beat "N" at 0 and at the end of every interval. Intervals
/// that are not positive are left out; those and intervals longer than 10 s are counted in the findings. A
/// Polar file with Interval=1 to 3600 gives heart rates at that many seconds instead. Errors: corrupt (a line
/// is no number; the cause names it), unsupported (another Interval; above 10 million intervals),
/// nothing_measured.
[[nodiscard]] Result<SignalRecording> parse_rr_intervals(std::string_view text);

}  // namespace reprise::sensing

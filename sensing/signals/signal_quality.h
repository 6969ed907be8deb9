// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sensing/signals/channel_meaning.h"
#include "sensing/signals/signal_recording.h"

namespace reprise::sensing {

/// What a reader of the results needs to know about the signals themselves: saturated, flat or constant
/// channels, mains hum in ECG and EMG, rates too low for a quantity, much that is missing. Empty: no remark.
/// `meanings`: of `channel_meanings` for the same recording. The limits are unsourced defaults; at most 60
/// findings.
[[nodiscard]] std::vector<SignalFinding> quality_findings(
    const SignalRecording& recording, const std::vector<std::vector<ChannelMeaning>>& meanings);

}  // namespace reprise::sensing

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/result.h"
#include "sensing/activity/activity_points.h"
#include "sensing/signals/signal_recording.h"

// Heart rates and speeds of watches and of training computers.
namespace reprise::sensing {

/// Reads the track points of Garmin's Training Center XML (.tcx): heart_rate and cadence in /min, speed in
/// m/s, one sample a second; neighbors more than 10 s apart are not joined. Positions on the map are not
/// read. Errors: corrupt (XML), nothing_measured (no track point with a time and a value), those of
/// `even_groups`.
[[nodiscard]] Result<SignalRecording> parse_tcx(std::string_view text);

/// Reads the heart rates of Apple Health's export.xml, one sample a minute; neighbors more than 10 minutes
/// apart are not joined. Other records are not read. Errors: as for `parse_tcx`.
[[nodiscard]] Result<SignalRecording> parse_apple_health(std::string_view text);

/// Reads a FIT file (Garmin, FIT protocol): of its record messages heart_rate and cadence in /min and speed
/// in m/s, one sample a second, as for `parse_tcx`; RR intervals of its hrv messages as beats "N" from 0 on.
/// Developer fields are passed over. Errors: corrupt (the header, a checksum, a message without a definition,
/// or it ends early), unsupported (above 10 million messages), nothing_measured (none of these values).
[[nodiscard]] Result<SignalRecording> parse_fit(std::string_view bytes);

}  // namespace reprise::sensing

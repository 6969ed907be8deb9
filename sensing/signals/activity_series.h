// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "sensing/activity/activity_points.h"
#include "sensing/signals/signal_recording.h"

namespace reprise::sensing {

/// Brings the points, in any order, to an even rate and adds a group of the series that have a value to
/// `out`; sets `recorded_at`. `step`: between the samples. `max_gap`: neighbors further apart are not joined.
/// Errors: nothing_measured (fewer than two points with a value), those of `even_groups`.
[[nodiscard]] Result<void> add_activity(std::vector<ActivityPoint> points, Seconds step, Seconds max_gap,
                                        SignalRecording& out);

/// "2024-05-01T10:00:00.000Z".
[[nodiscard]] std::string iso_timestamp(double seconds_since_1970);

}  // namespace reprise::sensing

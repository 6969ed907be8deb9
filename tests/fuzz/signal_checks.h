// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdlib>

#include "sensing/signals/ground_forces.h"
#include "sensing/signals/signal_quality.h"
#include "sensing/signals/typed_signals.h"

namespace reprise {

/// Aborts unless a recording keeps the promises of signal_recording.h, whatever it was read from; and finds
/// its typed signals, which may be an error.
inline void check_recording(const sensing::SignalRecording& recording) {
  const auto must = [](bool holds) {
    if (!holds) std::abort();
  };
  for (const auto& group : recording.groups) {
    must(group.rate.value() > 0 && std::isfinite(group.rate.value()) && std::isfinite(group.start.value()));
    for (const auto& channel : group.channels) {
      must(channel.values.size() == group.size());
      for (const double value : channel.values) must(std::isfinite(value));
      std::size_t at = 0;
      for (const auto& gap : channel.missing) {
        must(gap.begin >= at && gap.end > gap.begin && gap.end <= channel.values.size());
        at = gap.end;
      }
    }
  }
  for (std::size_t i = 1; i < recording.annotations.size(); ++i)
    must(recording.annotations[i].time >= recording.annotations[i - 1].time);
  const auto meanings = sensing::channel_meanings(recording);
  if (meanings) (void)sensing::quality_findings(recording, *meanings);
  (void)sensing::inertial_sensors(recording);
  (void)sensing::single_channel(recording, sensing::SignalQuantity::ecg);
  (void)sensing::force_plate(recording);
  const auto forces = sensing::ground_forces(recording, {{}, 5e-4});
  if (forces) {
    for (const auto& force : forces->forces)
      must(force.centers.empty() || force.centers.size() == force.force_n.size());
  }
  for (const auto& interval : sensing::beat_intervals(recording)) must(interval.interval.value() > 0);
}

}  // namespace reprise

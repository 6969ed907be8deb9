// SPDX-License-Identifier: Apache-2.0
#include "engine/heart/electrode_contact.h"

#include <algorithm>
#include <cmath>

namespace reprise::engine {

ElectrodeContact::ElectrodeContact(Hertz rate, const ElectrodeContactOptions& options)
    : options_(options),
      flat_samples_(static_cast<std::size_t>(std::ceil(options.flat_duration.value() * rate.value()))),
      rail_samples_(static_cast<std::size_t>(std::ceil(options.rail_duration.value() * rate.value()))) {}

bool ElectrodeContact::step(double ecg_mv) {
  const std::size_t now = count_++;
  if (now == 0) lowest_ = highest_ = std::isfinite(ecg_mv) ? ecg_mv : 0;
  if (std::isfinite(ecg_mv)) {
    lowest_ = std::min(lowest_, ecg_mv);
    highest_ = std::max(highest_, ecg_mv);
    if (highest_ - lowest_ > options_.flat_range_mv) {
      run_start_ = now;
      lowest_ = highest_ = ecg_mv;
    }
  }
  const std::size_t run = now - run_start_ + 1;
  const bool at_rail = (options_.lowest_mv && lowest_ <= *options_.lowest_mv + options_.flat_range_mv) ||
                       (options_.highest_mv && highest_ >= *options_.highest_mv - options_.flat_range_mv);
  return run >= flat_samples_ || (at_rail && run >= rail_samples_);
}

}  // namespace reprise::engine

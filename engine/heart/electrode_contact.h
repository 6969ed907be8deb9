// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>

#include "base/units.h"

namespace reprise::engine {

struct ElectrodeContactOptions {
  double flat_range_mv = 0.008;  ///< a signal that stays within this is flat. Unsourced default
  Seconds flat_duration{2};      ///< flat for this long: no electrode. Unsourced default, above most pauses
  Seconds rail_duration{0.1};    ///< at the end of the amplifier's range for this long: saturated. Unsourced
  std::optional<double> lowest_mv = std::nullopt;  ///< ends of the amplifier's range; empty: unknown
  std::optional<double> highest_mv = std::nullopt;
};

/// Notices a lead that shows no heart, sample by sample: a flat line (detached electrode, a device that
/// repeats its last value) or an amplifier at the end of its range.
class ElectrodeContact {
 public:
  ElectrodeContact(Hertz rate, const ElectrodeContactOptions& options);

  /// True while the lead shows no heart, from the sample at which that is certain. A sample that is not
  /// finite counts as a repetition of the last one.
  bool step(double ecg_mv);
  /// The first sample of the stretch that `step` last told about, from 0.
  [[nodiscard]] std::size_t lost_since() const { return run_start_; }

 private:
  ElectrodeContactOptions options_;
  std::size_t flat_samples_, rail_samples_;
  std::size_t count_ = 0, run_start_ = 0;
  double lowest_ = 0, highest_ = 0;  ///< of the current run
};

}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "sensing/signals/mat_value.h"
#include "sensing/signals/signal_recording.h"

namespace reprise::sensing {

struct MatlabSignalOptions {
  std::optional<Hertz> rate = std::nullopt;  ///< instead of the file's
  /// Only groups whose name begins with this, e.g. "TimeMeasure1.Test5.Trial1"; empty: all.
  std::string part;
};

/// Takes the signals out of a MATLAB file. The layout of the Mobilise-D project (its data.mat): each
/// structure with `Acc` and `Fs`, wherever it lies, is a group named by its path
/// ("TimeMeasure1.Test5.Trial1.SU.LowerBack") with Acc in g, Gyr in deg/s, Mag in uT and Bar; several trials
/// all begin at 0. Otherwise: the matrices among the variables, one channel a column, at the rate of a
/// variable fs, rate or sampling_rate; NaN is missing. Errors: invalid_argument (no rate; no group of that
/// `part`; the cause names those that there are), nothing_measured (no signal), unsupported (above
/// `kMaxSignalValues`).
[[nodiscard]] Result<SignalRecording> signals_from_mat(const MatValue& file,
                                                       const MatlabSignalOptions& options = {});

}  // namespace reprise::sensing

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace reprise::engine {

/// Teager-Kaiser energy x(n)^2 - x(n-1) x(n+1) (Solnik et al. 2008, as the visual3d wiki states it); the
/// first and last value repeat their neighbor's. As many values as samples. Empty if fewer than three.
[[nodiscard]] std::vector<double> teager_kaiser_energy(std::span<const double> samples);

struct EmgOnsetOptions {
  Hertz low{30}, high{300};      ///< band of the signal for the energy operator. Unsourced defaults
  Hertz smoothing{50};           ///< low-pass of the rectified energy. Unsourced default
  Seconds baseline{0.25};        ///< length of the quietest window, the muscle's rest. Unsourced default
  double threshold_sd = 12;      ///< standard deviations above the baseline's mean. Unsourced default
  Seconds shortest_burst{0.05};  ///< the second threshold: of time. Unsourced default
  Seconds longest_pause{0.05};   ///< shorter pauses do not end a burst. Unsourced default
  double least_contrast = 2;  ///< of a burst's RMS to the baseline's; below, it is noise. Unsourced default
  /// Of a burst's RMS to that of the mains hum that was removed; below, it may be the hum's own variation.
  /// Unsourced default
  double least_share_of_hum = 0.1;
};

struct EmgBurst {
  Seconds onset{0}, offset{0};  ///< from the recording's first sample
  double rms = 0;               ///< unit of the samples, in the onset's band
  double contrast = 0;          ///< RMS over the baseline's
  bool complete = true;         ///< false: active within `longest_pause` of the recording's start or end
};

struct EmgBursts {
  std::vector<EmgBurst> bursts;  ///< in order of time; empty if the muscle rests throughout
  Seconds baseline_start{0};     ///< of the quietest window
  double baseline_rms = 0;
};

/// Activations of a muscle in a raw recording: mean and mains hum removed, band-pass, Teager-Kaiser energy,
/// rectified and smoothed without delay; active where it stays above baseline mean + k SD (double threshold:
/// height and time). The baseline is the window with the least energy anywhere in the recording, so it is not
/// assumed to lie at the start; a muscle that never rests for that long gives a baseline that is too high,
/// and weak bursts are missed. Onset and offset: the first and last sample above the threshold. In
/// simulated noise onsets are 4 ms off on average (worst of 400: 56 ms) from a contrast of 3 (10 dB) on;
/// below 2.5 (8 dB) bursts fall apart. Errors: as filter_emg; nothing_measured (a flat signal, or a recording
/// shorter than two baselines).
[[nodiscard]] Result<EmgBursts> emg_bursts(std::span<const double> samples, Hertz rate,
                                           const EmgOnsetOptions& options = {});

}  // namespace reprise::engine

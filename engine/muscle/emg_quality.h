// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace reprise::engine {

/// Surface EMG needs twice its highest frequency: content reaches about 450 Hz; below 500 Hz of rate most of
/// it is lost or folded back. Unsourced default
inline constexpr Hertz kLowestEmgRate{500};

/// Hum of the mains.
struct MainsHum {
  Hertz fundamental{50};       ///< as measured, near 50 or 60 Hz
  std::vector<int> harmonics;  ///< those that stand out; 1 is the fundamental itself
};

/// Mains hum in a recording, 50 or 60 Hz; empty if neither stands out. A harmonic stands out if its spectral
/// density is ten times the median of its neighborhood (3 to 10 Hz away; unsourced defaults). `samples` at an
/// even rate, finite. Errors: as `check_emg`.
[[nodiscard]] Result<std::optional<MainsHum>> detect_mains(std::span<const double> samples, Hertz rate);

enum class EmgFault : std::uint8_t {
  flat,      ///< no signal: amplifier off, cable out, electrodes shorted
  clipped,   ///< the amplifier saturates: amplitudes and frequencies are wrong
  detached,  ///< almost nothing but mains hum, as an open input picks up
};

/// Unsourced defaults.
struct EmgQualityOptions {
  Seconds flat_run{0.1};         ///< equal samples in a row this long count as flat
  double flat_share = 0.05;      ///< of the recording, from here on the fault is reported
  int clipped_run = 3;           ///< samples in a row at the recording's largest or smallest value
  double clipped_share = 0.001;  ///< of the recording, from here on the fault is reported
  double detached_share = 0.9;   ///< hum's share of the power above 20 Hz, from here on
};

struct EmgQuality {
  double flat_share = 0;  ///< of the samples, 0 to 1
  double clipped_share = 0;
  double mains_share = 0;  ///< hum's share of the power above 20 Hz, 0 to 1
  std::optional<MainsHum> mains;
  std::optional<EmgFault> fault;  ///< the first of flat, clipped, detached; empty: usable
};

/// Faults of a raw recording, before any filter. Errors: as `check_emg`.
[[nodiscard]] Result<EmgQuality> emg_quality(std::span<const double> samples, Hertz rate,
                                             const EmgQualityOptions& options = {});

namespace detail {

/// Refuses a rate below kLowestEmgRate (unsupported), samples that are not finite (invalid_argument) and
/// fewer than half a second (nothing_measured).
[[nodiscard]] Result<void> check_emg(std::span<const double> samples, Hertz rate, std::string_view stage);

/// The same for the rate alone.
[[nodiscard]] Result<void> check_emg_rate(Hertz rate, std::string_view stage);

}  // namespace detail
}  // namespace reprise::engine

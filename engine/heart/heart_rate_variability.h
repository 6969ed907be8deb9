// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/heart/rr_intervals.h"

namespace reprise::engine {

/// Heart rate variability of intervals, with the names that hrv-analysis gives (extract_features.py).
struct HrvTimeDomain {
  std::size_t intervals = 0;  ///< measured ones
  Seconds mean_nn;
  Seconds sdnn;                    ///< standard deviation, n - 1
  Seconds rmssd;                   ///< root mean square of successive differences
  std::size_t nn50 = 0;            ///< successive differences above 50 ms
  double pnn50 = 0;                ///< their share, 0 to 1
  double pnn20 = 0;                ///< the share above 20 ms
  double mean_heart_rate_bpm = 0;  ///< the mean of each interval's rate, above 60 / mean_nn
  double triangular_index = 0;     ///< intervals by those in the fullest class of 8 ms
};

/// Powers in s2 (1e6 ms2).
struct HrvFrequencyDomain {
  double vlf_s2 = 0;                              ///< below 0.04 Hz
  double lf_s2 = 0;                               ///< 0.04 to 0.15 Hz
  double hf_s2 = 0;                               ///< 0.15 to 0.4 Hz
  double total_s2 = 0;                            ///< of the three
  std::optional<double> lf_to_hf = std::nullopt;  ///< empty without power in the HF band
  std::optional<double> lf_share = std::nullopt;  ///< "normalized unit" by 100: lf / (lf + hf)
  std::optional<double> hf_share = std::nullopt;
};

struct HrvNonlinear {
  Seconds sd1;                               ///< of the Poincare plot: across the line of identity
  Seconds sd2;                               ///< along it
  std::optional<double> csi = std::nullopt;  ///< cardiac sympathetic index SD2 / SD1; empty if SD1 is 0
  std::optional<double> cvi = std::nullopt;  ///< cardiac vagal index, log10(16 SD1 SD2) of ms2; empty if 0
  std::optional<double> sample_entropy = std::nullopt;  ///< m 2, r 0.2 SDNN; empty if undefined
  std::optional<double> dfa_alpha1 = std::nullopt;      ///< empty if too short or constant
};

/// Returns the time domain of the measured intervals (corrected ones and differences across a break or beside
/// a corrected one are left out). Definitions as in Aura-healthcare hrv-analysis, extract_features.py, except
/// that pNN50 and pNN20 are shares of the differences. `nn` in order of time. Errors: nothing_measured (fewer
/// than two successive measured intervals), invalid_argument (a duration that is not above 0).
[[nodiscard]] Result<HrvTimeDomain> hrv_time_domain(std::span<const NnInterval> nn);

struct HrvSpectrumOptions {
  Hertz rate{4};              ///< of the series that is made of the intervals
  std::size_t segment = 256;  ///< samples of a segment of Welch's method, overlapping by half
};

/// Returns the powers of the longest unbroken part, corrected intervals included: cubic spline over the times
/// of the beats, Welch's method, Hann window, trapezoids between the bins of a band, its upper end left out;
/// all as in rhenanbartels/hrv, classical.py. Deviation: the spline stops at the last beat. Errors:
/// nothing_measured (fewer than 8 samples at `rate`), invalid_argument.
[[nodiscard]] Result<HrvFrequencyDomain> hrv_frequency_domain(std::span<const NnInterval> nn,
                                                              const HrvSpectrumOptions& options = {});

/// Returns SD1, SD2, CSI and CVI of the measured intervals (hrv-analysis, extract_features.py; there CSI and
/// CVI after Toichi 1997), and sample entropy and DFA alpha1 of the longest unbroken part, corrected
/// intervals included. DFA: boxes of 4 to 16 beats (`detrended_fluctuation`). Errors: nothing_measured (fewer
/// than three successive measured intervals), invalid_argument.
[[nodiscard]] Result<HrvNonlinear> hrv_nonlinear(std::span<const NnInterval> nn);

/// Returns the scaling exponent of detrended fluctuation analysis (Peng 1994): series less mean, summed up,
/// cut into boxes of equal size, a straight line taken from each, root mean square of the rest; the slope of
/// its logarithm over that of the box size. 0.5: independent values, 1: 1/f, 1.5: a random walk. As in the
/// PhysioNet Cardiovascular Signal Toolbox, dfaScalingExponent.m. Empty if there are fewer than four boxes of
/// the largest size (unsourced) or nothing fluctuates. Precondition: 3 <= smallest < largest.
[[nodiscard]] std::optional<double> detrended_fluctuation(std::span<const double> values,
                                                          std::size_t smallest, std::size_t largest);

enum class HrvCaveat : std::uint8_t {
  too_short,         ///< for this domain
  many_corrected,    ///< intervals were not measured but put in
  broken,            ///< by gaps: entropy and spectrum see the longest part only
  irregular_rhythm,  ///< intervals follow no sinus rhythm: not usable for heart rate variability
};

enum class HrvQuality : std::uint8_t { good, limited, unusable };

struct HrvRating {
  HrvQuality quality = HrvQuality::good;
  std::vector<HrvCaveat> caveats;
};

struct HeartRateVariability {
  std::optional<HrvTimeDomain> time;
  std::optional<HrvFrequencyDomain> frequency;
  std::optional<HrvNonlinear> nonlinear;
  HrvRating time_rating, frequency_rating, nonlinear_rating;
  Seconds longest_part;
  double usable_share = 0;     ///< of all time, in normal intervals
  double corrected_share = 0;  ///< of the intervals that entropy and spectrum see
};

/// Returns all domains of classified intervals, each empty if it cannot be computed, and how far each can be
/// relied on. Unsourced defaults: unusable below 1 minute (time domain) or 2 minutes (others), limited below
/// 5; limited above 5 % of corrected intervals, unusable above 20 %; unusable with an irregular rhythm
/// (`rhythm_regularity`). Errors: invalid_argument (a duration that is not above 0, or not finite).
[[nodiscard]] Result<HeartRateVariability> heart_rate_variability(std::span<const RrInterval> intervals,
                                                                  const HrvSpectrumOptions& options = {});

/// The longest unbroken part of a series. Empty if the series is.
[[nodiscard]] std::span<const NnInterval> longest_part(std::span<const NnInterval> nn);

/// Successive differences in seconds of measured intervals that follow each other.
[[nodiscard]] std::vector<double> successive_differences_s(std::span<const NnInterval> nn);

}  // namespace reprise::engine

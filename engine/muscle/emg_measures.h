// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace reprise::engine {

/// The amplitude of a maximum or reference contraction: the largest mean of an envelope over `window`
/// (unsourced default), in the unit of the envelope. Errors: invalid_argument (rate, window, not finite),
/// nothing_measured (shorter than the window, or never above 0).
[[nodiscard]] Result<double> reference_amplitude(std::span<const double> envelope, Hertz rate,
                                                 Seconds window = Seconds{0.5});

/// An envelope as a share of a reference amplitude, above 0: 1 is the reference contraction. Values above 1
/// stay. Errors: invalid_argument.
[[nodiscard]] Result<std::vector<double>> normalize_emg(std::span<const double> envelope, double reference);

struct EmgFatigueOptions {
  Seconds window{1};          ///< of one spectrum, not overlapping. Unsourced default
  Hertz low{20}, high{450};   ///< band of the spectrum; above half the rate it ends there. Unsourced default
  double least_share = 0.25;  ///< windows with less RMS than this share of the strongest are rest. Unsourced
  int fewest_windows = 5;     ///< unsourced default
};

/// The course of the median frequency during a sustained contraction.
struct EmgFatigue {
  std::vector<double> time_s;        ///< middle of each window in which the muscle was active
  std::vector<double> median_hz;     ///< of each such window
  double slope_hzps = 0;             ///< of the line through them; negative with fatigue
  double slope_confidence_hzps = 0;  ///< half of its 95 % confidence interval
  Hertz initial{0};                  ///< the line at the first window
  double change = 0;                 ///< of the line from first to last window, share of `initial`
  bool significant = false;          ///< the interval does not hold 0
};

/// Muscle fatigue from filtered EMG: linear fit of the spectrum's median frequency (half of the power lies
/// below; see spectral_moments.h) over time. Meant for a contraction held at constant force and length: in a
/// movement the median changes with length and speed too. Confidence: Student's t, windows independent.
/// Errors: unsupported (rate below 500 Hz), invalid_argument (not finite, options), nothing_measured (fewer
/// than `fewest_windows` windows of activity).
[[nodiscard]] Result<EmgFatigue> emg_fatigue(std::span<const double> filtered, Hertz rate,
                                             const EmgFatigueOptions& options = {});

/// Two indices of co-contraction, which answer different questions.
struct CoContraction {
  /// Falconer & Winter 1985 (as PhysioEMG's emgCoContraction documents it): 2 sum(min(a, b)) / sum(a + b), 0
  /// (never together) to 1 (equal envelopes). Says how alike, not how strong.
  double falconer_winter = 0;
  /// Rudolph et al. 2000 (same place, and biomechZoo's cocontraction_line.m): mean of
  /// min / max times (min + max), 0 to 2 of the reference. Says how strong as well.
  double rudolph = 0;
};

/// Co-contraction of two muscles over a movement, from envelopes that are each a share of the muscle's own
/// reference (normalize_emg): raw amplitudes of two muscles do not compare. Samples at which both rest (0)
/// count as no co-contraction. Errors: invalid_argument (lengths, negative or not finite), nothing_measured
/// (empty, or both always rest).
[[nodiscard]] Result<CoContraction> co_contraction(std::span<const double> agonist,
                                                   std::span<const double> antagonist);

/// Symmetry index (right - left) / (0.5 (right + left)), -2 to 2, 0 if equal (Eq. 1 of doi
/// 10.1186/s13102-021-00355-4, without its 100 %). Amplitudes 0 or above; compare normalized ones only.
/// Missing if both are 0. Errors: invalid_argument.
[[nodiscard]] Result<std::optional<double>> symmetry_index(double left, double right);

}  // namespace reprise::engine

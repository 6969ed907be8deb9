// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/result.h"
#include "base/units.h"
#include "engine/balance/cop_path.h"
#include "engine/balance/prediction_ellipse.h"

namespace reprise::engine {

struct SwayOptions {
  double ellipse_probability = 0.95;
  /// Templates of sample entropy, and its tolerance as a share of the standard deviation. Unsourced defaults
  int entropy_length = 2;
  double entropy_tolerance = 0.2;
  Hertz entropy_rate{100};  ///< faster recordings are averaged down to it. Unsourced default
  Seconds shortest{5};      ///< unsourced default; areas of recordings under 30 s compare badly
  Hertz slowest_rate{10};   ///< unsourced default: COP power lies below 5 Hz
  Meters widest{0.5};       ///< unsourced default: more is no base of support of a standing person
};

/// Sway along one direction. Missing values: this direction does not move, or (entropy) no pattern repeats.
struct SwayDirection {
  double rms_m = 0;  ///< standard deviation around the mean position (divisor n)
  double range_m = 0;
  double path_length_m = 0;
  double mean_velocity_mps = 0;
  std::optional<Hertz> mean_frequency;
  std::optional<Hertz> median_frequency;
  std::optional<double> sample_entropy;
};

struct SwayMeasures {
  Seconds duration{0};
  SwayDirection ap, ml;
  double path_length_m = 0;
  double mean_velocity_mps = 0;
  double rms_distance_m = 0;  ///< root mean square distance from the mean position
  PredictionEllipse ellipse;  ///< meters; angle from anterior toward the right
  Hertz mean_frequency{0};    ///< of both directions, weighted by their power
  Hertz median_frequency{0};  ///< of the sum of both spectra
};

/// Measures of quiet standing from a path of the center of pressure. Definitions as the published table of
/// Santos & Duarte 2016 (PeerJ 4:e2648, BDSinfoCOP.txt), and reproduce it: mean velocity = path length over
/// the number of samples times the period (not the number of steps between them: one part in n less); area:
/// see prediction_ellipse.h; mean frequency = integral of f P over that of P, of Welch's spectrum with
/// segments of half the recording, half overlapping, Hann window, mean removed (as BMClab/BMC,
/// functions/psd.py), both directions weighted by power. The median frequency, where half of the power lies
/// below, is interpolated between bins. No filter is applied. Errors: invalid_argument (lengths, not finite,
/// wider than a base of support: the remedy names the unit), unsupported (rate too low), nothing_measured
/// (too short, no movement).
[[nodiscard]] Result<SwayMeasures> sway(const CopView& path, const SwayOptions& options = {});

}  // namespace reprise::engine

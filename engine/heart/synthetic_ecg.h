// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <span>
#include <vector>

#include "base/units.h"

namespace reprise::engine {

/// A lead for tests: each beat the sum of Gaussians for P, Q, R, S and T waves, R of 1 mV at the beat's time.
inline std::vector<double> synthetic_ecg(std::span<const double> beat_times_s, Hertz rate, Seconds duration) {
  struct Wave {
    double at_s, height_mv, sigma_s;
  };
  constexpr Wave kWaves[] = {{-0.17, 0.12, 0.022},
                             {-0.028, -0.10, 0.008},
                             {0, 1.0, 0.011},
                             {0.028, -0.18, 0.009},
                             {0.26, 0.28, 0.045}};
  std::vector<double> ecg(static_cast<std::size_t>(duration.value() * rate.value()), 0.0);
  for (const double beat_s : beat_times_s) {
    const auto from = static_cast<long>((beat_s - 0.5) * rate.value());
    const auto to = static_cast<long>((beat_s + 0.6) * rate.value());
    for (long i = std::max(0L, from); i < std::min(to, static_cast<long>(ecg.size())); ++i) {
      const double t = static_cast<double>(i) / rate.value() - beat_s;
      for (const Wave& wave : kWaves) {
        const double z = (t - wave.at_s) / wave.sigma_s;
        ecg[static_cast<std::size_t>(i)] += wave.height_mv * std::exp(-z * z / 2);
      }
    }
  }
  return ecg;
}

/// Beats from `from_s` on, `rr_s` apart, swinging by `swing` of it with breathing.
inline std::vector<double> steady_beats(double from_s, double until_s, double rr_s, double swing = 0.04) {
  std::vector<double> times_s;
  for (double t = from_s; t < until_s; t += rr_s * (1 + swing * std::sin(2 * kPi * 0.25 * t))) {
    times_s.push_back(t);
  }
  return times_s;
}

}  // namespace reprise::engine

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <random>
#include <vector>

#include "base/units.h"
#include "engine/signal/test_noise.h"

namespace reprise::engine::testing {

/// White noise with standard deviation `quiet`, and `loud` from each of the given times on for its duration.
struct SimulatedBurst {
  double start_s, end_s;
};
inline std::vector<double> simulated_emg(double seconds, double quiet, double loud,
                                         const std::vector<SimulatedBurst>& bursts, double rate_hz = 1000,
                                         unsigned seed = 5) {
  std::mt19937 generator(seed);
  test::NormalNoise normal(0, 1);
  std::vector<double> samples;
  for (int i = 0; i < static_cast<int>(seconds * rate_hz); ++i) {
    const double t = i / rate_hz;
    double size = quiet;
    for (const auto& burst : bursts) size = t >= burst.start_s && t < burst.end_s ? loud : size;
    samples.push_back(size * normal(generator));
  }
  return samples;
}

/// Adds mains hum with a third and a fifth harmonic.
inline void add_hum(std::vector<double>& samples, double amplitude, double mains_hz, double rate_hz = 1000) {
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double phase = 2 * kPi * mains_hz * static_cast<double>(i) / rate_hz;
    samples[i] +=
        amplitude * (std::sin(phase + 0.3) + 0.4 * std::sin(3 * phase + 1) + 0.2 * std::sin(5 * phase + 2));
  }
}

inline double rms(const std::vector<double>& samples, std::size_t from, std::size_t to) {
  double squares = 0;
  for (std::size_t i = from; i < to; ++i) squares += samples[i] * samples[i];
  return std::sqrt(squares / static_cast<double>(to - from));
}

}  // namespace reprise::engine::testing

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "engine/signal/sound_level.h"
#include "engine/synthesis/random.h"

// For tests only: synthetic sound, bursts of noise that fade as a clap does, in noise. No microphone took it.
namespace reprise::engine {

struct DrawnSound {
  std::vector<double> claps_s = {};  ///< of the room's clock
  double begin_s = 0;                ///< of the recording, on the room's clock
  double seconds = 8;
  double rate_hz = 48000;
  double clap = 0.3;       ///< amplitude
  double noise = 0.01;     ///< standard deviation
  double hum = 0;          ///< amplitude at 100 and 150 Hz
  double distance_m = 0;   ///< from the claps
  std::uint64_t seed = 1;  ///< of the microphone's noise; the claps' own is the same for all
};

inline std::vector<float> drawn_sound(const DrawnSound& sound) {
  constexpr double kFadesS = 0.012;
  constexpr double kSpeedMps = 343;
  constexpr double kGrainHz = 24000;  // in which the claps' noise is drawn, whatever the rate
  const detail::CounterRandom own(sound.seed);
  const detail::CounterRandom claps(99);
  std::vector<float> out;
  const auto count = static_cast<std::size_t>(sound.seconds * sound.rate_hz);
  out.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const double t = sound.begin_s + static_cast<double>(i) / sound.rate_hz;
    double value = sound.noise * own.normal(i);
    value += sound.hum * (std::sin(2 * kPi * 100 * t) + 0.5 * std::sin(2 * kPi * 150 * t));
    for (std::size_t c = 0; c < sound.claps_s.size(); ++c) {
      const double since = t - sound.claps_s[c] - sound.distance_m / kSpeedMps;
      if (since < 0 || since > 10 * kFadesS) continue;
      const auto grain = static_cast<std::uint64_t>(since * kGrainHz) + 100'000 * c;
      value += sound.clap * std::exp(-since / kFadesS) * claps.normal(grain);
    }
    out.push_back(static_cast<float>(std::clamp(value, -1.0, 1.0)));
  }
  return out;
}

inline SoundLevels drawn_levels(const DrawnSound& sound) {
  auto meter = SoundLevelMeter::start(Hertz{sound.rate_hz});
  meter->add(Seconds{0}, drawn_sound(sound));
  return meter->finish();
}

}  // namespace reprise::engine

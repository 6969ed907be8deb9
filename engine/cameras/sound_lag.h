// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "engine/signal/sound_level.h"

namespace reprise::engine {

/// How much later one recording's clock shows the same sound: time of the second = time of the first + lag.
struct SoundLag {
  Seconds lag{0};
  /// Half the width of the interval of nine in ten: the millisecond of the levels, and how far the lags of
  /// single sounds lie from each other. The way of the sound to the microphones is not in it where all sounds
  /// come from one place: 10 m are 29 ms.
  Seconds uncertainty{0};
  double confidence = 0;  ///< 1 less the share of the next highest peak: 0, as high; 1, no other
  int sounds = 0;         ///< sudden sounds that both recordings have at that lag
};

/// Checks that a recording holds a sudden sound: its level rises by `kLeastRiseDb` within milliseconds.
/// Errors: nothing_measured (silent; nothing sudden).
[[nodiscard]] Result<void> check_sound(const SoundLevels& levels);

/// Finds the lag at which the sudden sounds of two recordings (claps) fall together: rises of the level,
/// cross-correlated, each frequency divided by the root of its strength (half of the way to the phase
/// transform), and the highest peak refined between milliseconds. Errors: those of `check_sound`;
/// nothing_measured (another lag fits nearly as well, no sound in common).
[[nodiscard]] Result<SoundLag> lag_by_sound(const SoundLevels& first, const SoundLevels& second);

inline constexpr double kLeastRiseDb = 9;             // Unsourced default
inline constexpr double kLeastSoundConfidence = 0.2;  // Unsourced default

}  // namespace reprise::engine

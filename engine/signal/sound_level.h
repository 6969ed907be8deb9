// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/signal/butterworth.h"

namespace reprise::engine {

/// Levels are kept so many times a second.
inline constexpr double kSoundLevelHz = 1000;
/// Of longer sound nothing more is kept.
inline constexpr Seconds kLongestSound{3600};

/// How loud it was above 1 kHz, a thousand times a second. Speech cannot be made of it again.
struct SoundLevels {
  Seconds from{0};           ///< the beginning of the first value
  std::vector<float> power;  ///< mean square of full scale 1 over each millisecond; NaN: no sound in the file
};

/// Measures levels of sound that arrives piece by piece and is not kept. What lies below 1 kHz (hum, steps,
/// wind) is filtered out.
class SoundLevelMeter {
 public:
  /// Errors: unsupported (a rate outside 8 to 384 kHz).
  [[nodiscard]] static Result<SoundLevelMeter> start(Hertz sample_rate);

  /// One channel; the piece's first sample belongs to `time`. Times that differ from the samples counted so
  /// far by less than 20 ms are taken to be rounded; later ones leave a gap, and what overlaps is left out.
  /// Samples that are not finite count as silence.
  void add(Seconds time, std::span<const float> samples);
  /// Whether sound was left out because it is longer than `kLongestSound`.
  [[nodiscard]] bool is_full() const { return full_; }
  [[nodiscard]] SoundLevels finish();

 private:
  SoundLevelMeter(Hertz sample_rate, CausalFilter filter) : rate_(sample_rate), filter_(std::move(filter)) {}
  void close_value();

  Hertz rate_;
  CausalFilter filter_;
  SoundLevels levels_;
  std::optional<double> next_s_;  // when the next sample is due; empty: none so far
  double sum_ = 0;
  int count_ = 0;
  bool full_ = false;
};

}  // namespace reprise::engine

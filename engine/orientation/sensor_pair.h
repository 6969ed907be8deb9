// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "base/units.h"
#include "engine/orientation/orientation_sample.h"

namespace reprise::engine {

/// Unsourced defaults.
struct SensorPairOptions {
  Seconds bridged{0.1};   ///< a longer hole in a sensor's samples is no movement that could be guessed
  Seconds patience{0.5};  ///< so long one sensor waits for the other
  double drift = 1e-3;    ///< how fast a sensor's clock may run away from ours, seconds a second
};

/// One moment of two sensors; a sensor without a sample there is missing.
struct PairedSample {
  Seconds time{0};
  std::optional<OrientationSample> first, second;
};

/// Puts the samples of two sensors of one rate, each with its own clock, on one time: that at which they
/// would have come if nothing had delayed them. A sensor's clock is its count over its rate, moved so that no
/// sample comes before it was taken: by the least delay, which may grow slowly, as clocks differ. The second
/// sensor is interpolated at the first one's samples, lost samples of either up to `bridged`.
class SensorPair {
 public:
  explicit SensorPair(Hertz rate, const SensorPairOptions& options = {});

  /// A sample of sensor 0 or 1 with its number, which rises, and when it came, by our clock. Missing samples
  /// are left out.
  void add(std::size_t sensor, std::uint64_t number, Seconds came, const OrientationSample& sample);
  /// The sensor counts from another number on, as after it was connected again.
  void restart(std::size_t sensor);
  /// The moments that are complete, oldest first; their times rise. `now`: by our clock; a sensor that is
  /// silent for longer than `patience` is missing.
  [[nodiscard]] std::vector<PairedSample> take(Seconds now);

 private:
  struct Timed {
    double time_s = 0;
    OrientationSample sample;
  };
  struct Clock {
    bool started = false;
    std::uint64_t first = 0;  ///< number at which it began
    double offset_s = 0;      ///< our time of that number
    double last_came_s = 0;
  };
  [[nodiscard]] double time_of(Clock& clock, std::uint64_t number, double came_s) const;
  [[nodiscard]] std::optional<OrientationSample> second_at(double time_s);

  double period_s_ = 0;
  SensorPairOptions options_;
  std::array<Clock, 2> clocks_;
  std::deque<Timed> first_;
  std::deque<Timed> second_;
  std::optional<Timed> before_;  ///< the first sensor's last moment that was given
  double last_s_ = -1e300;
};

}  // namespace reprise::engine

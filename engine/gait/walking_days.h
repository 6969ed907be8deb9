// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "base/units.h"
#include "engine/gait/long_recording.h"

namespace reprise::engine {

/// Where the classes of bouts by duration part: up to 10 s, to 30 s, to 60 s, longer. As mobgap's
/// MobilisedAggregator, which does not name the shortest one.
inline constexpr std::array<double, 3> kBoutLimitsS = {10, 30, 60};
inline constexpr std::size_t kBoutClasses = kBoutLimitsS.size() + 1;

/// The class of a bout of this duration, 0 to kBoutClasses - 1.
[[nodiscard]] std::size_t bout_class(Seconds duration);

/// Of some bouts, each counted once however long it is (as MobilisedAggregator).
struct BoutSpread {
  double mean = 0;
  double median = 0;
  double percentile_90 = 0;  ///< interpolated linearly between bouts
  std::size_t bouts = 0;
};

/// Empty without values.
[[nodiscard]] std::optional<BoutSpread> spread_of(std::vector<double> values);

/// One day's wear and walking.
struct WalkingDay {
  Seconds start;  ///< on the recording's clock; of the whole day, recorded or not
  Seconds end;
  Seconds measured;    ///< without gaps
  Seconds worn;        ///< moving as on a body
  Seconds motionless;  ///< no movement for an hour or more; perhaps worn
  Seconds not_worn;
  Seconds awake_wear;   ///< worn or motionless in the hours of WalkingDaysOptions::awake
  bool counts = false;  ///< worn long enough for the day to stand for the person
  std::size_t steps = 0;
  Seconds walking_time;  ///< without pauses
  std::array<std::size_t, kBoutClasses> bouts{};
  std::optional<BoutSpread> cadence_per_min = std::nullopt;  ///< of bouts longer than 30 s
  std::optional<BoutSpread> speed_mps = std::nullopt;        ///< of bouts longer than 30 s
  std::optional<BoutSpread> speed_short_mps = std::nullopt;  ///< of bouts longer than 10 and up to 30 s
};

struct HoursOfDay {
  Seconds from{7.0 * 3600};
  Seconds to{22.0 * 3600};
};

/// Unsourced defaults.
struct WalkingDaysOptions {
  /// A day counts from so much wear on, motionless or not,
  Seconds least_wear{10.0 * 3600};
  /// between these hours after the day's start; empty: at any time of the day.
  std::optional<HoursOfDay> awake = HoursOfDay{};
};

/// Splits a recording into days. `starts`: of each day and the end of the last one, rising, on the
/// recording's clock. A bout belongs to the day in which it begins. Which bouts give cadence and speed is
/// MobilisedAggregator's: those over 30 s, and speed also of 10 to 30 s.
[[nodiscard]] std::vector<WalkingDay> walking_days(const LongRecording& recording,
                                                   std::span<const Seconds> starts,
                                                   const WalkingDaysOptions& options = {});

}  // namespace reprise::engine

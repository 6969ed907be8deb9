// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/heart/rr_intervals.h"

namespace reprise::engine {

struct HeartRateSample {
  Seconds time;
  double rate_bpm = 0;  ///< above 0
};

/// The rate of each interval at the time of its later beat, corrected intervals left out.
[[nodiscard]] std::vector<HeartRateSample> heart_rate_of(std::span<const NnInterval> nn);

struct HeartRateRecovery {
  double end_bpm = 0;  ///< mean of the last seconds of effort
  std::optional<double> drop_60_s_bpm =
      std::nullopt;  ///< fall after 60 s, negative where it rose; empty: no samples
  std::optional<double> drop_120_s_bpm = std::nullopt;  ///< the same after 120 s
};

struct RecoveryOptions {
  Seconds averaging{10};  ///< before the end of effort; around 60 and 120 s after. Unsourced default
};

/// Returns how far the heart rate falls after effort ends. Cole 1999 defined recovery as the fall from the
/// peak to one minute after exercise stopped (as quoted by pages about it). Deviation: the mean of the last
/// seconds in place of the peak, which one artefact may hold. `samples` in order of time. Errors:
/// invalid_argument (order, a rate that is not above 0), nothing_measured (no sample before the end).
[[nodiscard]] Result<HeartRateRecovery> heart_rate_recovery(std::span<const HeartRateSample> samples,
                                                            Seconds end_of_effort,
                                                            const RecoveryOptions& options = {});

/// Whether the heart rate shows how hard the effort is. A beta-blocker or a pacemaker holds it down; in
/// atrial fibrillation it does not follow the effort.
enum class RateResponse : std::uint8_t { unknown, normal, beta_blocker, pacemaker, atrial_fibrillation };

struct ZoneOptions {
  double resting_bpm = 0;
  double maximal_bpm = 0;  ///< measured or estimated by the caller
  RateResponse response = RateResponse::unknown;
  /// Lower limits of the zones from the second on, as shares of the heart rate reserve, rising: very light,
  /// light, moderate, vigorous, near maximal.
  std::array<double, 4> limits = {0.30, 0.40, 0.60, 0.90};
  Seconds longest_hold{5};  ///< a sample counts until the next one, at most this long. Unsourced default
};

struct ZoneTimes {
  std::array<Seconds, 5> in_zone{};
  Seconds unmeasured;  ///< between the first and the last sample
};

/// Returns the time in each zone of heart rate reserve (Karvonen: rest plus a share of maximum less rest).
/// `samples` in order of time. Errors: nothing_measured (the response is not `normal`: zones would mislead;
/// fewer than two samples), invalid_argument (rates, limits, order).
[[nodiscard]] Result<ZoneTimes> time_in_zones(std::span<const HeartRateSample> samples,
                                              const ZoneOptions& options);

enum class EffortScale : std::uint8_t { borg_6_to_20, borg_cr10 };
enum class EffortLevel : std::uint8_t { below_plan, as_planned, above_plan };

struct EffortComparison {
  EffortLevel level = EffortLevel::as_planned;
  double difference = 0;  ///< scale points outside the plan's range, negative below; 0 inside
};

/// Compares a rating of perceived exertion with the planned range, both on one scale, limits included.
/// Errors: invalid_argument (outside 6 to 20 or 0 to 10, an empty range).
[[nodiscard]] Result<EffortComparison> compare_effort(EffortScale scale, double reported, double planned_from,
                                                      double planned_to);

}  // namespace reprise::engine

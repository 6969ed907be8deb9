// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pipeline/monitor/monitor.h"
#include "session/measurements/measurement_document.h"

namespace reprise::pipeline {

/// Whose values a sensor sends.
struct SensorWearer {
  std::string patient;     ///< id of the Patient
  bool simulated = false;  ///< a program sends, no person
};
using SensorWearers = std::map<std::string, SensorWearer, std::less<>>;  ///< by the sensor's name

/// Parses {"sensors": [{"sensor": "strap-7", "patient": "p1", "simulated": false}]}; `simulated` may be left
/// out. Errors: invalid_argument (no such text, a name or an id that cannot be, a sensor that comes twice).
[[nodiscard]] Result<SensorWearers> parse_sensor_wearers(std::string_view text);

/// What one sensor measured in an interval, as a transaction of the record.
struct LiveSummary {
  std::string sensor;
  std::string bundle;
};

/// Sums up live heart rate and cadence of sensors whose wearers are known, by intervals of the calendar's
/// time. Each whole interval of a sensor is one measurement with an id of its own, the same for each that
/// sums it up: the record keeps it once. An interval that was watched in part is none, nor is a measure that
/// had values in less than half of it, nor one in which a sensor sent samples that it had kept: their time is
/// not known (docs/reference/live-sensors.md). Neither sends nor knows the time by itself.
class LiveSummaries {
 public:
  /// Precondition: `interval` is above 0.
  LiveSummaries(SensorWearers wearers, std::chrono::seconds interval)
      : wearers_(std::move(wearers)), interval_(interval) {}

  /// Takes what sensors show now; to be called once a second. `now_ms`: since 1970, UTC. Returns the
  /// summaries of the interval that ended.
  [[nodiscard]] std::vector<LiveSummary> look(const std::vector<SensorStatus>& sensors, std::int64_t now_ms);

  /// Intervals of a sensor left out because their samples were late.
  [[nodiscard]] std::uint64_t late() const { return late_; }

 private:
  /// Of one sensor in the interval that runs.
  struct Tally {
    std::string stream;
    std::optional<Hertz> rate;
    std::uint64_t samples_before = 0;  ///< of the stream, at the last look
    std::uint64_t samples = 0;         ///< taken in the interval
    std::optional<double> battery_percent;
    std::vector<double> heart_rates_per_min, cadences_per_min;
  };

  void add(const SensorStatus& sensor);
  [[nodiscard]] std::vector<LiveSummary> close();
  [[nodiscard]] bool is_late(const Tally& tally) const;
  void sum_up(const std::string& sensor, const Tally& tally, std::vector<LiveSummary>& summaries) const;

  SensorWearers wearers_;
  std::chrono::seconds interval_;
  std::optional<std::int64_t> running_;  ///< number of the interval since 1970
  bool whole_ = false;                   ///< watched from its start
  std::map<std::string, Tally, std::less<>> tallies_;
  std::uint64_t late_ = 0;
};

}  // namespace reprise::pipeline

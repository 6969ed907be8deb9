// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fhir/fields/days.h"
#include "fhir/model/json.h"
#include "session/measurements/signal_measure.h"

// What sensors and phone tests measured of one patient over time, from the record's Observations
// (care/outcome/measurement_observations.h writes them).
namespace reprise::care {

/// A measure that is watched for changes, and the smallest change worth a line, in the displayed unit.
struct WatchedMeasure {
  session::SignalMeasure measure;
  double least = 0;
};

/// The watched measures: few, because false lines add up. Every `least` is an unsourced default.
[[nodiscard]] std::span<const WatchedMeasure> watched_measures();

struct SensedPoint {
  fhir::Day day = 0;                  ///< local day of the author
  std::int64_t time_ms = 0;           ///< since 1970
  double value = 0;                   ///< displayed unit
  std::optional<double> uncertainty;  ///< half width, nine of ten
  std::string evidence;               ///< "Observation/ID"
};

/// One measure of one kind of measurement, side and part. Values of the heart during an exercise are a series
/// of that exercise and its effort. The oldest point first.
struct SensedSeries {
  WatchedMeasure watched;
  std::string measurement;    ///< "gait"
  std::string part;           ///< a muscle; empty: of the whole
  std::string side;           ///< "left", "right"; empty: none
  std::string exercise;       ///< its id; empty: of none
  std::string exercise_name;  ///< as in the record
  std::string effort;         ///< "low" to 3 of 10, "middle" to 6, "high"; empty: not said
  std::vector<SensedPoint> points;
};

/// Reads the series from one patient's Observations and Procedures in any order. Skips drafts, errors,
/// exercises that were not done, other units, values that are not finite, and values dated more than a day
/// after `now_ms`.
[[nodiscard]] std::vector<SensedSeries> read_sensed_series(std::span<const fhir::Json> resources,
                                                           const std::string& patient, std::int64_t now_ms);

/// Returns the name of a series in Flags: "gait/step_time_asymmetry", "heart/heart_rate@squat+low".
[[nodiscard]] std::string key_of(const SensedSeries& series);

}  // namespace reprise::care

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "care/monitoring/rule.h"
#include "fhir/fields/days.h"

// The patient's trajectory as the alert rules need it: values over time, from FHIR resources.
namespace reprise::care {

struct CoursePoint {
  fhir::Day day = 0;         ///< local day of the author
  std::int64_t time_ms = 0;  ///< since 1970
  double value = 0;          ///< pain, effort 0 to 10; range degrees or ratio; quality 0 to 100
  double uncertainty = 0;    ///< half width; 0: unknown
  std::string evidence;      ///< "Observation/ID"
};

/// One monitored value over time; the oldest point first.
struct TrajectorySeries {
  Watched of = Watched::pain;
  std::string exercise;       ///< its id; empty: of none
  std::string exercise_name;  ///< as in the record; for a goal, preceded by the measure
  std::string measure;        ///< of a range
  std::string side;           ///< "left", "right"; empty: none
  std::string unit;           ///< "deg", "1", "{score}"
  bool rising = false;        ///< of a range: farther is more
  bool held = false;          ///< of a range: the exercise is a hold
  bool goal = false;          ///< of a Goal, from the exercise that shows the most of it
  std::optional<double> target;
  std::vector<CoursePoint> points;
};

/// A Flag that a rule raised earlier.
struct RaisedFlag {
  std::string id;
  std::string rule;
  std::string key;  ///< exercise and side
  bool active = false;
  fhir::Day since = 0;
  std::int64_t closed_ms = 0;  ///< if it is not active
  bool decided = false;        ///< a clinician decided about it; otherwise it ended by itself
  double value = 0;            ///< the value when it was raised
  std::string kind;            ///< kind, value and urgency, as in its finding
  std::string of;
  std::string urgency;
};

struct PatientTrajectory {
  std::string patient;
  bool simulated = false;
  std::vector<TrajectorySeries> series;
  std::vector<CoursePoint> sessions;  ///< the first of each day with exercise; value: 1
  std::optional<fhir::Day> programme_start;
  double days_per_week = 0;  ///< prescribed; 0: unknown
  bool has_programme = false;
  std::vector<RaisedFlag> flags;
  int zone_minutes = 0;  ///< of the resource written last
};

/// Returns the day on the patient's clock at a moment in ms since 1970.
[[nodiscard]] fhir::Day local_day_at(const PatientTrajectory& course, std::int64_t ms);

/// Builds the trajectory from one patient's resources in any order: Observations, Procedures, CarePlans,
/// ServiceRequests, Goals, Flags, Patient. Skips drafts, errors, unreadable values, values without a unit,
/// and impossible ones (pain of 12, a knee at 400 degrees). Also skips values dated more than a day after
/// `now_ms`: that clock is wrong.
[[nodiscard]] PatientTrajectory read_trajectory(std::span<const fhir::Json> resources,
                                                const std::string& patient, std::int64_t now_ms);

/// Returns the name of a series in Flags: "", "squat", "squat/left", "goal:knee_flexion/left".
[[nodiscard]] std::string key_of(const TrajectorySeries& series);

}  // namespace reprise::care

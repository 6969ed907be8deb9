#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "care/monitoring/rule.h"
#include "fhir/fields/days.h"

// How a patient has been, as far as rules look at it: values over time out of FHIR resources.
namespace reprise::care {

struct CoursePoint {
  fhir::Day day = 0;         ///< by the clock of whoever wrote it
  std::int64_t time_ms = 0;  ///< since 1970
  double value = 0;          ///< pain, effort 0 to 10; range degrees or ratio; quality 0 to 100
  double uncertainty = 0;    ///< half width; 0: not told
  std::string evidence;      ///< "Observation/ID"
};

/// One thing that is watched; the oldest first.
struct TrajectorySeries {
  Watched of = Watched::pain;
  std::string exercise;       ///< its id; empty: of none
  std::string exercise_name;  ///< as the record has it; of a goal with the measure before it
  std::string measure;        ///< of a range
  std::string side;           ///< "left", "right"; empty: none
  std::string unit;           ///< "deg", "1", "{score}"
  bool rising = false;        ///< of a range: farther is more
  bool held = false;          ///< of a range: of an exercise that is held
  bool goal = false;          ///< of a Goal, by the exercise that shows most of it
  std::optional<double> target;
  std::vector<CoursePoint> points;
};

/// A Flag that a rule raised before.
struct RaisedFlag {
  std::string id;
  std::string rule;
  std::string key;  ///< of what: exercise and side
  bool active = false;
  fhir::Day since = 0;
  std::int64_t closed_ms = 0;  ///< where it is not active
  double value = 0;            ///< what was seen then
  std::string kind;            ///< as in its finding: of the rule, of what, how soon
  std::string of;
  std::string urgency;
};

struct PatientTrajectory {
  std::string patient;
  bool simulated = false;
  std::vector<TrajectorySeries> series;
  std::vector<CoursePoint> sessions;  ///< the first of each day on which something was done; value: 1
  std::optional<fhir::Day> programme_start;
  double days_per_week = 0;  ///< prescribed; 0: unknown
  bool has_programme = false;
  std::vector<RaisedFlag> flags;
  int zone_minutes = 0;  ///< of whatever was written last
};

/// Of one patient's resources, in any order: Observations, Procedures, CarePlans, ServiceRequests, Goals,
/// Flags, Patient. What does not count (drafts, errors), cannot be read, has no unit or cannot be so (pain of
/// 12, a knee at 400 degrees) is passed over, and so is what lies more than a day after `now_ms`: a clock is
/// wrong.
[[nodiscard]] PatientTrajectory read_trajectory(std::span<const fhir::Json> resources,
                                                const std::string& patient, std::int64_t now_ms);

/// What a series is of, as Flags name it: "", "squat", "squat/left", "goal:knee_flexion/left".
[[nodiscard]] std::string key_of(const TrajectorySeries& series);

}  // namespace reprise::care

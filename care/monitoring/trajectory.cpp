// SPDX-License-Identifier: Apache-2.0
#include "care/monitoring/trajectory.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <map>
#include <set>

#include "care/plan/observation_fields.h"
#include "care/safety/flag.h"
#include "care/safety/questionnaire_response.h"
#include "fhir/model/date_time.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

constexpr double kFarthestDegrees = 360;
constexpr double kFarthestRatio = 10;

struct When {
  fhir::Day day = 0;
  std::int64_t ms = 0;
};

struct Done {
  std::string exercise;
  std::string name;
  std::string side;
};

// Returns the label that users see.
std::string label_of_measure(const std::string& name) {
  const auto measure = engine::measure_from_name(name);
  return measure ? std::string{engine::info(*measure).label} : name;
}

// Reads the goal's exercise as docs/clinician/app.md defines it.
std::string exercise_of_goal(const Json& target) {
  for (const Json* extension : fhir::extensions(target, fhir::kGoalExercise)) {
    const std::string_view canonical = json::text_of(*extension, "valueCanonical");
    if (canonical.rfind(fhir::kExercisePrefix, 0) != 0) continue;
    const std::string_view id = canonical.substr(std::string_view{fhir::kExercisePrefix}.size());
    return std::string{id.substr(0, id.find('|'))};
  }
  return {};
}

std::string side_of_goal(const Json& target) {
  const auto found = fhir::extensions(target, fhir::kGoalSide);
  return found.empty() ? std::string{} : std::string{json::text_of(*found.front(), "valueCode")};
}

double middle_of(const TrajectorySeries& series) {
  std::vector<double> values;
  for (const CoursePoint& point : series.points) values.push_back(point.value);
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

bool is_programme(const Json& plan) {
  const Json& categories = json::list_of(plan, "category");
  return json::text_of(plan, "status") == "active" &&
         std::any_of(categories.begin(), categories.end(), [](const Json& category) {
           return fhir::has_coding(&category, fhir::kPlanCategory, fhir::kExerciseProgramme);
         });
}

class CourseReader {
 public:
  CourseReader(const std::string& patient, std::int64_t now_ms) : now_ms_(now_ms) {
    course_.patient = patient;
  }

  PatientTrajectory read(std::span<const Json> resources) {
    for (const Json& resource : resources) {
      const std::string_view type = json::text_of(resource, "resourceType");
      if (type == "Patient" && json::text_of(resource, "id") == course_.patient)
        course_.simulated = fhir::has_tag(resource, fhir::kTag, "simulated");
      if (fhir::id_in(json::field(resource, "subject"), "Patient") != course_.patient) continue;
      if (type == "Procedure") take_procedure(resource);
      if (type == "CarePlan") take_plan(resource);
      if (type == "Flag") take_flag(resource);
      if (type == "Goal") take_goal(resource);
    }
    // The resources that they refer to are now known.
    for (const Json& resource : resources) {
      if (fhir::id_in(json::field(resource, "subject"), "Patient") != course_.patient) continue;
      const std::string_view type = json::text_of(resource, "resourceType");
      if (type == "Observation" && counts(resource)) take_observation(resource);
      if (type == "ServiceRequest") take_request(resource);
    }
    finish();
    return std::move(course_);
  }

 private:
  std::optional<When> when_of(std::string_view text) {
    const auto interval = fhir::interval_of(text);
    const auto day = fhir::local_day(text);
    if (!interval || !interval->start_ms || !day || *interval->start_ms > now_ms_ + kDayMs) return {};
    if (*interval->start_ms > latest_ms_) {
      latest_ms_ = *interval->start_ms;
      course_.zone_minutes = fhir::zone_minutes(text);
    }
    return When{*day, *interval->start_ms};
  }

  std::optional<When> when_in(const Json& resource, const char* moment, const char* period) {
    if (const auto text = json::text_of(resource, moment); !text.empty()) return when_of(text);
    const Json* stretch = json::field(resource, period);
    return stretch == nullptr ? std::nullopt : when_of(json::text_of(*stretch, "start"));
  }

  void take_procedure(const Json& procedure) {
    const std::string_view exercise = code_in(json::field(procedure, "code"), fhir::kExercise);
    const std::string id{json::text_of(procedure, "id")};
    if (exercise.empty() || !was_done(procedure)) return;
    Done done{std::string{exercise}, std::string{json::text_of(*json::field(procedure, "code"), "text")}, {}};
    for (const Json& site : json::list_of(procedure, "bodySite")) done.side = side_in(&site);
    done_["Procedure/" + id] = std::move(done);
    const auto when = when_in(procedure, "performedDateTime", "performedPeriod");
    if (when) course_.sessions.push_back({when->day, when->ms, 1, 0, "Procedure/" + id});
  }

  void take_plan(const Json& plan) {
    if (!is_programme(plan)) return;
    course_.has_programme = true;
    if (const Json* period = json::field(plan, "period"))
      course_.programme_start = fhir::local_day(json::text_of(*period, "start"));
  }

  // A goal that is no upper or lower bound of a range is measured by other means.
  void take_goal(const Json& goal) {
    const std::string_view status = json::text_of(goal, "lifecycleStatus");
    if (status != "active" && status != "accepted" && status != "planned") return;
    for (const Json& target : json::list_of(goal, "target")) {
      const Json* measure = json::field(target, "measure");
      const Json* value = json::field(target, "detailQuantity");
      const std::string named{code_in(measure, fhir::kMeasure)};
      if (named.empty() || value == nullptr) continue;
      const auto number = json::number_of(*value, "value");
      const std::string_view comparator = json::text_of(*value, "comparator");
      if (number)
        goals_.push_back({named, std::string{json::text_of(*value, "code")}, *number,
                          comparator.substr(0, 1) != "<", exercise_of_goal(target), side_of_goal(target)});
    }
  }

  void take_flag(const Json& flag) {
    const std::string_view rule = code_in(json::field(flag, "code"), fhir::kFlag);
    const auto findings = fhir::extensions(flag, fhir::kFinding);
    if (rule.empty() || findings.empty() || json::text_of(flag, "status") == "entered-in-error") return;
    RaisedFlag raised;
    raised.id = json::text_of(flag, "id");
    raised.rule = rule;
    raised.active = json::text_of(flag, "status") == "active";
    for (const Json& part : json::list_of(*findings.front(), "extension")) {
      const std::string_view name = json::text_of(part, "url");
      if (name == "key") raised.key = json::text_of(part, "valueString");
      if (name == "kind") raised.kind = json::text_of(part, "valueCode");
      if (name == "of") raised.of = json::text_of(part, "valueCode");
      if (name == "urgency") raised.urgency = json::text_of(part, "valueCode");
      if (name == "value") raised.value = json::number_of(part, "valueDecimal").value_or(0);
    }
    raised.decided = !fhir::extensions(flag, fhir::kDecision).empty();
    if (const Json* period = json::field(flag, "period")) {
      raised.since = fhir::local_day(json::text_of(*period, "start")).value_or(0);
      if (const auto end = fhir::interval_of(json::text_of(*period, "end")))
        raised.closed_ms = end->start_ms.value_or(0);
    }
    course_.flags.push_back(std::move(raised));
  }

  void take_request(const Json& request) {
    if (json::text_of(request, "status") != "active") return;
    std::string exercise;
    for (const Json& canonical : json::list_of(request, "instantiatesCanonical")) {
      const std::string_view text = canonical.is_string()
                                        ? std::string_view{canonical.get_ref<const std::string&>()}
                                        : std::string_view{};
      if (text.rfind(fhir::kExercisePrefix, 0) != 0) continue;
      exercise = text.substr(std::string_view{fhir::kExercisePrefix}.size());
      exercise = exercise.substr(0, exercise.find('|'));
    }
    if (exercise.empty()) return;
    double days = 0;
    if (const Json* timing = json::field(request, "occurrenceTiming"); timing != nullptr) {
      if (const Json* repeat = json::field(*timing, "repeat")) {
        days = static_cast<double>(json::list_of(*repeat, "dayOfWeek").size());
        if (days == 0 && json::text_of(*repeat, "periodUnit") == "wk")
          days = json::number_of(*repeat, "frequency").value_or(0);
        if (json::text_of(*repeat, "periodUnit") == "d") days = 7;
      }
    }
    course_.days_per_week = std::clamp(days, course_.days_per_week, 7.0);
    take_target(request, exercise, side_in(json::field(request, "bodySite")));
  }

  void take_target(const Json& request, const std::string& exercise, const std::string& side) {
    for (const Json* target : fhir::extensions(request, fhir::kTarget)) {
      for (const Json& part : json::list_of(*target, "extension")) {
        const Json* value =
            json::text_of(part, "url") == "value" ? json::field(part, "valueQuantity") : nullptr;
        if (value == nullptr) continue;
        const auto number = json::number_of(*value, "value");
        if (number) targets_[exercise + "/" + side] = {*number, std::string{json::text_of(*value, "code")}};
      }
    }
  }

  TrajectorySeries& series(Watched of, const Done& done, const std::string& unit) {
    for (TrajectorySeries& one : course_.series) {
      if (one.of == of && one.exercise == done.exercise && one.side == done.side && one.unit == unit)
        return one;
    }
    TrajectorySeries one;
    one.of = of;
    one.exercise = done.exercise;
    one.exercise_name = done.name;
    one.side = done.side;
    one.unit = unit;
    course_.series.push_back(std::move(one));
    return course_.series.back();
  }

  void take_observation(const Json& observation) {
    const auto when = when_in(observation, "effectiveDateTime", "effectivePeriod");
    if (!when) return;
    CoursePoint point{when->day, when->ms, 0, 0,
                      "Observation/" + std::string{json::text_of(observation, "id")}};
    if (const auto pain = pain_of(observation)) {
      point.value = *pain;
      return series(Watched::pain, {}, "{score}").points.push_back(std::move(point));
    }
    const std::string_view code = code_in(json::field(observation, "code"), fhir::kObservation);
    const Json* quantity = json::field(observation, "valueQuantity");
    const auto value = quantity == nullptr ? std::nullopt : json::number_of(*quantity, "value");
    if (!value || json::field(*quantity, "comparator") != nullptr) return;
    point.value = *value;
    const auto done = done_in(observation);
    if (code == "effort" && *value >= 0 && *value <= 10)
      return series(Watched::effort, {}, "{score}").points.push_back(std::move(point));
    if (!done) return;
    if (code == "hold-time") held_.insert(done->exercise);
    if (code == "movement-quality" && *value >= 0 && *value <= 100) {
      point.value = std::round(*value);  // rounded as on the pages
      return series(Watched::quality, *done, "{score}").points.push_back(std::move(point));
    }
    if (code == "best-range" || code == "mean-range")
      take_range(observation, *done, json::text_of(*quantity, "code"), std::move(point));
  }

  void take_range(const Json& observation, Done done, std::string_view unit, CoursePoint point) {
    const double farthest = unit == "deg" ? kFarthestDegrees : unit == "1" ? kFarthestRatio : 0;
    std::optional<double> from;
    for (const Json& component : json::list_of(observation, "component")) {
      const std::string_view code = code_in(json::field(component, "code"), fhir::kObservation);
      const Json* value = json::field(component, "valueQuantity");
      if (value == nullptr || json::text_of(*value, "code") != unit) continue;
      if (code == "from") from = json::number_of(*value, "value");
      if (code == "uncertainty") point.uncertainty = std::abs(json::number_of(*value, "value").value_or(0));
    }
    if (!from || std::abs(point.value) > farthest || std::abs(*from) > farthest) return;
    if (const std::string side = side_in(json::field(observation, "bodySite")); !side.empty())
      done.side = side;
    TrajectorySeries& all = series(Watched::range, done, std::string{unit});
    if (point.value != *from) all.rising = point.value > *from;
    all.measure = code_in(json::field(observation, "code"), fhir::kMeasure);
    all.points.push_back(std::move(point));
  }

  std::optional<Done> done_in(const Json& observation) {
    for (const Json& part : json::list_of(observation, "partOf")) {
      const std::string id{fhir::id_in(&part, "Procedure")};
      if (const auto found = done_.find("Procedure/" + id); found != done_.end()) return found->second;
    }
    return {};
  }

  void finish() {
    const auto earlier = [](const CoursePoint& a, const CoursePoint& b) { return a.time_ms < b.time_ms; };
    for (TrajectorySeries& one : course_.series) {
      std::stable_sort(one.points.begin(), one.points.end(), earlier);
      if (one.of != Watched::range) continue;
      one.held = held_.count(one.exercise) > 0;
      // The target of one limb, or of both.
      for (const std::string& side : {one.side, std::string{}}) {
        const auto found = targets_.find(one.exercise + "/" + side);
        if (found != targets_.end() && found->second.unit == one.unit && !one.target)
          one.target = found->second.value;
      }
    }
    // A goal replaces the exercise targets on the way to it.
    if (!goals_.empty()) {
      for (TrajectorySeries& one : course_.series) one.target.reset();
    }
    for (const Goal& goal : goals_) add_goal(goal);
    auto& sessions = course_.sessions;
    std::stable_sort(sessions.begin(), sessions.end(), earlier);
    const auto same_day = [](const CoursePoint& a, const CoursePoint& b) { return a.day == b.day; };
    sessions.erase(std::unique(sessions.begin(), sessions.end(), same_day), sessions.end());
  }

  struct Goal {
    std::string measure;
    std::string unit;
    double value = 0;
    bool rising = true;    // the goal is reached from below
    std::string exercise;  // empty: any exercise that shows it
    std::string side;      // empty: each side
  };

  // Each side is judged by the exercise that shows the most of the range.
  void add_goal(const Goal& goal) {
    std::map<std::string, TrajectorySeries> by_side;
    for (TrajectorySeries& one : course_.series) {
      if (one.of != Watched::range || one.goal || one.measure != goal.measure || one.unit != goal.unit ||
          one.rising != goal.rising || one.points.empty() ||
          (!goal.exercise.empty() && goal.exercise != one.exercise) ||
          (!goal.side.empty() && goal.side != one.side)) {
        continue;
      }
      const auto found = by_side.find(one.side);
      const double sign = goal.rising ? 1 : -1;
      if (found == by_side.end() || sign * middle_of(one) > sign * middle_of(found->second))
        by_side[one.side] = one;
    }
    for (auto& [side, best] : by_side) {
      best.goal = true;
      best.held = false;  // the goal defines the direction
      best.target = goal.value;
      best.exercise_name = label_of_measure(goal.measure) + " in " + best.exercise_name;
      course_.series.push_back(std::move(best));
    }
  }

  struct Target {
    double value = 0;
    std::string unit;
  };

  PatientTrajectory course_;
  std::int64_t now_ms_;
  std::int64_t latest_ms_ = INT64_MIN;
  std::map<std::string, Done> done_;       // by "Procedure/ID"
  std::set<std::string> held_;             // exercises with timed holds
  std::map<std::string, Target> targets_;  // by "EXERCISE/SIDE"
  std::vector<Goal> goals_;
};

}  // namespace

fhir::Day local_day_at(const PatientTrajectory& course, std::int64_t ms) {
  constexpr std::int64_t kMinuteMs = in_ms(std::chrono::minutes{1});
  return (ms + course.zone_minutes * kMinuteMs) / kDayMs;
}

PatientTrajectory read_trajectory(std::span<const Json> resources, const std::string& patient,
                                  std::int64_t now_ms) {
  return CourseReader{patient, now_ms}.read(resources);
}

std::string key_of(const TrajectorySeries& series) {
  const std::string of = series.goal ? "goal:" + series.measure : series.exercise;
  return series.side.empty() ? of : of + "/" + series.side;
}

}  // namespace reprise::care

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "care/plan/muscle_target.h"
#include "care/plan/restrictions.h"
#include "care/safety/safety.h"
#include "fhir/fields/fields.h"

// A programme while a clinician edits it. Unlike read_programme, it also shows what a patient's app would
// refuse.
namespace reprise::care {

/// A joint's limit. `measure`: its name, which may be none of the engine's.
struct DraftLimit {
  std::string measure;
  std::optional<engine::Side> side;  ///< empty: either
  std::optional<double> min;         ///< degrees or ratio
  std::optional<double> max;

  bool operator==(const DraftLimit&) const = default;
};

/// One prescribed exercise.
struct DraftItem {
  std::string key;        ///< id of its ServiceRequest; of a new one a UUID
  bool fresh = false;     ///< the record does not have it yet
  std::string canonical;  ///< "urn:reprise:exercise:squat|1"
  std::string exercise;   ///< "squat"
  std::optional<AffectedSide> side;
  int sets = 1;
  int repetitions = 1;
  std::optional<double> hold_s;
  double rest_s = 0;
  int days_per_week = 1;
  std::optional<double> load_kg;
  std::optional<double> ceiling;  ///< of the primary measure, degrees or ratio; empty: the exercise's own
  std::optional<double> target;   ///< as `ceiling`
  std::optional<MuscleTarget> muscle;
  bool camera = true;
  bool helper = false;
  std::string support;
  std::string instruction;

  bool operator==(const DraftItem&) const = default;
};

struct ProgrammeDraft {
  std::string title;
  std::string note;
  std::string start;  ///< a day
  std::optional<AffectedSide> affected;
  exercises::WeightBearing weight_bearing = exercises::WeightBearing::full;
  std::optional<LoadLimit> load_limit;  ///< only with partial weight bearing
  /// The record has a limit that cannot be followed: unreadable, or without partial weight bearing.
  bool load_limit_unread = false;
  std::vector<DraftLimit> limits;
  PainLimits pain;
  bool personal_bests = true;
  std::string protocol;  ///< canonical of the template that it came from; empty: none
  std::string phase;     ///< of that template
  std::vector<DraftItem> items;
};

/// What the record has: a CarePlan (empty: none) and its ServiceRequests. Both are JSON objects.
struct RecordedProgramme {
  std::optional<Json> plan;
  std::vector<Json> requests;
};

/// An exercise's file, as far as a draft needs it.
struct DraftExercise {
  std::string name;     ///< in the record's language
  std::string measure;  ///< the primary one's name
  exercises::Dosage dosage;
};
using DraftExercises = std::map<std::string, DraftExercise, std::less<>>;  ///< by id

/// A prescribed exercise in a CarePlan: its activity and its ServiceRequest.
struct Prescription {
  const Json* activity = nullptr;
  const Json* request = nullptr;
};

/// Returns the exercises of the plan, in its order, without single measurements. They point into `recorded`.
[[nodiscard]] std::vector<Prescription> prescriptions(const RecordedProgramme& recorded);

/// Reads a ServiceRequest. A dose that is missing or unreadable is that of `exercise` (null: unknown).
[[nodiscard]] DraftItem draft_item(const Json& request, const DraftExercise* exercise);

/// Checks for the canonical of a template of programmes.
[[nodiscard]] bool is_protocol(const Json& canonical);

/// Reads a limit of a CarePlan.
[[nodiscard]] DraftLimit draft_limit(const Json& extension);

/// Reads a programme. `start`, `affected`: the first day and the side of a programme that is none yet.
[[nodiscard]] ProgrammeDraft read_draft(const RecordedProgramme& recorded, const DraftExercises& exercises,
                                        std::string_view start, std::optional<AffectedSide> affected);

/// Returns the ids of ServiceRequests by the keys under which they were sent.
[[nodiscard]] std::map<std::string, std::string> sent_items(const RecordedProgramme& recorded);

}  // namespace reprise::care

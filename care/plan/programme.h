#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "care/plan/restrictions.h"
#include "care/safety/hold.h"
#include "exercises/catalog.h"
#include "fhir/model/json.h"

// What a patient's clinic has prescribed, read out of the record. docs/programme.md says how FHIR writes it.
namespace reprise::care {

struct PrescribedExercise {
  std::string request;          ///< id of the ServiceRequest
  std::string request_version;  ///< of it in the record; empty where the record did not say
  CatalogExercise exercise;
  std::string json;          ///< the exercise's file
  std::optional<Side> side;  ///< empty: the exercise has no sides, or both are meant
  Dosage dosage;
  std::optional<double> load_kg;  ///< to be held or worn; empty: none is prescribed
  std::optional<double>
      ceiling;                   ///< of the primary measure, degrees or ratio; the nearest of the programme's
  std::optional<double> target;  ///< as the ceiling; empty: the exercise's own
  bool personal_bests = true;    ///< never where a ceiling holds, of the programme or of the exercise
  bool camera = true;            ///< false: the clinic wants it done without
  bool helper = false;           ///< not alone
  bool held = false;             ///< on hold (care/safety/hold.h): not to be started
  std::string support_note;
  std::string instruction;  ///< to the patient
};

/// A questionnaire that the patient is to answer, once or again and again.
struct QuestionnaireRequest {
  std::string canonical;      ///< "url|version" or, the newest that is active, "url"
  int every_days = 0;         ///< 0: once
  std::string reason;         ///< to the patient
  std::string since;          ///< a time: answers before it do not count; empty: all do
  std::string answer_by;      ///< a day; empty: none is set
  std::string last_answered;  ///< a day; empty: never
  bool done = false;          ///< answered, and not asked again
  std::string due;            ///< from this day on; empty: at once, or it is done
};

/// What keeps an exercise or a questionnaire from being offered. For the clinic: without content about the
/// patient.
struct ProgrammeProblem {
  std::string request;  ///< id of the ServiceRequest; empty: it is about a questionnaire
  std::string text;
};

struct Programme {
  std::string id;  ///< of the CarePlan
  std::string patient;
  std::string title;
  std::string note;
  std::string start;  ///< as FHIR writes dates; empty: not said
  std::string end;
  bool simulated = false;  ///< the patient is no person
  std::vector<PrescribedExercise> exercises;
  std::vector<QuestionnaireRequest> questionnaires;
  std::vector<ProgrammeProblem> problems;
  PainLimits limits;
  Restrictions restrictions;
  std::vector<Hold> holds;
  std::string clinic_name;
  std::string clinic_phone;
  std::string emergency_number;             ///< configured by the clinic, never guessed
  std::optional<bool> app_use_consented;    ///< the patient's answer (consent.h); empty: none yet
  std::optional<bool> recording_consented;  ///< of recorded movement
};

/// Reads the one active programme out of the record's answers: texts of Bundles (searchset, batch-response,
/// collection, …) and of single resources, in any order. An exercise of which anything cannot be read or
/// contradicts itself is not in `exercises`, and is one of the `problems`; likewise a questionnaire. Errors:
/// those of fhir::parse_resource; not_found (no active programme), conflict (several, or one resource in two
/// versions), invalid_argument (its Patient is not among the answers), corrupt (what holds for the whole
/// programme cannot be read).
[[nodiscard]] Result<Programme> read_programme(std::span<const std::string> answers);

/// A CarePlan's limits; the defaults where it says nothing of them. Errors: corrupt.
[[nodiscard]] Result<PainLimits> pain_limits(const fhir::Json& care_plan);

}  // namespace reprise::care

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "care/plan/balance_ladder.h"
#include "care/plan/muscle_target.h"
#include "care/plan/restrictions.h"
#include "care/safety/endurance_limits.h"
#include "care/safety/hold.h"
#include "exercises/catalog.h"
#include "fhir/fields/answer_index.h"
#include "fhir/model/json.h"

// The programme that the clinic has prescribed, parsed from the record. Its FHIR form:
// docs/reference/programme.md.
namespace reprise::care {

struct PrescribedExercise {
  std::string request;          ///< id of the ServiceRequest
  std::string request_version;  ///< its version in the record; empty if unknown
  exercises::CatalogExercise exercise;
  std::string json;                  ///< the exercise's file
  std::optional<engine::Side> side;  ///< empty if the exercise has no sides, or for both
  exercises::Dosage dosage;
  std::optional<double> load_kg;  ///< held or worn; empty if none is prescribed
  /// Of the primary measure, degrees or ratio; the strictest of the programme's.
  std::optional<double> ceiling;
  std::optional<double> target;        ///< in the unit of the ceiling; empty: the exercise's own
  std::optional<MuscleTarget> muscle;  ///< for an EMG sensor; never with a ceiling, which nothing would watch
  bool personal_bests = true;          ///< never with a ceiling of the programme or the exercise
  bool camera = true;                  ///< false: the clinic prescribed it without a camera
  bool helper = false;                 ///< only with a helper
  bool held = false;                   ///< on hold (care/safety/hold.h): must not be started
  std::string support_note;
  std::string instruction;  ///< to the patient
};

/// A questionnaire for the patient, once or repeated.
struct QuestionnaireRequest {
  std::string canonical;      ///< "url|version" or "url" for the newest active version
  int every_days = 0;         ///< 0: once
  std::string reason;         ///< to the patient
  std::string since;          ///< a dateTime; earlier answers do not count; empty: all count
  std::string answer_by;      ///< a day; empty if none is set
  std::string last_answered;  ///< a day; empty: never
  bool done = false;          ///< answered, and not repeated
  std::string due;            ///< the day from which it is due; empty: at once, or done
};

/// What requests have in common that the patient follows by themselves, once or repeated.
struct RequestTerms {
  std::string request;  ///< id of the ServiceRequest
  int every_days = 0;   ///< 0: once
  bool helper = true;   ///< only with a helper; false: the clinician released the patient
  bool held = false;    ///< on hold (care/safety/hold.h): must not be started
  std::string support_note;
  std::string instruction;  ///< to the patient
  std::string answer_by;    ///< a day; empty if none is set
  std::string last_done;    ///< a day; empty: never
  bool done = false;        ///< done, and not repeated
  std::string due;          ///< the day from which it is due again; empty: at once, or done
  std::string problem;      ///< why it cannot be offered, for the clinic; empty: it can
};

/// A test that the patient does with the phone's own motion sensors.
struct PhoneTestRequest : RequestTerms {
  std::string test;                ///< "timed_up_and_go", …; empty with a `problem`
  std::optional<double> course_m;  ///< of a walk, one length; empty: the test has none
};

struct ValueRange {
  double low = 0;
  double high = 0;
};

/// A session of walking or cycling, guided by effort.
struct EnduranceRequest : RequestTerms {
  std::string activity;  ///< "walking" or "cycling"; empty with a `problem`
  double warm_up_min = 0;
  double main_min = 0;  ///< above 0
  double cool_down_min = 0;
  std::string scale;     ///< of effort: "borg-6-20" or "cr10"
  ValueRange effort;     ///< of the main part
  std::string response;  ///< of the heart rate to effort: "normal", "beta-blocker", …; empty: not recorded
  std::optional<ValueRange> heart_rate;  ///< of the main part, /min; only with a normal response
  EnduranceLimits limits;
};

/// A ladder of stances; the engine says which level is due.
struct BalanceRequest : RequestTerms {
  std::vector<BalanceLevel> levels;  ///< the easiest first; empty with a `problem`
  int sessions = 0;                  ///< whole ones in a row before a level gets harder
  BalanceDue due_level;
  std::vector<BalanceSession> results;  ///< the oldest first
};

/// Why an exercise or a questionnaire is not offered. For the clinic, without content about the
/// patient.
struct ProgrammeProblem {
  std::string request;  ///< id of the ServiceRequest; empty if about a questionnaire
  std::string text;
};

struct Programme {
  std::string id;  ///< of the CarePlan
  std::string patient;
  std::string title;
  std::string note;
  std::string start;  ///< a FHIR date; empty if unknown
  std::string end;
  bool simulated = false;  ///< the patient is no person
  std::vector<PrescribedExercise> exercises;
  std::vector<QuestionnaireRequest> questionnaires;
  std::vector<PhoneTestRequest> tests;      ///< no exercises, and never among the `problems`
  std::vector<EnduranceRequest> endurance;  ///< likewise
  std::vector<BalanceRequest> balance;      ///< likewise
  std::vector<ProgrammeProblem> problems;
  PainLimits limits;
  Restrictions restrictions;
  std::vector<Hold> holds;
  std::vector<std::string> self_releases;  ///< self_release.h
  std::string clinic_name;
  std::string clinic_phone;
  std::string emergency_number;             ///< configured by the clinic, never guessed
  std::optional<bool> app_use_consented;    ///< the patient's answer (consent.h); empty: none yet
  std::optional<bool> recording_consented;  ///< of recorded movement
};

/// Parses the one active programme from the record's answers: texts of Bundles (searchset, batch-response,
/// collection, …) and of single resources, in any order. An exercise or questionnaire that is unreadable or
/// contradicts itself becomes one of the `problems`. Errors: those of fhir::parse_resource; not_found (no
/// active programme); conflict (several, or one resource in two versions); invalid_argument (its Patient is
/// not among the answers); corrupt (a field of the whole programme is unreadable).
[[nodiscard]] Result<Programme> read_programme(std::span<const std::string> answers);

/// A programme and all resources of the answers.
struct ProgrammeAnswers {
  Programme programme;
  fhir::AnswerIndex record;
};

/// Parses the answers once for both. Errors: as above.
[[nodiscard]] Result<ProgrammeAnswers> read_programme_answers(std::span<const std::string> answers);

/// Returns a CarePlan's limits, or the defaults if it has none. Errors: corrupt.
[[nodiscard]] Result<PainLimits> pain_limits(const fhir::Json& care_plan);

}  // namespace reprise::care

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "fhir/fields/code_systems.h"

// The record's names for concepts without a code in FHIR: docs/reference/programme.md. The project owns no
// domain, so all are URNs.
namespace reprise::fhir {

inline constexpr std::string_view kOurs = "urn:reprise:";
inline constexpr const char* kExercisePrefix = "urn:reprise:exercise:";  // and the exercise's id: a canonical
inline constexpr const char* kQuestionnairePrefix = "urn:reprise:questionnaire:";
inline constexpr const char* kEducationPrefix = "urn:reprise:education:";
inline constexpr const char* kExerciseFilmPrefix = "urn:reprise:exercise-film:";
inline constexpr const char* kProtocolPrefix = "urn:reprise:protocol:";
inline constexpr const char* kRulePrefix = "urn:reprise:rule:";

// Systems of codes and identifiers.
inline constexpr const char* kTag = "urn:reprise:tag";  // simulated
inline constexpr const char* kPlanCategory = "urn:reprise:care-plan";
inline constexpr const char* kExerciseProgramme = "exercise-programme";  // of kPlanCategory
inline constexpr const char* kPainCode = "72514-3";  // LOINC: pain on the numeric scale from 0 to 10
inline constexpr const char* kActivity = "urn:reprise:activity";        // of a CarePlan: questionnaire
inline constexpr const char* kConsentCategory = "urn:reprise:consent";  // app-use, movement-recording, …
inline constexpr const char* kDocument = "urn:reprise:document";   // landmark-recording, posture-photo, …
inline constexpr const char* kPosturePhotoCode = "posture-photo";  // of kDocument
inline constexpr const char* kExercise = "urn:reprise:exercise";   // the exercises' ids
inline constexpr const char* kObservation = "urn:reprise:observation";       // repetitions, hold-time, …
inline constexpr const char* kMeasure = "urn:reprise:measure";               // names of the engine's measures
inline constexpr const char* kSignalMeasure = "urn:reprise:signal-measure";  // what sensors measure
inline constexpr const char* kMeasurement = "urn:reprise:measurement";       // gait, balance, …: its kinds
inline constexpr const char* kMethod = "urn:reprise:method";  // range_camera, …: how it was measured
inline constexpr const char* kDevice = "urn:reprise:device";  // heart_rate_strap, …: kinds of a Device
inline constexpr const char* kDeviceNotice = "urn:reprise:device-notice";  // poor_signal, …
inline constexpr const char* kMoment = "urn:reprise:moment";  // before, during, after, next-morning
inline constexpr const char* kStopReason = "urn:reprise:stop-reason";
inline constexpr const char* kGame = "urn:reprise:game";            // kGames
inline constexpr const char* kSession = "urn:reprise:session";      // identifiers of an exercise session
inline constexpr const char* kProgramme = "urn:reprise:programme";  // identifiers that its writer gave
inline constexpr const char* kResult = "urn:reprise:result";        // identifiers of a set's Observations

inline constexpr const char* kCommunication = "urn:reprise:communication";     // message, erasure-request
inline constexpr const char* kLibrary = "urn:reprise:library";                 // education, exercise-film
inline constexpr const char* kEducationTheme = "urn:reprise:education-theme";  // pain, sleep, …
inline constexpr const char* kFlagTask = "urn:reprise:flag-task";              // close, snooze, reopen

inline constexpr const char* kAnswers = "urn:reprise:answers";  // identifiers of Flags, by their answers
inline constexpr const char* kFlag =
    "urn:reprise:flag";  // red-flag, pain-over-limit, …; identifiers of Flags

// Extensions.
inline constexpr const char* kDosage = "urn:reprise:dosage";
inline constexpr const char* kAskedSince = "urn:reprise:asked-since";
inline constexpr const char* kAnswerBy = "urn:reprise:answer-by";
inline constexpr const char* kMaxRange = "urn:reprise:max-range";
inline constexpr const char* kTarget = "urn:reprise:target";
inline constexpr const char* kMuscleTarget = "urn:reprise:muscle-target";
inline constexpr const char* kCamera = "urn:reprise:camera";
inline constexpr const char* kSupport = "urn:reprise:support";
inline constexpr const char* kPainLimits = "urn:reprise:pain-limits";
inline constexpr const char* kPersonalBests = "urn:reprise:personal-bests";
inline constexpr const char* kAffectedSide = "urn:reprise:affected-side";  // of a CarePlan: left, right, both
inline constexpr const char* kLoadLimit =
    "urn:reprise:load-limit";  // of the affected leg, with the body's mass
inline constexpr const char* kWeightBearing = "urn:reprise:weight-bearing";  // none, partial, full
inline constexpr const char* kRangeLimit = "urn:reprise:range-limit";
inline constexpr const char* kEvidence = "urn:reprise:evidence";
inline constexpr const char* kHold = "urn:reprise:hold";             // of a Flag
inline constexpr const char* kHoldEnded = "urn:reprise:hold-ended";  // of a Flag
inline constexpr const char* kStopped = "urn:reprise:stopped";       // of a QuestionnaireResponse
inline constexpr const char* kTakesBack = "urn:reprise:takes-back";  // of a QuestionnaireResponse
inline constexpr const char* kFinding = "urn:reprise:finding";
inline constexpr const char* kSnoozedUntil = "urn:reprise:snoozed-until";
inline constexpr const char* kGoalExercise = "urn:reprise:exercise";  // of a Goal's target
inline constexpr const char* kGoalSide = "urn:reprise:side";
inline constexpr const char* kProtocolPhase = "urn:reprise:protocol-phase";  // of a CarePlan
inline constexpr const char* kDecision = "urn:reprise:decision";
inline constexpr const char* kOrder =
    "urn:reprise:order";  // assessment, phone-test, …: categories of a request
inline constexpr const char* kPhoneTest = "urn:reprise:phone-test";                  // timed_up_and_go, …
inline constexpr const char* kEnduranceActivity = "urn:reprise:endurance-activity";  // walking, cycling
inline constexpr const char* kEndurance = "urn:reprise:endurance";  // plan and limits of such a session
inline constexpr const char* kBalance = "urn:reprise:balance";      // terms of a balance programme
inline constexpr const char* kBalanceLevel = "urn:reprise:balance-level";  // one level of its ladder
inline constexpr const char* kSelfRelease = "self-assessment-release";     // of kOrder
inline constexpr const char* kSelfPosition =
    "urn:reprise:self-assessment-position";  // single_leg, step_down, jump
inline constexpr const char* kReleaseReason = "urn:reprise:release-reason";
inline constexpr const char* kSeenDoneSafely = "seen-done-safely";         // of kReleaseReason
inline constexpr const char* kPosturePhoto = "urn:reprise:posture-photo";  // of a DocumentReference
inline constexpr const char* kFilmLeave = "urn:reprise:film-leave";  // of a Library: given by whom it shows
inline constexpr const char* kFilmSeconds = "urn:reprise:film-seconds";  // of a film's attachment
inline constexpr const char* kFilmSide = "urn:reprise:film-side";        // of a Library: left, right, both
inline constexpr const char* kCourse = "urn:reprise:course";             // length of a walking course
inline constexpr const char* kEmergencyNumber = "urn:reprise:emergency-number";

}  // namespace reprise::fhir

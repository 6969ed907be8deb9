// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "care/safety/patient_reported.h"
#include "exercises/catalog.h"
#include "fhir/model/json.h"
#include "session/document.h"

namespace reprise::care {

/// A set that the patient counted without a camera.
struct HandCount {
  int repetitions = 0;          ///< or holds
  std::optional<Seconds> held;  ///< total of all holds
};

enum class StopReason : std::uint8_t { pain, warning_sign, unsafe, own_choice, technical };

struct ReportedPain {
  Moment moment = Moment::after;  ///< never the next morning, which a questionnaire covers
  int value = 0;
};

/// Landmarks of a set, as engine/pose/packed_landmarks.h packs them: points, never pictures. Requires the
/// patient's consent (care/plan/consent.h), which the page checks.
struct RecordedMovement {
  std::string id;      ///< UUID in lower case, assigned once; the Binary's
  std::string base64;  ///< the bytes
  bool gzip = false;   ///< whether they are compressed
};

/// The game that replaced the plain display of the set.
struct PlayedGame {
  std::string kind;  ///< one of kGames
  int tasks = 0;     ///< completed
  int succeeded = 0;
  double difficulty_at_start = 0;  ///< 0 easiest to 1 hardest
  double difficulty_at_end = 0;
};

/// A completed set, as the patient's page reports it.
struct CompletedSet {
  std::string id;       ///< UUID in lower case, assigned once to this set
  std::string session;  ///< UUID of the exercise session
  std::string patient;
  std::string request;  ///< id of the ServiceRequest
  exercises::CatalogExercise exercise;
  std::optional<engine::Side> side;
  std::optional<double> ceiling;  ///< the programme's, degrees or ratio
  std::string start;              ///< a FHIR dateTime with its zone
  std::string end;
  std::optional<StopReason> stopped;  ///< empty if it was finished
  bool simulated = false;
  std::optional<session::SessionDocument> document;  ///< of the camera; or
  std::optional<HandCount> by_hand;                  ///< exactly one of the two
  std::optional<RecordedMovement> recording;         ///< only beside a document
  std::vector<ReportedPain> pain;
  std::optional<int> effort;       ///< 0 to 10
  std::string note;                ///< the patient's own words
  std::optional<PlayedGame> game;  ///< only beside a document
};

/// Builds the record's transaction: a Procedure, its Observations, and for a recording a Binary with its
/// DocumentReference (docs/reference/programme.md). Sending it twice changes nothing. Measured values come
/// from the document alone. Errors: invalid_argument (impossible input); conflict (the document is of another
/// exercise, side or ceiling than the set).
[[nodiscard]] Result<fhir::Json> set_bundle(const CompletedSet& set);

}  // namespace reprise::care

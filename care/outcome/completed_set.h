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

/// What a person counted without a camera.
struct HandCount {
  int repetitions = 0;          ///< or holds
  std::optional<Seconds> held;  ///< all holds together
};

enum class StopReason : std::uint8_t { pain, warning_sign, unsafe, own_choice, technical };

struct ReportedPain {
  Moment moment = Moment::after;  ///< not the next morning: that is asked by a questionnaire
  int value = 0;
};

/// Landmarks of a set, as engine/pose/packed_landmarks.h packs them: points, never pictures. Only with the
/// patient's consent (care/plan/consent.h), which the page looks at.
struct RecordedMovement {
  std::string id;      ///< UUID in small letters, made once: that of the Binary
  std::string base64;  ///< the bytes
  bool gzip = false;   ///< they are compressed
};

/// The game that was played instead of the plain display of the set.
struct PlayedGame {
  std::string kind;  ///< one of kGames
  int tasks = 0;     ///< that were done
  int succeeded = 0;
  double difficulty_at_start = 0;  ///< 0 easiest to 1 hardest
  double difficulty_at_end = 0;
};

/// A set that is over, as the patient's page knows it.
struct CompletedSet {
  std::string id;       ///< UUID in small letters, made once for this set
  std::string session;  ///< UUID of what was done in one go
  std::string patient;
  std::string request;  ///< id of the ServiceRequest
  CatalogExercise exercise;
  std::optional<Side> side;
  std::optional<double> ceiling;  ///< the programme's, degrees or ratio
  std::string start;              ///< as FHIR writes times, with the zone
  std::string end;
  std::optional<StopReason> stopped;  ///< empty: done to the end
  bool simulated = false;
  std::optional<SessionDocument> document;    ///< what the camera saw; or
  std::optional<HandCount> by_hand;           ///< exactly one of the two
  std::optional<RecordedMovement> recording;  ///< only beside a document
  std::vector<ReportedPain> pain;
  std::optional<int> effort;       ///< 0 to 10
  std::string note;                ///< the patient's own words
  std::optional<PlayedGame> game;  ///< only of what the camera saw
};

/// The set as a transaction for the record: a Procedure, its Observations, and of a recording a Binary with
/// its DocumentReference (docs/programme.md). Sent twice, it changes nothing. What was measured comes from
/// the document alone. Errors: invalid_argument (what the page knows cannot be so); conflict (the document is
/// of another exercise, side or ceiling than the set).
[[nodiscard]] Result<fhir::Json> set_bundle(const CompletedSet& set);

}  // namespace reprise::care

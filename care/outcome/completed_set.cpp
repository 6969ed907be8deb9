// SPDX-License-Identifier: Apache-2.0
#include "care/outcome/completed_set.h"

#include <algorithm>
#include <array>

#include "base/base64.h"
#include "base/text.h"
#include "care/outcome/kept_document.h"
#include "care/outcome/set_observations.h"
#include "care/plan/exercise_definition.h"
#include "engine/exercise/signal_value.h"
#include "engine/pose/packed_landmarks.h"
#include "fhir/fields/transaction.h"
#include "fhir/model/date_time.h"
#include "fhir/profiles/simulated.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

constexpr const char* kSetStage = "documenting a set";
constexpr const char* kPacked = "application/x-reprise-landmarks";
constexpr const char* kPackedGzip = "application/x-reprise-landmarks+gzip";
// A resource may have 16 MiB. At 3 kB a second this is an hour.
constexpr std::size_t kMostRecordingBase64 = std::size_t{12} << 20U;
constexpr std::array<std::string_view, 5> kStopCodes = {"pain", "warning-sign", "unsafe", "own-choice",
                                                        "technical"};
constexpr std::array<std::string_view, 5> kStopWords = {"pain", "a warning sign", "it did not feel safe",
                                                        "the patient's own choice", "a technical problem"};

tl::unexpected<Error> wrong(std::string cause) {
  return fail(ErrorCode::invalid_argument, kSetStage, std::move(cause),
              "correct it; reprise.d.mts explains each field");
}

tl::unexpected<Error> other_document(std::string cause) {
  return fail(ErrorCode::conflict, kSetStage, std::move(cause), "give the document of this very set");
}

bool is_score(int value) {
  return value >= 0 && value <= 10;
}

Result<void> check_times(const CompletedSet& set) {
  const auto start = fhir::interval_of(set.start);
  const auto end = fhir::interval_of(set.end);
  constexpr std::size_t kDate = 10;
  if (!fhir::is_date_time(set.start) || !fhir::is_date_time(set.end) || set.start.size() <= kDate ||
      set.end.size() <= kDate) {
    return wrong("start and end are not both times with a zone");
  }
  if (!start || !end || *end->start_ms < *start->start_ms) return wrong("it ends before it starts");
  return {};
}

bool can_be(const PlayedGame& game, const session::SessionDocument& document) {
  const auto is_share = [](double value) { return value >= 0 && value <= 1; };
  return std::find(kGames.begin(), kGames.end(), game.kind) != kGames.end() && game.succeeded >= 0 &&
         game.succeeded <= game.tasks && game.tasks <= document.exercise.summary.repetitions_complete &&
         is_share(game.difficulty_at_start) && is_share(game.difficulty_at_end);
}

Result<void> check_known(const CompletedSet& set) {
  if (!is_uuid(set.id) || !is_uuid(set.session))
    return wrong("id and session are not both UUIDs in lower case");
  if (!fhir::is_id(set.patient) || !fhir::is_id(set.request))
    return wrong("patient and request are not both ids");
  if (set.document.has_value() == set.by_hand.has_value())
    return wrong("a set is counted by the camera or by hand: there is both, or neither");
  if (set.by_hand) {
    constexpr int kMostRepetitions = 1000;
    constexpr Seconds kLongest{3600};
    const bool held =
        !set.by_hand->held || (*set.by_hand->held >= Seconds{0} && *set.by_hand->held <= kLongest);
    if (set.by_hand->repetitions < 0 || set.by_hand->repetitions > kMostRepetitions || !held)
      return wrong("the hand count is over 1000 repetitions or an hour");
  }
  const bool pain = std::all_of(set.pain.begin(), set.pain.end(), [](const ReportedPain& p) {
    return is_score(p.value) && p.moment != Moment::next_morning;
  });
  if (!pain || (set.effort && !is_score(*set.effort)))
    return wrong("pain and effort go from 0 to 10, and pain is of before, during or after the set");
  if (set.game && !(set.document && can_be(*set.game, *set.document)))
    return wrong("a game has no more tasks than the camera counted repetitions, and no more successes");
  return check_times(set);
}

Result<void> check_recording(const CompletedSet& set) {
  if (!set.recording) return {};
  if (!set.document) return wrong("there is a recording without a camera document");
  if (!is_uuid(set.recording->id)) return wrong("the recording's id is no UUID in lower case");
  if (set.recording->base64.size() > kMostRecordingBase64)
    return wrong("the recording is larger than 12 MiB in base64");
  const auto bytes = from_base64(set.recording->base64);
  if (!bytes) return wrong("the recording is no base64");
  if (!set.recording->gzip) {
    if (const auto read = engine::unpack_landmarks(*bytes); !read) return tl::unexpected(read.error());
  }
  return {};
}

// The ceiling that the coach enforced must be the programme's or a stricter one.
bool keeps_ceiling(const CompletedSet& set) {
  if (!set.ceiling) return true;
  const engine::ExerciseDefinition& definition = set.document->exercise.definition;
  const double prescribed =
      engine::progress(definition, engine::from_degrees(definition.primary.measure, *set.ceiling));
  constexpr double kRounding = 1e-3;  // the document has two decimals
  return set.document->exercise.ceiling &&
         engine::progress(definition, *set.document->exercise.ceiling) <= prescribed + kRounding;
}

Result<void> check_document(const CompletedSet& set) {
  if (!set.document) return {};
  if (set.document->exercise.facts.id != set.exercise.definition.id ||
      set.document->exercise.facts.version != set.exercise.version) {
    return other_document("the document is of another exercise, or of another version of it");
  }
  if (set.document->exercise.prescribed_side != set.side)
    return other_document("the document is of another side");
  if (!keeps_ceiling(set)) return other_document("the document lacks the programme's ceiling");
  return {};
}

std::string note_of(const CompletedSet& set, bool simulated) {
  std::string words = "Counted by hand, without a camera.";
  if (set.document) words = "Counted and measured by " + method_of(*set.document) + ", unsupervised.";
  if (simulated) words += " Simulated: this is about no person.";
  return words;
}

Json procedure_of(const CompletedSet& set, bool simulated) {
  Json procedure = Json::object();
  procedure["resourceType"] = "Procedure";
  fhir::mark(procedure, simulated);
  procedure["identifier"] =
      Json::array({Json{{"system", fhir::kUuid}, {"value", "urn:uuid:" + set.id}},
                   Json{{"system", fhir::kSession}, {"value", "urn:uuid:" + set.session}}});
  procedure["instantiatesCanonical"] = Json::array({canonical_of(set.exercise)});
  procedure["basedOn"] = Json::array({fhir::reference_to("ServiceRequest", set.request)});
  procedure["status"] = set.stopped ? "stopped" : "completed";
  if (set.stopped) {
    const auto reason = static_cast<std::size_t>(*set.stopped);
    procedure["statusReason"] = fhir::codeable(fhir::kStopReason, kStopCodes[reason], kStopWords[reason]);
  }
  procedure["code"] = fhir::codeable(fhir::kExercise, set.exercise.definition.id,
                                     exercises::text_in(set.exercise, "en").name);
  procedure["subject"] = fhir::reference_to("Patient", set.patient);
  procedure["performedPeriod"] = {{"start", set.start}, {"end", set.end}};
  procedure["performer"] = Json::array({Json{{"actor", fhir::reference_to("Patient", set.patient)}}});
  if (set.side) {
    const bool left = *set.side == engine::Side::left;
    procedure["bodySite"] = Json::array({fhir::codeable(
        fhir::kSnomed, left ? fhir::kSnomedLeft : fhir::kSnomedRight, left ? "left" : "right")});
  }
  procedure["note"] = Json::array({Json{{"text", note_of(set, simulated)}}});
  if (const std::string said = fhir::clean_text(set.note); !said.empty()) {
    procedure["note"].push_back(
        {{"authorReference", fhir::reference_to("Patient", set.patient)}, {"text", said}});
  }
  return procedure;
}

KeptDocument recording_of(const CompletedSet& set, bool simulated) {
  return {set.recording->id,
          set.recording->gzip ? kPackedGzip : kPacked,
          set.recording->base64,
          "Movement as points, without pictures",
          "landmark-recording",
          "recorded movement",
          set.id + ".recording",
          "urn:uuid:" + set.session,
          set.patient,
          set.start,
          set.end,
          simulated};
}

// Adds an Observation with the fields of the set. `observation`: of patient_reported.h, or with fewer fields.
void add(fhir::Transaction& transaction, const CompletedSet& set, bool simulated, const std::string& name,
         Json observation) {
  Json whole = Json::object();
  whole["resourceType"] = "Observation";
  fhir::mark(whole, simulated);
  const std::string identifier = set.id + "." + name;
  whole["identifier"] = Json::array({Json{{"system", fhir::kResult}, {"value", identifier}},
                                     Json{{"system", fhir::kSession}, {"value", "urn:uuid:" + set.session}}});
  whole["basedOn"] = Json::array({fhir::reference_to("ServiceRequest", set.request)});
  whole["partOf"] = Json::array({Json{{"reference", fhir::kFirstInBundle}}});
  whole["status"] = "final";
  whole["subject"] = fhir::reference_to("Patient", set.patient);
  whole["performer"] = Json::array({fhir::reference_to("Patient", set.patient)});
  if (json::field(observation, "effectiveDateTime") == nullptr)
    whole["effectivePeriod"] = {{"start", set.start}, {"end", set.end}};
  for (auto& item : observation.items()) {
    if (!whole.contains(item.key())) whole[item.key()] = std::move(item.value());
  }
  transaction.create(std::move(whole), fhir::kResult, identifier);
}

}  // namespace

Result<Json> set_bundle(const CompletedSet& set) {
  if (const auto known = check_known(set); !known) return tl::unexpected(known.error());
  if (const auto fits = check_document(set); !fits) return tl::unexpected(fits.error());
  if (const auto fits = check_recording(set); !fits) return tl::unexpected(fits.error());
  const bool simulated =
      set.simulated || (set.document && set.document->source.kind == session::SourceKind::simulated);
  fhir::Transaction transaction;
  transaction.create(procedure_of(set, simulated), fhir::kUuid, "urn:uuid:" + set.id, fhir::kFirstInBundle);
  for (auto& [name, observation] : observations_of(set)) {
    observation["method"] = {
        {"text", set.document ? method_of(*set.document) : std::string{"counted by hand"}}};
    if (set.document) observation["device"] = {{"display", device_of(*set.document)}};
    add(transaction, set, simulated, name, std::move(observation));
  }
  if (set.recording) {
    const KeptDocument kept = recording_of(set, simulated);
    Json document = document_reference(kept, true);
    document["context"]["related"] = Json::array({Json{{"reference", fhir::kFirstInBundle}}});
    add_document(transaction, std::move(document), kept);
  }
  for (std::size_t i = 0; i < set.pain.size(); ++i) {
    const Moment moment = set.pain[i].moment;
    const ReportContext by{set.patient, set.session, moment == Moment::before ? set.start : set.end,
                           simulated};
    add(transaction, set, simulated, "pain-" + std::to_string(i + 1),
        pain_observation(by, moment, set.pain[i].value));
  }
  if (set.effort) {
    const ReportContext by{set.patient, set.session, set.end, simulated};
    add(transaction, set, simulated, "effort", effort_observation(by, *set.effort));
  }
  return std::move(transaction).take();
}

}  // namespace reprise::care

// SPDX-License-Identifier: Apache-2.0
#include "care/plan/programme_text.h"

#include <array>

#include "care/plan/consent.h"
#include "care/plan/programme.h"
#include "json/reader.h"
#include "json/write.h"

namespace reprise::care {
namespace {

constexpr std::array<std::string_view, 3> kAffectedSides = {"left", "right", "both"};
constexpr std::array<std::string_view, 3> kBearings = {"none", "partial", "full"};
constexpr std::array<std::string_view, 3> kConsentNames = {"app_use", "movement_recording", "video_visit"};

Json exercise_json(const PrescribedExercise& prescribed) {
  const exercises::Dosage& dosage = prescribed.dosage;
  return {{"request", prescribed.request},
          {"requestVersion", json::or_null(prescribed.request_version)},
          {"id", prescribed.exercise.definition.id},
          {"version", prescribed.exercise.version},
          {"json", prescribed.json},
          {"side", prescribed.side ? Json(engine::name(*prescribed.side)) : Json{}},
          {"sets", dosage.sets},
          {"repetitions", dosage.repetitions},
          {"hold_s", dosage.hold ? Json(dosage.hold->value()) : Json{}},
          {"rest_s", dosage.rest.value()},
          {"daysPerWeek", dosage.days_per_week},
          {"load_kg", json::or_null(prescribed.load_kg)},
          {"ceiling", json::or_null(prescribed.ceiling)},
          {"target", json::or_null(prescribed.target)},
          {"personalBests", prescribed.personal_bests},
          {"camera", prescribed.camera},
          {"helper", prescribed.helper},
          {"held", prescribed.held},
          {"supportNote", json::or_null(prescribed.support_note)},
          {"instruction", json::or_null(prescribed.instruction)}};
}

Json hold_json(const Hold& hold) {
  return {{"exercise", json::or_null(hold.exercise)},
          {"needsClinician", hold.needs_clinician},
          {"said", json::or_null(hold.said)},
          {"known", !hold.recorded.empty()},
          {"answers", json::or_null(hold.answers)},
          {"reasons", hold.reasons},
          {"questions", hold.questions},
          {"pain", json::or_null(hold.pain)}};
}

Json questionnaire_json(const QuestionnaireRequest& asked) {
  return {{"canonical", asked.canonical},
          {"everyDays", asked.every_days},
          {"reason", json::or_null(asked.reason)},
          {"answerBy", json::or_null(asked.answer_by)},
          {"lastAnswered", json::or_null(asked.last_answered)},
          {"done", asked.done},
          {"due", json::or_null(asked.due)}};
}

}  // namespace

Result<std::string> programme_text(std::span<const std::string> answers) {
  const auto programme = read_programme(answers);
  if (!programme) return tl::unexpected(programme.error());
  Json out = {
      {"id", programme->id},
      {"patient", programme->patient},
      {"title", json::or_null(programme->title)},
      {"simulated", programme->simulated},
      {"period", {{"start", json::or_null(programme->start)}, {"end", json::or_null(programme->end)}}},
      {"note", json::or_null(programme->note)},
      {"exercises", Json::array()},
      {"questionnaires", Json::array()},
      {"holds", Json::array()},
      {"problems", Json::array()},
      {"limits", {{"painStop", programme->limits.stop}, {"painRise", programme->limits.rise}}},
      {"affectedSide", programme->restrictions.affected
                           ? Json(kAffectedSides[static_cast<std::size_t>(*programme->restrictions.affected)])
                           : Json{}},
      {"weightBearing", kBearings[static_cast<std::size_t>(programme->restrictions.weight_bearing)]},
      {"clinic",
       {{"name", json::or_null(programme->clinic_name)}, {"phone", json::or_null(programme->clinic_phone)}}},
      {"emergencyNumber", json::or_null(programme->emergency_number)},
      {"consents",
       {{"appUse", json::or_null(programme->app_use_consented)},
        {"movementRecording", json::or_null(programme->recording_consented)}}}};
  for (const auto& prescribed : programme->exercises) out["exercises"].push_back(exercise_json(prescribed));
  for (const auto& hold : programme->holds) out["holds"].push_back(hold_json(hold));
  for (const auto& asked : programme->questionnaires)
    out["questionnaires"].push_back(questionnaire_json(asked));
  for (const auto& problem : programme->problems)
    out["problems"].push_back({{"request", json::or_null(problem.request)}, {"text", problem.text}});
  return json::write(out);
}

Result<std::string> consent_bundle_text(std::string_view consent) {
  json::Document page{consent, "documenting a consent"};
  json::Reader input = page.root();
  GivenConsent given;
  given.id = input.text("id");
  given.patient = input.text("patient");
  given.kind = static_cast<ConsentKind>(input.choice("kind", kConsentNames).value_or(0));
  given.permits = input.truth("permits");
  given.when = input.text("when");
  given.language = input.text("language");
  given.words = input.text("words", 100'000);
  given.simulated = input.truth("simulated");
  if (auto problem = page.problem()) return tl::unexpected(std::move(*problem));
  const auto bundle = consent_bundle(given);
  if (!bundle) return tl::unexpected(bundle.error());
  return json::write(*bundle);
}

}  // namespace reprise::care

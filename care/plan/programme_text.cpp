// SPDX-License-Identifier: Apache-2.0
#include "care/plan/programme_text.h"

#include <array>

#include "care/plan/consent.h"
#include "care/plan/programme.h"
#include "care/plan/programme_draft_text.h"
#include "care/plan/requested_questionnaires.h"
#include "fhir/fields/days.h"
#include "json/reader.h"
#include "json/write.h"

namespace reprise::care {
namespace {

constexpr std::array<std::string_view, 3> kAffectedSides = {"left", "right", "both"};
constexpr std::array<std::string_view, 3> kBearings = {"none", "partial", "full"};
constexpr std::array<std::string_view, 6> kRequestStates = {"due",  "later",     "overdue",
                                                            "done", "withdrawn", "unreadable"};
constexpr std::array<std::string_view, 4> kConsentNames = {"app_use", "movement_recording", "video_visit",
                                                           "posture_photo"};

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
          {"muscle", muscle_json(prescribed.muscle)},
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

Json terms_json(const RequestTerms& asked) {
  return {{"request", asked.request},
          {"everyDays", asked.every_days},
          {"helper", asked.helper},
          {"held", asked.held},
          {"supportNote", json::or_null(asked.support_note)},
          {"instruction", json::or_null(asked.instruction)},
          {"answerBy", json::or_null(asked.answer_by)},
          {"lastDone", json::or_null(asked.last_done)},
          {"done", asked.done},
          {"due", json::or_null(asked.due)},
          {"problem", json::or_null(asked.problem)}};
}

Json phone_test_json(const PhoneTestRequest& asked) {
  Json out = terms_json(asked);
  out["test"] = json::or_null(asked.test);
  out["courseMeters"] = json::or_null(asked.course_m);
  return out;
}

Json range_json(const ValueRange& range) {
  return {{"low", range.low}, {"high", range.high}};
}

Json range_limit_json(const RangeLimit& limit) {
  return {{"measure", engine::info(limit.measure).name},
          {"side", limit.side ? Json(engine::name(*limit.side)) : Json{}},
          {"min", json::or_null(limit.min)},
          {"max", json::or_null(limit.max)}};
}

Json endurance_json(const EnduranceRequest& asked) {
  const EnduranceLimits& limits = asked.limits;
  Json out = terms_json(asked);
  out["activity"] = json::or_null(asked.activity);
  out["warmUp_min"] = asked.warm_up_min;
  out["main_min"] = asked.main_min;
  out["coolDown_min"] = asked.cool_down_min;
  out["scale"] = json::or_null(asked.scale);
  out["effort"] = range_json(asked.effort);
  out["response"] = json::or_null(asked.response);
  out["heartRate"] = asked.heart_rate ? range_json(*asked.heart_rate) : Json{};
  out["limits"] = {{"startHeartRate", json::or_null(limits.start_heart_rate)},
                   {"startOxygen", json::or_null(limits.start_oxygen)},
                   {"startSystolic", json::or_null(limits.start_systolic)},
                   {"startDiastolic", json::or_null(limits.start_diastolic)},
                   {"stopHeartRate", json::or_null(limits.stop_heart_rate)},
                   {"stopOxygen", json::or_null(limits.stop_oxygen)},
                   {"stopBreathlessness", json::or_null(limits.stop_breathlessness)}};
  return out;
}

// With the share that the sensors follow.
Json load_limit_of(const Restrictions& restrictions) {
  Json limit = load_limit_json(restrictions.load_limit);
  if (restrictions.load_limit) limit["share"] = restrictions.load_limit->share();
  return limit;
}

Json balance_json(const BalanceRequest& asked) {
  Json out = terms_json(asked);
  out["sessions"] = asked.sessions;
  out["levels"] = Json::array();
  for (const BalanceLevel& level : asked.levels) {
    out["levels"].push_back({{"stance", kStanceNames[static_cast<std::size_t>(level.stance)]},
                             {"side", level.side ? Json(engine::name(*level.side)) : Json{}},
                             {"foam", level.hazards.foam},
                             {"eyesClosed", level.hazards.eyes_closed},
                             {"dualTask", level.hazards.dual_task},
                             {"hold_s", level.hold_s},
                             {"holds", level.holds},
                             {"released", json::or_null(level.released)},
                             {"part", part_of(level)}});
  }
  out["results"] = Json::array();
  for (auto session = asked.results.rbegin(); session != asked.results.rend(); ++session) {
    Json levels = Json::array();
    for (const LevelResult& one : session->levels)
      levels.push_back({{"level", one.level}, {"holds", one.holds}, {"whole", one.whole}});
    out["results"].push_back(
        {{"time_ms", session->time_ms}, {"day", fhir::date_of(session->day)}, {"levels", std::move(levels)}});
  }
  const BalanceDue& due = asked.due_level;
  out["level"] = due.level;
  out["releasedLevels"] = released_levels(asked.levels);
  out["wholeSessions"] = due.whole_sessions;
  out["ready"] = due.ready;
  return out;
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
      {"tests", Json::array()},
      {"endurance", Json::array()},
      {"balance", Json::array()},
      {"holds", Json::array()},
      {"selfReleases", programme->self_releases},
      {"problems", Json::array()},
      {"limits", {{"painStop", programme->limits.stop}, {"painRise", programme->limits.rise}}},
      {"affectedSide", programme->restrictions.affected
                           ? Json(kAffectedSides[static_cast<std::size_t>(*programme->restrictions.affected)])
                           : Json{}},
      {"weightBearing", kBearings[static_cast<std::size_t>(programme->restrictions.weight_bearing)]},
      {"loadLimit", load_limit_of(programme->restrictions)},
      {"rangeLimits", Json::array()},
      {"clinic",
       {{"name", json::or_null(programme->clinic_name)}, {"phone", json::or_null(programme->clinic_phone)}}},
      {"emergencyNumber", json::or_null(programme->emergency_number)},
      {"consents",
       {{"appUse", json::or_null(programme->app_use_consented)},
        {"movementRecording", json::or_null(programme->recording_consented)}}}};
  for (const auto& prescribed : programme->exercises) out["exercises"].push_back(exercise_json(prescribed));
  for (const auto& limit : programme->restrictions.limits)
    out["rangeLimits"].push_back(range_limit_json(limit));
  for (const auto& hold : programme->holds) out["holds"].push_back(hold_json(hold));
  for (const auto& asked : programme->questionnaires)
    out["questionnaires"].push_back(questionnaire_json(asked));
  for (const auto& asked : programme->tests) out["tests"].push_back(phone_test_json(asked));
  for (const auto& asked : programme->endurance) out["endurance"].push_back(endurance_json(asked));
  for (const auto& asked : programme->balance) out["balance"].push_back(balance_json(asked));
  for (const auto& problem : programme->problems)
    out["problems"].push_back({{"request", json::or_null(problem.request)}, {"text", problem.text}});
  return json::write(out);
}

Result<std::string> requested_questionnaires_text(std::span<const std::string> answers,
                                                  std::string_view today) {
  if (!fhir::day_of(today))
    return fail(ErrorCode::invalid_argument, "listing questionnaires", "today is no day",
                "give it as 2026-03-14");
  const auto read = read_programme_answers(answers);
  if (!read) return tl::unexpected(read.error());
  Json requests = Json::array();
  const std::string& id = read->programme.id;
  const Json& plan = *read->record.find("CarePlan", id);
  for (const RequestedQuestionnaire& one : requested_questionnaires(plan, read->record, today)) {
    requests.push_back({{"key", one.key},
                        {"canonical", one.asked.canonical},
                        {"state", kRequestStates[static_cast<std::size_t>(one.state)]},
                        {"everyDays", one.asked.every_days},
                        {"reason", json::or_null(one.asked.reason)},
                        {"since", json::or_null(one.asked.since)},
                        {"by", json::or_null(one.asked.answer_by)},
                        {"due", json::or_null(one.asked.due)},
                        {"answers", one.answers}});
  }
  return json::write({{"plan", id}, {"requests", std::move(requests)}});
}

Result<std::string> with_questionnaire_text(std::string_view asked) {
  json::Document page{asked, "requesting a questionnaire"};
  json::Reader input = page.root();
  Json plan = input.group("plan").json();
  QuestionnaireRequest request;
  request.canonical = input.text("url");
  request.every_days = input.whole("everyDays", 0, 366);
  request.answer_by = input.text_or_null("by");
  request.reason = input.text("reason");
  request.since = input.text("since");
  if (auto problem = page.problem()) return tl::unexpected(std::move(*problem));
  add_request(plan, request);
  return json::write(plan);
}

Result<std::string> request_status_text(std::string_view status) {
  constexpr std::array<std::string_view, 2> kStatuses = {"cancelled", "scheduled"};
  json::Document page{status, "withdrawing a questionnaire"};
  json::Reader input = page.root();
  Json plan = input.group("plan").json();
  const std::string key = input.text("key");
  const auto next = input.choice("status", kStatuses);
  if (auto problem = page.problem()) return tl::unexpected(std::move(*problem));
  set_request_status(plan, key, kStatuses[*next]);
  return json::write(plan);
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

#include "care/page_texts.h"

#include "care/answers.h"
#include "care/consent.h"
#include "care/exercise_definition.h"
#include "care/page_input.h"
#include "care/set_observations.h"
#include "care/set_result.h"
#include "session/document_json.h"

namespace reprise::care {
namespace {

constexpr std::array<std::string_view, 5> kStopNames = {"pain", "warning_sign", "unsafe", "own_choice",
                                                        "technical"};
constexpr std::array<std::string_view, 3> kMomentNames = {"before", "during", "after"};
constexpr std::array<std::string_view, 4> kVerdictNames = {"go_on", "ask", "stop_exercise", "end_session"};
constexpr std::array<std::string_view, 8> kReasonNames = {"red_flag",     "pain_over_limit", "pain_risen",
                                                          "not_settled",  "no_support",      "no_helper",
                                                          "not_answered", "stopped"};
constexpr std::array<std::string_view, 2> kSideNames = {"left", "right"};
constexpr std::array<std::string_view, 3> kAffectedSides = {"left", "right", "both"};
constexpr std::array<std::string_view, 3> kBearings = {"none", "partial", "full"};
constexpr std::array<std::string_view, 3> kConsentNames = {"app_use", "movement_recording", "video_visit"};

Json or_null(const std::string& text) {
  return text.empty() ? Json{} : Json(text);
}

template <class Number>
Json or_null(const std::optional<Number>& number) {
  return number ? Json(*number) : Json{};
}

Json exercise_json(const PrescribedExercise& prescribed) {
  const Dosage& dosage = prescribed.dosage;
  return {{"request", prescribed.request},
          {"requestVersion", or_null(prescribed.request_version)},
          {"id", prescribed.exercise.definition.id},
          {"version", prescribed.exercise.version},
          {"json", prescribed.json},
          {"side", prescribed.side ? Json(name(*prescribed.side)) : Json{}},
          {"sets", dosage.sets},
          {"repetitions", dosage.repetitions},
          {"hold_s", dosage.hold ? Json(dosage.hold->value()) : Json{}},
          {"rest_s", dosage.rest.value()},
          {"daysPerWeek", dosage.days_per_week},
          {"load_kg", or_null(prescribed.load_kg)},
          {"ceiling", or_null(prescribed.ceiling)},
          {"target", or_null(prescribed.target)},
          {"personalBests", prescribed.personal_bests},
          {"camera", prescribed.camera},
          {"helper", prescribed.helper},
          {"held", prescribed.held},
          {"supportNote", or_null(prescribed.support_note)},
          {"instruction", or_null(prescribed.instruction)}};
}

Json hold_json(const Hold& hold) {
  return {{"exercise", or_null(hold.exercise)}, {"needsClinician", hold.needs_clinician},
          {"said", or_null(hold.said)},         {"known", !hold.recorded.empty()},
          {"answers", or_null(hold.answers)},   {"reasons", hold.reasons},
          {"questions", hold.questions},        {"pain", or_null(hold.pain)}};
}

Json questionnaire_json(const AskedQuestionnaire& asked) {
  return {{"canonical", asked.canonical},
          {"everyDays", asked.every_days},
          {"reason", or_null(asked.reason)},
          {"answerBy", or_null(asked.answer_by)},
          {"lastAnswered", or_null(asked.last_answered)},
          {"done", asked.done},
          {"due", or_null(asked.due)}};
}

std::string written(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<CatalogueExercise> exercise_in(PageInput& input) {
  const std::string json = input.text("json");
  if (!input.right()) return {};
  std::vector<Problem> problems;
  auto exercise = parse_exercise(as_file(json), problems);
  if (!exercise) input.refuse("json", "an exercise's file");
  return exercise;
}

void read_said(PageInput& input, DoneSet& set) {
  for (PageInput& item : input.items("pain", 100)) {
    const auto moment = item.choice("when", kMomentNames);
    set.pain.push_back({static_cast<Moment>(moment.value_or(0)), item.whole("value", 0, 10)});
  }
  set.effort = input.whole_or_null("effort", 0, 10);
  set.note = input.text_or_null("note", 10'000);
}

void read_by_hand(PageInput& input, DoneSet& set) {
  PageInput hand = input.group_or_null("byHand");
  if (!hand.there()) return;
  set.by_hand.emplace();
  set.by_hand->repetitions = hand.whole("repetitions", 0, 1000);
  if (const auto held = hand.number_or_null("held_s")) set.by_hand->held = Seconds{*held};
}

void read_recording(PageInput& input, DoneSet& set) {
  PageInput recording = input.group_or_null("recording");
  if (!recording.there()) return;
  set.recording = {recording.text("id"), recording.text("base64", 64U << 20U), recording.truth("gzip")};
}

void read_game(PageInput& input, DoneSet& set) {
  PageInput played = input.group_or_null("game");
  if (!played.there()) return;
  set.game.emplace();
  if (const auto kind = played.choice("kind", kGames)) set.game->kind = kGames[*kind];
  set.game->tasks = played.whole("tasks", 0, 1000);
  set.game->succeeded = played.whole("succeeded", 0, 1000);
  const auto share = [&](std::string_view name) {
    const auto number = played.number_or_null(name);
    if (!number) played.refuse(name, "a number");
    return number.value_or(0);
  };
  set.game->difficulty_at_start = share("difficultyAtStart");
  set.game->difficulty_at_end = share("difficultyAtEnd");
}

}  // namespace

Result<std::string> programme_text(std::span<const std::string> answers) {
  const auto programme = read_programme(answers);
  if (!programme) return tl::unexpected(programme.error());
  Json out = {
      {"id", programme->id},
      {"patient", programme->patient},
      {"title", or_null(programme->title)},
      {"simulated", programme->simulated},
      {"period", {{"start", or_null(programme->start)}, {"end", or_null(programme->end)}}},
      {"note", or_null(programme->note)},
      {"exercises", Json::array()},
      {"questionnaires", Json::array()},
      {"holds", Json::array()},
      {"problems", Json::array()},
      {"limits", {{"painStop", programme->limits.stop}, {"painRise", programme->limits.rise}}},
      {"affectedSide", programme->restrictions.affected
                           ? Json(kAffectedSides[static_cast<std::size_t>(*programme->restrictions.affected)])
                           : Json{}},
      {"weightBearing", kBearings[static_cast<std::size_t>(programme->restrictions.weight_bearing)]},
      {"clinic", {{"name", or_null(programme->clinic_name)}, {"phone", or_null(programme->clinic_phone)}}},
      {"emergencyNumber", or_null(programme->emergency_number)},
      {"consents",
       {{"appUse", or_null(programme->app_use_consented)},
        {"movementRecording", or_null(programme->recording_consented)}}}};
  for (const auto& prescribed : programme->exercises) out["exercises"].push_back(exercise_json(prescribed));
  for (const auto& hold : programme->holds) out["holds"].push_back(hold_json(hold));
  for (const auto& asked : programme->questionnaires)
    out["questionnaires"].push_back(questionnaire_json(asked));
  for (const auto& problem : programme->problems)
    out["problems"].push_back({{"request", or_null(problem.request)}, {"text", problem.text}});
  return written(out);
}

Result<std::string> set_bundle_text(std::string_view done_set) {
  PageDocument page{done_set, "writing down a set"};
  PageInput input = page.root();
  DoneSet set;
  set.id = input.text("id");
  set.session = input.text("session");
  set.patient = input.text("patient");
  set.simulated = input.truth("simulated");
  set.start = input.text("start");
  set.end = input.text("end");
  if (const auto reason = input.choice_or_null("stopped", kStopNames))
    set.stopped = static_cast<StopReason>(*reason);
  PageInput prescribed = input.group("exercise");
  set.request = prescribed.text("request");
  if (const auto side = prescribed.choice_or_null("side", kSideNames)) set.side = static_cast<Side>(*side);
  set.ceiling = prescribed.number_or_null("ceiling");
  if (auto exercise = exercise_in(prescribed)) set.exercise = std::move(*exercise);
  read_by_hand(input, set);
  read_said(input, set);
  read_recording(input, set);
  read_game(input, set);
  const std::string document = input.text_or_null("document", 64U << 20U);
  if (auto problem = page.problem()) return tl::unexpected(std::move(*problem));
  if (!document.empty()) {
    auto parsed = parse_session_json(document);
    if (!parsed) return tl::unexpected(parsed.error());
    set.document = std::move(*parsed);
  }
  const auto bundle = set_bundle(set);
  if (!bundle) return tl::unexpected(bundle.error());
  return written(*bundle);
}

Result<std::string> answers_bundle_text(std::string_view answers) {
  PageDocument page{answers, "writing down answers"};
  PageInput input = page.root();
  Answers given;
  given.id = input.text("id");
  given.session = input.text_or_null("session");
  given.patient = input.text("patient");
  given.programme = input.text_or_null("programme");
  given.questionnaire = input.text("questionnaire");
  given.authored = input.text("authored");
  given.exercise = input.text_or_null("exercise");
  given.stopped = input.truth_or_null("stopped").value_or(false);
  given.takes_back = input.text_or_null("takesBack");
  given.partial = input.truth_or_null("partial").value_or(false);
  given.simulated = input.truth("simulated");
  for (PageInput& item : input.items("answers", 500)) {
    Answer answer{item.text("question"), false};
    const Json* value = item.value("value");
    if (value == nullptr) continue;
    if (value->is_boolean()) {
      answer.value = value->get<bool>();
    } else if (const auto whole = whole_of(item.json(), "value", -1'000'000, 1'000'000)) {
      answer.value = *whole;
    } else if (const auto number = number_of(item.json(), "value")) {
      answer.value = *number;
    } else {
      answer.value = item.text("value", 10'000);
    }
    given.answers.push_back(std::move(answer));
  }
  if (auto problem = page.problem()) return tl::unexpected(std::move(*problem));
  const auto bundle = answers_bundle(given);
  if (!bundle) return tl::unexpected(bundle.error());
  return written(*bundle);
}

Result<std::string> consent_bundle_text(std::string_view consent) {
  PageDocument page{consent, "writing down a consent"};
  PageInput input = page.root();
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
  return written(*bundle);
}

Result<std::string> safety_text(std::string_view facts_text) {
  PageDocument page{facts_text, "judging answers"};
  PageInput input = page.root();
  SafetyFacts facts;
  PainLimits limits;
  PageInput given_limits = input.group("limits");
  limits.stop = given_limits.whole("painStop", 0, 10);
  limits.rise = given_limits.whole("painRise", 1, 10);
  PageInput flags = input.group_or_null("redFlags");
  if (flags.there()) {
    facts.red_flags_due = true;
    for (const auto& item : flags.json().items()) {
      if (!item.value().is_null()) facts.red_flags.emplace(item.key(), flags.truth(item.key()));
    }
  }
  facts.pain_due = input.has("pain");
  facts.pain = input.whole_or_null("pain", 0, 10);
  facts.pain_before = input.whole_or_null("painBefore", 0, 10);
  PageInput support = input.group_or_null("support");
  if (support.there()) {
    facts.needs_support = support.truth("needed");
    facts.support_in_reach = support.truth_or_null("inReach");
  }
  PageInput helper = input.group_or_null("helper");
  if (helper.there()) {
    facts.needs_helper = helper.truth("needed");
    facts.helper_present = helper.truth_or_null("present");
  }
  facts.settled = input.truth_or_null("settled");
  SafetyStatement statement;
  statement.exercise = input.text_or_null("exercise");
  if (auto problem = page.problem()) return tl::unexpected(std::move(*problem));
  const SafetyVerdict verdict = judge(facts, limits);
  const auto hold = hold_of(statement, verdict, {});
  Json out = {{"verdict", kVerdictNames[static_cast<std::size_t>(verdict.verdict)]},
              {"tellsClinic", verdict.tells_clinic},
              {"holds", hold ? Json(hold->exercise.empty() ? "all" : "exercise") : Json{}},
              {"findings", Json::array()}};
  for (const SafetyFinding& finding : verdict.findings) {
    out["findings"].push_back({{"reason", kReasonNames[static_cast<std::size_t>(finding.reason)]},
                               {"question", or_null(finding.question)}});
  }
  return written(out);
}

}  // namespace reprise::care

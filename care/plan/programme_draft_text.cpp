// SPDX-License-Identifier: Apache-2.0
#include "care/plan/programme_draft_text.h"

#include <array>
#include <limits>

#include "base/text.h"
#include "care/plan/programme_text.h"
#include "care/plan/programme_writing.h"
#include "json/reader.h"
#include "json/write.h"

namespace reprise::care {
namespace {

constexpr const char* kDraftStage = "writing a programme";
constexpr std::array<std::string_view, 3> kDraftSides = {"left", "right", "both"};
constexpr std::array<std::string_view, 3> kDraftBearings = {"none", "partial", "full"};
constexpr std::array<std::string_view, 2> kLoadUnits = {"%", "kg"};
constexpr std::size_t kMostOfAList = 1000;
// Whether an amount is within limits is for the reader to say, in its words.
constexpr int kMostCounted = 1'000'000;

Json side_json(std::optional<AffectedSide> side) {
  return side ? Json(kDraftSides[static_cast<std::size_t>(*side)]) : Json{};
}

std::optional<AffectedSide> side_in(json::Reader& input, std::string_view name) {
  const auto side = input.choice_or_null(name, kDraftSides);
  return side ? std::optional{static_cast<AffectedSide>(*side)} : std::nullopt;
}

double amount_in(json::Reader& input, std::string_view name) {
  const auto amount = input.number_or_null(name);
  if (!amount) input.refuse(name, "a number");
  return amount.value_or(0);
}

Json limit_json(const DraftLimit& limit) {
  return {{"measure", limit.measure},
          {"side", limit.side ? Json(engine::name(*limit.side)) : Json{}},
          {"min", json::or_null(limit.min)},
          {"max", json::or_null(limit.max)}};
}

DraftLimit limit_in(json::Reader& input) {
  constexpr std::array<std::string_view, 2> kLimbs = {"left", "right"};
  DraftLimit limit;
  limit.measure = input.text("measure");
  if (const auto side = input.choice_or_null("side", kLimbs))
    limit.side = *side == 0 ? engine::Side::left : engine::Side::right;
  limit.min = input.number_or_null("min");
  limit.max = input.number_or_null("max");
  return limit;
}

std::optional<MuscleTarget> muscle_in(json::Reader& input) {
  constexpr std::array<std::string_view, 2> kSidesOfMuscle = {"left", "right"};
  json::Reader group = input.group_or_null("muscle");
  if (!group.there()) return {};
  MuscleTarget target;
  if (const auto muscle = group.choice("muscle", kMuscles)) target.muscle = kMuscles[*muscle];
  target.side = group.choice("side", kSidesOfMuscle) == 1 ? engine::Side::right : engine::Side::left;
  target.share_percent = group.number("share");
  target.hold_s = group.number("hold");
  return target;
}

std::optional<LoadLimit> load_limit_in(json::Reader& input) {
  json::Reader group = input.group_or_null("loadLimit");
  if (!group.there()) return {};
  LoadLimit limit;
  limit.amount = group.number("amount");
  limit.unit = static_cast<LoadUnit>(group.choice("unit", kLoadUnits).value_or(0));
  limit.body_mass_kg = group.number("bodyMass_kg");
  limit.helper = group.truth("helper");
  return limit;
}

DraftItem item_in(json::Reader& input) {
  DraftItem item;
  item.key = input.text("key");
  item.fresh = input.truth("fresh");
  item.canonical = input.text("canonical");
  item.exercise = input.text("exercise");
  item.side = side_in(input, "side");
  item.sets = input.whole("sets", -kMostCounted, kMostCounted);
  item.repetitions = input.whole("repetitions", -kMostCounted, kMostCounted);
  item.hold_s = input.number_or_null("hold");
  item.rest_s = amount_in(input, "rest");
  item.days_per_week = input.whole("days", -kMostCounted, kMostCounted);
  item.load_kg = input.number_or_null("load");
  item.ceiling = input.number_or_null("ceiling");
  item.target = input.number_or_null("target");
  item.muscle = muscle_in(input);
  item.camera = input.truth("camera");
  item.helper = input.truth("helper");
  item.support = input.text("support");
  item.instruction = input.text("instruction");
  return item;
}

Json draft_json(const ProgrammeDraft& draft) {
  Json limits = Json::array();
  for (const DraftLimit& limit : draft.limits) limits.push_back(limit_json(limit));
  Json items = Json::array();
  for (const DraftItem& item : draft.items) items.push_back(item_json(item));
  return {{"title", draft.title},
          {"note", draft.note},
          {"start", draft.start},
          {"affected", side_json(draft.affected)},
          {"bearing", kDraftBearings[static_cast<std::size_t>(draft.weight_bearing)]},
          {"loadLimit", load_limit_json(draft.load_limit)},
          {"loadLimitUnread", draft.load_limit_unread},
          {"limits", std::move(limits)},
          {"painStop", draft.pain.stop},
          {"painRise", draft.pain.rise},
          {"personalBests", draft.personal_bests},
          {"template",
           draft.protocol.empty() ? Json{} : Json{{"canonical", draft.protocol}, {"phase", draft.phase}}},
          {"items", std::move(items)}};
}

ProgrammeDraft draft_in(json::Reader input) {
  ProgrammeDraft draft;
  draft.title = input.text("title");
  draft.note = input.text("note");
  draft.start = input.text("start");
  draft.affected = side_in(input, "affected");
  draft.weight_bearing =
      static_cast<exercises::WeightBearing>(input.choice("bearing", kDraftBearings).value_or(0));
  draft.load_limit = load_limit_in(input);
  draft.load_limit_unread = input.truth("loadLimitUnread");
  for (json::Reader& one : input.items("limits", kMostOfAList)) draft.limits.push_back(limit_in(one));
  draft.pain.stop = input.whole("painStop", -kMostCounted, kMostCounted);
  draft.pain.rise = input.whole("painRise", -kMostCounted, kMostCounted);
  draft.personal_bests = input.truth("personalBests");
  json::Reader from = input.group_or_null("template");
  if (from.there()) {
    draft.protocol = from.text("canonical");
    draft.phase = from.text("phase");
  }
  for (json::Reader& one : input.items("items", kMostOfAList)) draft.items.push_back(item_in(one));
  return draft;
}

RecordedProgramme recorded_in(json::Reader& input) {
  RecordedProgramme recorded;
  const json::Reader plan = input.group_or_null("plan");
  if (plan.there()) recorded.plan = plan.json();
  for (const json::Reader& one : input.items("requests", kMostOfAList)) {
    if (!one.json().is_object()) input.refuse("requests", "a list of ServiceRequests");
    recorded.requests.push_back(one.json());
  }
  return recorded;
}

DraftExercises exercises_in_page(json::Reader& input) {
  DraftExercises all;
  for (json::Reader& one : input.items("exercises", kMostOfAList)) {
    DraftExercise& exercise = all[one.text("id")];
    exercise.name = one.text("name");
    exercise.measure = one.text("measure");
    json::Reader dosage = one.group("dosage");
    exercise.dosage.sets = dosage.whole("sets", 1, kMostCounted);
    exercise.dosage.repetitions = dosage.whole("repetitions", 1, kMostCounted);
    if (const auto hold = dosage.number_or_null("hold_s")) exercise.dosage.hold = Seconds{*hold};
    exercise.dosage.rest = Seconds{amount_in(dosage, "rest_s")};
    exercise.dosage.days_per_week = dosage.whole("days_per_week", 1, kMostCounted);
  }
  return all;
}

/// What a page hands over to be written.
struct DraftToWrite {
  RecordedProgramme recorded;
  ProgrammeDraft draft;
  DraftExercises exercises;
  DraftAuthor author;
  std::string plan_id;
  Json also = Json::array();
};

Result<DraftToWrite> read_writing(std::string_view writing) {
  json::Document page{writing, kDraftStage};
  json::Reader input = page.root();
  DraftToWrite given;
  given.recorded = recorded_in(input);
  given.draft = draft_in(input.group("draft"));
  given.exercises = exercises_in_page(input);
  given.author = {input.text("patient"), input.text("practitioner"), input.text("now"),
                  input.truth("simulated")};
  given.plan_id = input.text_or_null("planId");
  for (const json::Reader& entry : input.items("also", kMostOfAList)) given.also.push_back(entry.json());
  if (auto problem = page.problem()) return tl::unexpected(std::move(*problem));
  return given;
}

}  // namespace

Json muscle_json(const std::optional<MuscleTarget>& target) {
  if (!target) return {};
  return {{"muscle", target->muscle},
          {"side", engine::name(target->side)},
          {"share", target->share_percent},
          {"hold", target->hold_s}};
}

Json load_limit_json(const std::optional<LoadLimit>& limit) {
  if (!limit) return {};
  return {{"amount", limit->amount},
          {"unit", kLoadUnits[static_cast<std::size_t>(limit->unit)]},
          {"bodyMass_kg", limit->body_mass_kg},
          {"helper", limit->helper}};
}

Json item_json(const DraftItem& item) {
  return {{"key", item.key},
          {"fresh", item.fresh},
          {"canonical", item.canonical},
          {"exercise", item.exercise},
          {"side", side_json(item.side)},
          {"sets", item.sets},
          {"repetitions", item.repetitions},
          {"hold", json::or_null(item.hold_s)},
          {"rest", item.rest_s},
          {"days", item.days_per_week},
          {"load", json::or_null(item.load_kg)},
          {"ceiling", json::or_null(item.ceiling)},
          {"target", json::or_null(item.target)},
          {"muscle", muscle_json(item.muscle)},
          {"camera", item.camera},
          {"helper", item.helper},
          {"support", item.support},
          {"instruction", item.instruction}};
}

Result<std::string> programme_draft_text(std::string_view recorded) {
  json::Document page{recorded, "reading a programme"};
  json::Reader input = page.root();
  const RecordedProgramme programme = recorded_in(input);
  const DraftExercises exercises = exercises_in_page(input);
  const std::string start = input.text("start");
  const auto affected = side_in(input, "affected");
  if (auto problem = page.problem()) return tl::unexpected(std::move(*problem));
  return json::write({{"draft", draft_json(read_draft(programme, exercises, start, affected))},
                      {"sent", sent_items(programme)}});
}

Result<std::string> programme_bundle_text(std::string_view writing) {
  const auto given = read_writing(writing);
  if (!given) return tl::unexpected(given.error());
  if (!is_uuid(given->plan_id))
    return fail(ErrorCode::invalid_argument, kDraftStage, "planId is not a UUID in lower case",
                "correct it; reprise.d.mts explains each field");
  if (const auto& limit = given->draft.load_limit) {
    if (const std::string why = why_no_load_limit(*limit); !why.empty())
      return fail(ErrorCode::invalid_argument, kDraftStage, "draft.loadLimit: " + why,
                  "correct it, or leave it out");
  }
  return json::write(programme_transaction(given->recorded, given->draft, given->exercises, given->author,
                                           given->plan_id, given->also));
}

Result<std::string> drafted_programme_text(std::string_view writing, std::span<const std::string> answers) {
  const auto given = read_writing(writing);
  if (!given) return tl::unexpected(given.error());
  std::vector<std::string> texts(answers.begin(), answers.end());
  texts.push_back(
      json::write(programme_preview(given->recorded, given->draft, given->exercises, given->author)));
  return programme_text(texts);
}

}  // namespace reprise::care

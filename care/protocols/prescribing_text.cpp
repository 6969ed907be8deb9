// SPDX-License-Identifier: Apache-2.0
#include "care/protocols/prescribing_text.h"

#include <array>

#include "care/plan/exercise_definition.h"
#include "care/plan/programme_draft_text.h"
#include "care/plan/progression.h"
#include "care/protocols/check_contraindications.h"
#include "care/protocols/protocol_programme.h"
#include "fhir/profiles/vocabulary.h"
#include "json/reader.h"

namespace reprise::care {
namespace {

constexpr const char* kPrescribingStage = "writing a programme";
constexpr std::array<std::string_view, 3> kBearingNames = {"none", "partial", "full"};
constexpr std::array<std::string_view, 3> kAffectedNames = {"left", "right", "both"};
constexpr std::array<std::string_view, 7> kIntensityReasons = {
    "all_done", "pain_low", "effort_low", "stopped_for_pain", "pain_high", "little_done", "effort_high"};

// The name of a file that only its text is known of: it follows from the id.
Result<std::string> id_in_file(const std::string& text) {
  const Json json = Json::parse(text, nullptr, false);
  const std::string_view id = json::text_of(json, "id");
  if (id.empty())
    return fail(ErrorCode::invalid_argument, kPrescribingStage, "a file has no id",
                "give the texts of the catalog's files as the record has them");
  return std::string{id};
}

Result<std::vector<exercises::CatalogExercise>> exercises_in(std::span<const std::string> files) {
  std::vector<exercises::CatalogExercise> all;
  for (const std::string& file : files) {
    std::vector<json::Problem> problems;
    auto exercise = exercises::parse_exercise(as_file(file), problems);
    if (!exercise)
      return fail(ErrorCode::invalid_argument, kPrescribingStage, "an exercise's file cannot be read",
                  "give the files as the record has them");
    all.push_back(std::move(*exercise));
  }
  return all;
}

Result<fhir::Day> today_in(std::string_view text) {
  const auto day = fhir::day_of(text);
  if (!day)
    return fail(ErrorCode::invalid_argument, kPrescribingStage, "today is no day", "give it as 2026-03-14");
  return *day;
}

template <class Value>
Json value_or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json{};
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json{} : Json(text);
}

Json objection_json(const ContraindicationHit& one) {
  return {{"severity", one.severity == Severity::contraindicated ? "contraindicated" : "caution"},
          {"rule", text_or_null(one.rule)},
          {"because",
           {{"system", one.because.system}, {"code", one.because.code}, {"display", one.because.display}}},
          {"assumed", one.assumed},
          {"words", one.words},
          {"measure", text_or_null(one.measure)},
          {"min", value_or_null(one.min)},
          {"max", value_or_null(one.max)},
          {"weightBearing",
           one.weight_bearing ? Json(kBearingNames[static_cast<std::size_t>(*one.weight_bearing)]) : Json{}}};
}

Json day_json(const DoneDay& day) {
  return {{"day", fhir::date_of(day.day)},
          {"counted", day.counted},
          {"share", day.share},
          {"stoppedForPain", day.stopped_for_pain},
          {"pain", value_or_null(day.pain)},
          {"painRise", value_or_null(day.pain_rise)},
          {"effort", value_or_null(day.effort)},
          {"quality", value_or_null(day.quality)},
          {"evidence", day.evidence}};
}

Json proposal_json(const IntensityProposal& proposal) {
  Json reasons = Json::array();
  for (const IntensityReason reason : proposal.reasons)
    reasons.push_back(kIntensityReasons[static_cast<std::size_t>(reason)]);
  Json days = Json::array();
  for (const DoneDay& day : proposal.days) days.push_back(day_json(day));
  const exercises::Dosage& dosage = proposal.dosage;
  return {{"request", proposal.request},
          {"change", proposal.change == ProgressionChange::raise ? "raise" : "lower"},
          {"reasons", std::move(reasons)},
          {"days", std::move(days)},
          {"sets", dosage.sets},
          {"repetitions", dosage.repetitions},
          {"hold_s", dosage.hold ? Json(dosage.hold->value()) : Json{}},
          {"instead", proposal.instead},
          {"rules", kIntensityRules}};
}

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

Result<std::string> contraindications_text(std::span<const std::string> rules,
                                           std::span<const std::string> exercises,
                                           std::span<const std::string> answers, std::string_view options) {
  json::Document page(options, kPrescribingStage);
  json::Reader input = page.root();
  const std::string day = input.text("today", 10);
  std::vector<std::optional<double>> ceilings;
  for (json::Reader& item : input.items("ceilings", 10'000)) ceilings.push_back(item.number_or_null("value"));
  if (input.right() && ceilings.size() != exercises.size()) input.refuse("ceilings", "one for each exercise");
  if (auto wrong = page.problem()) return tl::unexpected(*wrong);
  const auto today = today_in(day);
  if (!today) return tl::unexpected(today.error());
  std::vector<Contraindication> known;
  for (const std::string& rule : rules) {
    const auto id = id_in_file(rule);
    if (!id) return tl::unexpected(id.error());
    auto parsed = parse_contraindication({*id + ".json", rule});
    if (!parsed) return tl::unexpected(parsed.error());
    known.push_back(std::move(*parsed));
  }
  const auto catalog = exercises_in(exercises);
  if (!catalog) return tl::unexpected(catalog.error());
  const auto record = fhir::AnswerIndex::of(answers);
  if (!record) return tl::unexpected(record.error());
  std::vector<Json> conditions;
  for (const Json* condition : record->all("Condition")) conditions.push_back(*condition);
  const auto facts = facts_of(conditions, *today);
  Json out = Json::array();
  for (std::size_t i = 0; i < catalog->size(); ++i) {
    Json list = Json::array();
    for (const ContraindicationHit& one : check_contraindications(known, (*catalog)[i], facts, ceilings[i]))
      list.push_back(objection_json(one));
    out.push_back(std::move(list));
  }
  return dumped(out);
}

Result<std::string> template_text(const std::string& protocol, std::span<const std::string> exercises,
                                  std::string_view options) {
  json::Document page(options, kPrescribingStage);
  json::Reader input = page.root();
  ProgrammeOrder order;
  const std::string phase = input.text("phase", 64);
  order.patient = input.text("patient", 64);
  if (const auto side = input.choice_or_null("affected", kAffectedNames))
    order.affected = static_cast<AffectedSide>(*side);
  order.language = input.text("language", 16);
  order.start = input.text("start", 10);
  order.simulated = input.truth("simulated");
  if (auto wrong = page.problem()) return tl::unexpected(*wrong);
  const auto id = id_in_file(protocol);
  if (!id) return tl::unexpected(id.error());
  const auto parsed = parse_protocol({*id + ".json", protocol});
  if (!parsed) return tl::unexpected(parsed.error());
  const auto catalog = exercises_in(exercises);
  if (!catalog) return tl::unexpected(catalog.error());
  int number = 0;
  const auto made =
      programme_of(*parsed, phase, *catalog, order, [&] { return "new-" + std::to_string(++number); });
  if (!made) return tl::unexpected(made.error());
  Json items = Json::array();
  for (const Json& request : made->requests) {
    DraftItem item = draft_item(request, {});
    for (const exercises::CatalogExercise& exercise : *catalog) {
      if (exercise.definition.id != item.exercise) continue;
      const DraftExercise own{{}, {}, exercise.dosage};
      item = draft_item(request, &own);
    }
    item.fresh = true;
    items.push_back(item_json(item));
  }
  return dumped(items);
}

Result<std::string> intensity_text(std::span<const std::string> answers, std::string_view today_text) {
  const auto today = today_in(today_text);
  if (!today) return tl::unexpected(today.error());
  const auto read = read_programme_answers(answers);
  if (!read) return tl::unexpected(read.error());
  Json out = Json::array();
  for (const PrescribedExercise& prescribed : read->programme.exercises) {
    const auto days = done_days(prescribed, read->record, *today);
    if (const auto proposal = propose_intensity(prescribed, read->programme.limits, days, *today))
      out.push_back(proposal_json(*proposal));
  }
  return dumped(out);
}

Result<std::string> definition_text(const std::string& exercise) {
  const auto made = activity_definition(as_file(exercise));
  if (!made) return tl::unexpected(made.error());
  return dumped(*made);
}

}  // namespace reprise::care

// SPDX-License-Identifier: Apache-2.0
#include "care/plan/adherence_text.h"

#include "care/plan/adherence.h"
#include "fhir/model/resource.h"
#include "json/reader.h"

namespace reprise::care {
namespace {

constexpr const char* kAdherenceStage = "computing adherence";

void take_resources(Json&& resource, std::vector<Json>& all) {
  if (json::text_of(resource, "resourceType") != "Bundle") return all.push_back(std::move(resource));
  const auto entries = resource.find("entry");
  if (entries == resource.end() || !entries->is_array()) return;
  for (Json& entry : *entries) {
    // A deletion in a history has no resource.
    if (json::field(entry, "resource") != nullptr) take_resources(std::move(entry["resource"]), all);
  }
}

template <class Number>
Json number_or_none(const std::optional<Number>& number) {
  return number ? Json(*number) : Json{};
}

// Writes the intervals between changes of the programme.
Json stretches_json(const ProgrammeHistory& history, std::span<const AdherenceDay> days) {
  Json stretches = Json::array();
  for (const AdherenceDay& day : days) {
    if (!day.changed && &day != &days.front()) continue;
    Json exercises = Json::array();
    for (const PrescribedOnDay& one : history.on(day.day)) {
      exercises.push_back({{"request", one.request},
                           {"exercise", one.exercise},
                           {"sets", one.dosage.sets},
                           {"repetitions", one.dosage.repetitions},
                           {"hold_s", one.dosage.hold ? Json(one.dosage.hold->value()) : Json{}},
                           {"daysPerWeek", one.dosage.days_per_week}});
    }
    stretches.push_back(
        {{"from", fhir::date_of(day.day)}, {"changed", day.changed}, {"exercises", std::move(exercises)}});
  }
  return stretches;
}

}  // namespace

Result<std::string> adherence_text(std::span<const std::string> answers, std::string_view options) {
  json::Document page{options, kAdherenceStage};
  json::Reader input = page.root();
  const std::string patient = input.text("patient", 64);
  const std::string from_text = input.text("from", 10);
  const std::string now = input.text("now", 40);
  const auto from = fhir::day_of(from_text);
  const auto today = fhir::local_day(now);
  if (!from) input.refuse("from", "a day");
  if (!today) input.refuse("now", "a time with its zone");
  constexpr std::size_t kMostSets = 200'000;
  std::vector<SetOnDay> sets;
  for (json::Reader& item : input.items("sets", kMostSets)) {
    const auto day = fhir::day_of(item.text("day", 10));
    if (!day) item.refuse("day", "a day");
    sets.push_back({day.value_or(0), item.text("exercise", 64)});
  }
  if (auto wrong = page.problem()) return tl::unexpected(std::move(*wrong));
  std::vector<Json> resources;
  for (const std::string& answer : answers) {
    auto parsed = fhir::parse_resource(answer);
    if (!parsed) return tl::unexpected(parsed.error());
    take_resources(std::move(*parsed), resources);
  }
  const auto history = ProgrammeHistory::of(resources, patient, fhir::zone_minutes(now));
  const auto days = adherence_days(history, sets, *from, *today);
  const auto weeks = adherence_weeks(history, sets, *from, *today);
  Json out = {{"weeks", Json::array()},
              {"days", Json::array()},
              {"stretches", stretches_json(history, days)},
              {"mean", number_or_none(mean_adherence(weeks))}};
  for (const AdherenceWeek& week : weeks) {
    out["weeks"].push_back({{"monday", fhir::date_of(week.monday)},
                            {"done", week.done},
                            {"prescribed", week.prescribed},
                            {"days", week.days},
                            {"percent", number_or_none(week.percent)},
                            {"running", week.running}});
  }
  for (const AdherenceDay& day : days)
    out["days"].push_back(
        {{"day", fhir::date_of(day.day)}, {"done", day.done}, {"prescribed", day.prescribed}});
  return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace reprise::care

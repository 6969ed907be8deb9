// SPDX-License-Identifier: Apache-2.0
#include "simulation/clinic/clinic.h"

#include <algorithm>

#include "simulation/clinic/gathering.h"
#include "simulation/clinic/session_resources.h"

namespace reprise::simulation {
namespace {

constexpr int kMostPatients = 2000;
constexpr int kMostDays = 1100;
constexpr std::size_t kPartSize = 250;  // entries, about
constexpr int kHistoryDays = 90;
constexpr int kRecentDays = 3;
constexpr int kCalmDays = 14;

Json setback_json(const Setback& one, const Calendar& calendar) {
  Json json = {{"kind", name(one.kind)},
               {"start", calendar.date(one.start)},
               {"end", calendar.date(one.end)},
               {"planned", one.planned}};
  if (one.size > 0) json["size"] = one.size;
  if (one.shows) json["shows_from"] = calendar.date(*one.shows);
  return json;
}

}  // namespace

Result<Calendar> calendar_of(const ClinicOptions& options) {
  if (options.patients < 0 || options.patients > kMostPatients || options.days < 1 ||
      options.days > kMostDays || options.recorded_days < 0) {
    return fail(ErrorCode::invalid_argument, "simulating a clinic",
                "so many patients or days are not simulated",
                "ask for at most 2000 patients and 1 to 1100 days");
  }
  return Calendar::of(options.today, options.days, options.zone_minutes);
}

ClinicTruth truth_about(const ClinicOptions& options, const Calendar& calendar, int number) {
  ClinicTruth truth;
  truth.person = draw_person(options.seed, number, options.days);
  truth.diary =
      keep_diary(options.seed, truth.person, draw_setbacks(options.seed, truth.person, options.days),
                 options.days, calendar.first_weekday());
  return truth;
}

std::optional<SimulatedPerson> patient_with_history(const ClinicOptions& options, const Calendar& calendar) {
  for (int number = 1; number <= options.patients; ++number) {
    const ClinicTruth truth = truth_about(options, calendar, number);
    const SimulatedPerson& person = truth.person;
    if (!person.films || !person.lets_record || person.first_day > options.days - kHistoryDays) continue;
    const auto& sessions = truth.diary.sessions;
    if (sessions.empty() || sessions.back().day < options.days - kRecentDays) continue;
    const bool warned = std::any_of(sessions.begin(), sessions.end(), [&](const DiarySession& one) {
      return !one.warning.empty() && one.day >= options.days - kCalmDays;
    });
    if (!warned) return person;
  }
  return std::nullopt;
}

Result<void> simulate_patient(const ClinicOptions& options, const SimulatedStaff& staff,
                              const std::vector<exercises::CatalogExercise>& catalog, int number,
                              const std::function<Result<void>(ClinicPart)>& take) {
  const auto calendar = calendar_of(options);
  if (!calendar) return tl::unexpected(calendar.error());
  const ClinicTruth truth = truth_about(options, *calendar, number);
  const auto programmes = programmes_of(options.seed, truth.person, options.days, catalog);
  if (!programmes) return tl::unexpected(programmes.error());
  const Registration registration{
      truth.person, *programmes,  truth.diary,  staff,
      *calendar,    options.seed, options.days, options.days - options.recorded_days};
  auto registered = registration_bundle(registration);
  if (!registered) return tl::unexpected(registered.error());
  if (auto taken = take({number, false, std::move(*registered)}); !taken) return taken;
  Gathering gathering;
  gathering.add(contacts_bundle(registration));
  for (const DiarySession& session : truth.diary.sessions) {
    auto bundles = session_bundles(registration, session);
    if (!bundles) return tl::unexpected(bundles.error());
    for (Json& bundle : *bundles) gathering.add(std::move(bundle));
    if (gathering.size() < kPartSize) continue;
    if (auto taken = take({number, false, gathering.take()}); !taken) return taken;
  }
  return take({number, true, gathering.take()});
}

Result<Json> truth_json(const ClinicOptions& options) {
  const auto calendar = calendar_of(options);
  if (!calendar) return tl::unexpected(calendar.error());
  Json all = {{"simulated", true},
              {"seed", options.seed},
              {"patients", Json::array()},
              {"today", options.today},
              {"days", options.days}};
  for (int number = 1; number <= options.patients; ++number) {
    const ClinicTruth truth = truth_about(options, *calendar, number);
    const SimulatedPerson& person = truth.person;
    Json one = {{"id", person.id},
                {"number", number},
                {"condition", person.pathway->id},
                {"habit", name(person.habit)},
                {"chronic_pain", person.chronic_pain},
                {"films", person.films},
                {"first_day", calendar->date(person.first_day)},
                {"sessions", truth.diary.sessions.size()},
                {"setbacks", Json::array()}};
    for (const Setback& setback : truth.diary.setbacks)
      one["setbacks"].push_back(setback_json(setback, *calendar));
    all["patients"].push_back(std::move(one));
  }
  return all;
}

}  // namespace reprise::simulation

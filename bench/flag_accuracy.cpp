// SPDX-License-Identifier: Apache-2.0
// Measures how well the rules of catalog/rules find the known setbacks of simulated clinics, day by day.
// Prints the figures of docs/clinician/rules.md. The people are simulated: the figures describe the rules,
// not patients.
//
//   reprise_flag_accuracy [--seed FIRST [LAST]] [--patients 60] [--days 120] [--list]

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "care/monitoring/flag_changes.h"
#include "care/safety/flag.h"
#include "exercises/catalog_files.h"
#include "fhir/model/date_time.h"
#include "fhir/profiles/vocabulary.h"
#include "simulation/clinic/clinic.h"

namespace {

using namespace reprise;

constexpr const char* kToday = "2026-03-02";
constexpr int kFoundWithin = 3;  // days
constexpr int kSeenAfter = 2;    // days until a clinician has looked at a flag and closed it
constexpr int kStillOfIt = 3;    // days after a setback in which a flag is still about it
constexpr double kMonth = 30.4;  // days

struct Raised {
  std::string code;
  std::string words;
  int day = 0;
};

struct Timed {
  std::int64_t ms = 0;
  Json resource;
};

struct Person {
  simulation::ClinicTruth truth;
  std::string id;
  std::vector<Json> standing;  // programmes and what belongs to them
  std::vector<Json> events;    // by time
  std::vector<std::int64_t> times;
  std::vector<Raised> raised;
};

std::int64_t time_of(const Json& resource) {
  for (const char* name : {"effectiveDateTime", "authored", "sent"}) {
    if (const auto text = json::text_of(resource, name); !text.empty())
      return fhir::interval_of(text)->start_ms.value_or(0);
  }
  for (const char* name : {"effectivePeriod", "performedPeriod", "period"}) {
    if (const Json* period = json::field(resource, name); period != nullptr && period->contains("start"))
      return fhir::interval_of(json::text_of(*period, "start"))->start_ms.value_or(0);
  }
  return 0;
}

// Ids as a record gives them, and references that lead there.
void settle_references(Json& bundle, int& count) {
  std::map<std::string, std::string> names;
  for (Json& entry : bundle["entry"]) {
    Json& resource = entry["resource"];
    if (!resource.contains("id")) resource["id"] = fmt::format("r{}", ++count);
    if (const auto url = json::text_of(entry, "fullUrl"); !url.empty()) {
      names[std::string{url}] = fmt::format("{}/{}", std::string{json::text_of(resource, "resourceType")},
                                            std::string{json::text_of(resource, "id")});
    }
  }
  const std::function<void(Json&)> follow = [&](Json& json) {
    if (json.is_string()) {
      if (const auto found = names.find(json.get<std::string>()); found != names.end()) json = found->second;
    } else if (json.is_structured()) {
      for (Json& inner : json) follow(inner);
    }
  };
  follow(bundle);
}

// What holds on a day: the last version alone says how it ended.
std::vector<Json> standing_on(const Person& person, const std::string& date) {
  std::vector<Json> all;
  std::set<std::string> requests;
  for (const Json& one : person.standing) {
    if (json::text_of(one, "resourceType") == "Goal") all.push_back(one);
    if (json::text_of(one, "resourceType") != "CarePlan") continue;
    const Json& period = one["period"];
    const std::string end{json::text_of(period, "end")};
    if (json::text_of(period, "start") > date || (!end.empty() && end <= date)) continue;
    all.push_back(one);
    all.back()["status"] = "active";
    for (const Json& activity : json::list_of(one, "activity"))
      requests.emplace(fhir::id_in(json::field(activity, "reference"), "ServiceRequest"));
  }
  for (const Json& one : person.standing) {
    if (json::text_of(one, "resourceType") != "ServiceRequest" ||
        requests.count(std::string{json::text_of(one, "id")}) == 0) {
      continue;
    }
    all.push_back(one);
    all.back()["status"] = "active";
  }
  return all;
}

// Judges answers at once, as the server does.
void judge_at_once(Person& person, int day, std::size_t from, std::size_t to) {
  std::optional<int> first;
  std::optional<int> before;
  for (std::size_t i = from; i < to; ++i) {
    auto statement = care::statement_of(person.events[i]);
    const auto pain = care::pain_of(person.events[i]);
    if (pain && !first) first = pain;
    if (pain && !before && care::moment_of_pain(person.events[i]) == care::Moment::before) before = pain;
    if (!statement) continue;
    if (statement->facts.pain && !statement->facts.pain_before)
      statement->facts.pain_before = before ? before : first;
    const auto verdict = care::judge(statement->facts, person.truth.person.limits);
    if (!verdict.tells_clinic) continue;
    const Json flag = care::flag_of(*statement, verdict, "x/y", "z", statement->when);
    const std::string code{json::text_of(flag["code"]["coding"][0], "code")};
    const bool said = std::any_of(person.raised.begin(), person.raised.end(),
                                  [&](const Raised& one) { return one.day == day && one.code == code; });
    if (!said) person.raised.push_back({code, std::string{json::text_of(flag["code"], "text")}, day});
  }
}

void live(Person& person, const simulation::Calendar& calendar, int days,
          const std::vector<care::Rule>& rules) {
  constexpr int kLooksBack = 61;
  std::vector<care::RaisedFlag> flags;
  std::vector<int> raised_on;
  for (int day = 0; day < days; ++day) {
    const std::int64_t end_ms = *fhir::interval_of(calendar.time(day, 86'399))->end_ms;
    const auto at = [&](std::int64_t ms) {
      return static_cast<std::size_t>(std::lower_bound(person.times.begin(), person.times.end(), ms) -
                                      person.times.begin());
    };
    const std::size_t to = at(end_ms);
    judge_at_once(person, day, at(end_ms - kDayMs), to);
    auto resources = standing_on(person, calendar.date(day));
    const std::size_t from = at(end_ms - kLooksBack * kDayMs);
    resources.insert(resources.end(), person.events.begin() + static_cast<std::ptrdiff_t>(from),
                     person.events.begin() + static_cast<std::ptrdiff_t>(to));
    care::PatientTrajectory course = care::read_trajectory(resources, person.id, end_ms);
    for (std::size_t i = 0; i < flags.size(); ++i) {
      if (flags[i].active && raised_on[i] + kSeenAfter <= day) {
        flags[i].active = false;
        flags[i].closed_ms = end_ms - kDayMs / 2;
      }
    }
    course.flags = flags;
    const auto findings = care::evaluate_rules(rules, course, end_ms);
    for (const std::string& id : care::over(rules, findings, course)) {
      for (auto& flag : flags) {
        if (flag.id != id) continue;
        flag.active = false;
        flag.closed_ms = end_ms;
      }
    }
    for (const care::RuleFinding& finding : care::unsaid(findings, course)) {
      flags.push_back({fmt::format("f{}", flags.size()), finding.rule, finding.key, true, finding.since, 0,
                       false, finding.value, std::string{care::name_of(finding.kind)},
                       std::string{care::name_of(finding.of)}, std::string{care::name_of(finding.urgency)}});
      raised_on.push_back(day);
      person.raised.push_back({finding.rule, care::words_of(finding), day});
    }
  }
}

// Which flags are about which setback.
bool is_about(const std::string& code, simulation::SetbackKind kind) {
  using Kind = simulation::SetbackKind;
  const bool pain = code == "pain-up" || code == "pain-jump" || code == "pain-over-limit" ||
                    code == "pain-risen" || code == "not-settled";
  switch (kind) {
    case Kind::pain_flare:
    case Kind::pain_limit: return pain;
    case Kind::dropout: return code == "no-session";
    case Kind::plateau: return code == "range-stuck";
    case Kind::range_lost: return code == "range-down";
    case Kind::warning_sign: return code == "red-flag";
  }
  return false;
}

struct Tally {
  int setbacks = 0;
  int found = 0;
};

struct Figures {
  std::map<simulation::SetbackKind, Tally> by_kind;
  Tally all;
  std::map<std::string, std::pair<int, int>> flags;  // code: all, false
  int false_flags = 0;
  double months = 0;
};

void count(const Person& person, int days, bool list, Figures& result) {
  const auto& setbacks = person.truth.diary.setbacks;
  const auto note = [&](const char* what, int day, const std::string& words) {
    if (list) fmt::print("  {} {:>3}  {:<14} {}\n", person.id.substr(0, 4), day, what, words);
  };
  for (const simulation::Setback& setback : setbacks) {
    if (!setback.shows || *setback.shows + kFoundWithin >= days) continue;
    const bool found = std::any_of(person.raised.begin(), person.raised.end(), [&](const Raised& one) {
      return is_about(one.code, setback.kind) && one.day >= setback.start &&
             one.day <= *setback.shows + kFoundWithin;
    });
    for (Tally* tally : {&result.by_kind[setback.kind], &result.all}) {
      ++tally->setbacks;
      tally->found += found ? 1 : 0;
    }
    if (!found)
      note("MISSED", *setback.shows,
           fmt::format("{} {}-{}{}, {}", name(setback.kind), setback.start, setback.end,
                       setback.planned ? "" : " (unplanned)", name(person.truth.person.habit)));
  }
  for (const Raised& one : person.raised) {
    const bool right = std::any_of(setbacks.begin(), setbacks.end(), [&](const simulation::Setback& setback) {
      return is_about(one.code, setback.kind) && one.day >= setback.start &&
             one.day <= std::max(setback.end, setback.shows.value_or(0)) + kStillOfIt;
    });
    auto& [all, wrong] = result.flags[one.code];
    ++all;
    if (right) continue;
    ++wrong;
    ++result.false_flags;
    note("false", one.day, one.words);
  }
  result.months += (days - person.truth.person.first_day) / kMonth;
}

std::vector<care::Rule> shipped_rules() {
  std::vector<care::Rule> rules;
  const auto files =
      exercises::read_catalog(std::filesystem::path(REPRISE_SOURCE_DIR) / "catalog/rules").value();
  for (const exercises::CatalogFile& file : files) rules.push_back(care::parse_rule(file).value());
  return rules;
}

// One patient's days, as the record would have them.
Person simulate(const simulation::ClinicOptions& options, const simulation::Calendar& calendar,
                const std::vector<exercises::CatalogExercise>& catalog, int number) {
  Person person;
  person.truth = simulation::truth_about(options, calendar, number);
  person.id = person.truth.person.id;
  std::vector<Timed> timed;
  int ids = 0;
  const auto take = [&](simulation::ClinicPart part) -> Result<void> {
    settle_references(part.bundle, ids);
    for (Json& entry : part.bundle["entry"]) {
      Json& resource = entry["resource"];
      const std::string type{json::text_of(resource, "resourceType")};
      if (type == "CarePlan" || type == "ServiceRequest" || type == "Goal") {
        person.standing.push_back(std::move(resource));
      } else if (type == "Procedure" || type == "Observation" || type == "QuestionnaireResponse") {
        timed.push_back({time_of(resource), std::move(resource)});
      }
    }
    return {};
  };
  const simulation::SimulatedStaff staff{"00000000-0000-4000-8000-00000000000a",
                                         "00000000-0000-4000-8000-00000000000b"};
  if (auto done = simulation::simulate_patient(options, staff, catalog, number, take); !done) {
    fmt::print(stderr, "{}\n", to_string(done.error()));
    std::exit(1);
  }
  std::stable_sort(timed.begin(), timed.end(), [](const Timed& a, const Timed& b) { return a.ms < b.ms; });
  for (Timed& one : timed) {
    person.times.push_back(one.ms);
    person.events.push_back(std::move(one.resource));
  }
  return person;
}

Figures measure(const simulation::ClinicOptions& options, const std::vector<care::Rule>& rules,
                const std::vector<exercises::CatalogExercise>& catalog, bool list) {
  const auto calendar = simulation::calendar_of(options).value();
  Figures figures;
  std::mutex mutex;
  std::atomic<int> next = 1;
  const auto work = [&] {
    for (int number = next++; number <= options.patients; number = next++) {
      Person person = simulate(options, calendar, catalog, number);
      live(person, calendar, options.days, rules);
      const std::scoped_lock lock{mutex};
      count(person, options.days, list, figures);
    }
  };
  std::thread other{work};
  work();
  other.join();
  return figures;
}

double share(const Tally& tally) {
  return tally.setbacks == 0 ? 1.0 : static_cast<double>(tally.found) / tally.setbacks;
}

void print(std::uint64_t seed, const Figures& result) {
  fmt::print(
      "seed {}: {} of {} setbacks found within {} days ({:.2f}); {:.2f} false flags a patient and month\n",
      seed, result.all.found, result.all.setbacks, kFoundWithin, share(result.all),
      result.false_flags / result.months);
  for (const auto& [kind, tally] : result.by_kind)
    fmt::print("  {:<14} {:>3} of {:>3}\n", name(kind), tally.found, tally.setbacks);
  for (const auto& [code, counts] : result.flags)
    fmt::print("  flag {:<16} {:>4}, {:>3} of them false\n", code, counts.first, counts.second);
}

}  // namespace

int main(int argc, char** argv) {
  simulation::ClinicOptions options;
  options.today = kToday;
  options.recorded_days = 0;
  std::uint64_t last = 1;
  bool list = false;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    const auto next = [&]() -> std::uint64_t {
      return i + 1 < argc ? std::strtoull(argv[++i], nullptr, 10) : 0;
    };
    if (word == "--seed") {
      options.seed = next();
      last = i + 1 < argc && argv[i + 1][0] != '-' ? next() : options.seed;
    }
    if (word == "--patients") options.patients = static_cast<int>(next());
    if (word == "--days") options.days = static_cast<int>(next());
    if (word == "--list") list = true;
  }
  const auto rules = shipped_rules();
  const auto catalog =
      exercises::load_catalog(std::filesystem::path(REPRISE_SOURCE_DIR) / "catalog/exercises").value();
  bool good = true;
  for (; options.seed <= last; ++options.seed) {
    const Figures result = measure(options, rules, catalog, list);
    print(options.seed, result);
    good = good && share(result.all) >= 0.9 && result.false_flags / result.months <= 1;
  }
  return good ? 0 : 1;
}

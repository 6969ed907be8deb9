// SPDX-License-Identifier: Apache-2.0
#include "server/reminders/exercise_facts.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/time.h"
#include "care/plan/programme_history.h"
#include "care/safety/hold.h"
#include "fhir/model/date_time.h"
#include "fhir/profiles/vocabulary.h"
#include "server/reactions/system_writes.h"
#include "server/reminders/codes.h"

namespace reprise::server {
namespace {

using record::QueryBuilder;

constexpr std::int64_t kSetsMs = 8 * kDayMs;   // this week, and a day for other zones
constexpr std::int64_t kSentMs = 90 * kDayMs;  // three reminders in a row are seldom farther apart
constexpr std::array<std::pair<const char*, ReminderKind>, 3> kKinds = {
    {{kExerciseReminder, ReminderKind::first},
     {kSecondReminder, ReminderKind::second},
     {kPauseQuestion, ReminderKind::ask}}};

/// Searches in one transaction; after the first refusal, nothing is searched.
class Finder {
 public:
  Finder(const record::Record& record, record::Connection& connection)
      : record_(record), connection_(connection) {}

  std::vector<Json> all(const QueryBuilder& query) {
    if (refusal_) return {};
    auto found = find_all(record_, connection_, query);
    if (found) return std::move(*found);
    refusal_ = found.error();
    return {};
  }
  [[nodiscard]] const std::optional<record::Refusal>& refusal() const { return refusal_; }

 private:
  const record::Record& record_;
  record::Connection& connection_;
  std::optional<record::Refusal> refusal_;
};

QueryBuilder about(const char* type, const std::string& patient) {
  return QueryBuilder(type).reference("subject", "Patient", patient);
}

/// Returns the time of a set, with its zone; empty if it was not done.
std::string_view time_of_set(const Json& procedure) {
  const std::string_view status = json::text_of(procedure, "status");
  const Json* code = json::field(procedure, "code");
  const Json& codings = code == nullptr ? Json::array() : json::list_of(*code, "coding");
  const bool exercise = std::any_of(codings.begin(), codings.end(), [](const Json& one) {
    return json::text_of(one, "system") == fhir::kExercise;
  });
  if (!exercise || (status != "completed" && status != "stopped")) return {};
  const Json* period = json::field(procedure, "performedPeriod");
  return period == nullptr ? json::text_of(procedure, "performedDateTime") : json::text_of(*period, "start");
}

void add_sets(const std::vector<Json>& procedures, ExerciseFacts& facts) {
  for (const Json& procedure : procedures) {
    const std::string_view text = time_of_set(procedure);
    const auto when = fhir::interval_of(text);
    const auto day = fhir::local_day(text);
    if (!when || !when->start_ms || !day) continue;
    facts.done.insert(std::chrono::sys_days{std::chrono::days{*day}});
    facts.last_done_ms = std::max(facts.last_done_ms, *when->start_ms);
  }
}

void add_sent(const std::vector<Json>& communications, ExerciseFacts& facts) {
  for (const Json& one : communications) {
    const auto when = fhir::interval_of(json::text_of(one, "sent"));
    if (!when || !when->start_ms) continue;
    for (const Json& category : json::list_of(one, "category")) {
      for (const auto& [code, kind] : kKinds) {
        if (fhir::has_coding(&category, fhir::kCommunication, code))
          facts.sent.push_back({kind, *when->start_ms});
      }
    }
  }
}

/// The plan and its exercises, with the exercises' own doses.
std::vector<Json> find_programme(Finder& finder, const std::string& patient) {
  std::vector<Json> all = finder.all(about("CarePlan", patient).code("status", "active"));
  std::vector<Json> requests = finder.all(about("ServiceRequest", patient).code("status", "active"));
  std::set<std::string> addresses;
  for (const Json& request : requests) {
    for (const Json& canonical : json::list_of(request, "instantiatesCanonical")) {
      if (!canonical.is_string()) continue;
      const std::string text = canonical.get<std::string>();
      if (text.rfind(fhir::kExercisePrefix, 0) == 0) addresses.insert(text.substr(0, text.find('|')));
    }
  }
  std::move(requests.begin(), requests.end(), std::back_inserter(all));
  for (const std::string& address : addresses) {
    auto defined = finder.all(QueryBuilder("ActivityDefinition").uri("url", address));
    std::move(defined.begin(), defined.end(), std::back_inserter(all));
  }
  return all;
}

int days_per_week(std::span<const care::PrescribedOnDay> prescribed, const std::vector<Json>& flags) {
  std::set<std::string> held;
  for (const Json& flag : flags) {
    if (const auto hold = care::active_hold(flag)) held.insert(hold->exercise);
  }
  if (held.count("") > 0) return 0;
  int most = 0;
  for (const care::PrescribedOnDay& one : prescribed) {
    if (held.count(one.request) == 0) most = std::max(most, one.dosage.days_per_week);
  }
  return most;
}

bool is_here(const std::vector<Json>& patients) {
  return std::any_of(patients.begin(), patients.end(), [](const Json& one) {
    const bool died = json::truth_of(one, "deceasedBoolean").value_or(false) ||
                      json::field(one, "deceasedDateTime") != nullptr;
    return !died && json::truth_of(one, "active").value_or(true);
  });
}

}  // namespace

record::Outcome<ExerciseFacts> find_exercise_facts(const record::Record& record,
                                                   record::Connection& connection, const std::string& patient,
                                                   const TimeZone& zone, std::int64_t now_ms) {
  Finder finder{record, connection};
  ExerciseFacts facts;
  if (is_here(finder.all(QueryBuilder("Patient").id(patient)))) {
    const std::chrono::minutes offset = std::chrono::floor<std::chrono::minutes>(zone.offset_at(now_ms));
    const auto programme = find_programme(finder, patient);
    const auto history = care::ProgrammeHistory::of(programme, patient, static_cast<int>(offset.count()));
    facts.days_per_week = days_per_week(history.on(zone.day_at(now_ms).time_since_epoch().count()),
                                        finder.all(about("Flag", patient)));
  }
  if (facts.days_per_week > 0) {
    add_sets(finder.all(about("Procedure", patient).date("date", record::Prefix::ge, now_ms - kSetsMs)),
             facts);
    const auto said = [&](const char* code) {
      return about("Communication", patient).token("category", fhir::kCommunication, code);
    };
    // A question is open until the patient answers, however long ago it was sent.
    add_sent(finder.all(said(kPauseQuestion)), facts);
    for (const char* code : {kExerciseReminder, kSecondReminder})
      add_sent(finder.all(said(code).date("sent", record::Prefix::ge, now_ms - kSentMs)), facts);
  }
  if (finder.refusal()) return tl::unexpected(*finder.refusal());
  return facts;
}

}  // namespace reprise::server

// SPDX-License-Identifier: Apache-2.0
#include "server/reminders/calendar_feed.h"

#include <algorithm>

#include "base/time.h"
#include "fhir/model/date_time.h"
#include "fhir/profiles/vocabulary.h"
#include "record/accounts/calendar_feed.h"
#include "server/app_api/app_request.h"
#include "server/reactions/system_writes.h"
#include "server/reminders/calendar_text.h"
#include "server/reminders/codes.h"
#include "server/reminders/exercise_facts.h"
#include "server/reminders/reminder_choice.h"
#include "server/reminders/time_zone.h"
#include "server/scheduling/appointment.h"
#include "translations/texts.h"

namespace reprise::server {
namespace {

using Texts = translations::Texts;

constexpr int kDaysAhead = 28;  // unsourced default
constexpr std::size_t kUidLetters = 16;
constexpr std::int64_t kAppointmentsMs = 30 * kDayMs;
constexpr std::chrono::minutes kExerciseLength{30};  // as drawn by the calendar; others may book the time

std::int64_t changed_ms(const Json& resource) {
  const Json* meta = json::field(resource, "meta");
  const auto when = meta == nullptr ? std::nullopt : fhir::interval_of(json::text_of(*meta, "lastUpdated"));
  return when && when->start_ms ? *when->start_ms : 0;
}

/// A calendar may lie with a company: it learns no id of the record.
std::string uid_of(const char* kind, const std::string& id) {
  return std::string{kind} + "-" + record::hash_of_text(id).substr(0, kUidLetters);
}

record::Outcome<std::vector<CalendarEvent>> appointments_of(const record::Record& record,
                                                            record::Connection& connection,
                                                            const std::string& patient, const Texts& texts,
                                                            std::int64_t now_ms) {
  const auto found = find_all(record, connection,
                              record::QueryBuilder("Appointment")
                                  .reference("patient", "Patient", patient)
                                  .date("date", record::Prefix::ge, now_ms - kAppointmentsMs)
                                  .sort("date"));
  if (!found) return tl::unexpected(found.error());
  std::vector<CalendarEvent> events;
  for (const Json& one : *found) {
    const AppointmentView view = view_of(one);
    const bool is_own = std::find(view.patients.begin(), view.patients.end(), patient) != view.patients.end();
    if (!view.when || !is_own || !view.takes_time()) continue;
    events.push_back({uid_of("appointment", view.id),
                      view.when->start_ms,
                      view.when->end_ms,
                      changed_ms(one),
                      texts("feed.appointment"),
                      {},
                      true});
  }
  return events;
}

record::Outcome<std::optional<ReminderChoice>> choice_of(const record::Record& record,
                                                         record::Connection& connection,
                                                         const std::string& patient) {
  const auto consents = find_all(record, connection,
                                 record::QueryBuilder("Consent")
                                     .code("status", "active")
                                     .reference("patient", "Patient", patient)
                                     .token("category", fhir::kConsentCategory, kReminderConsent));
  if (!consents) return tl::unexpected(consents.error());
  const auto choices = reminder_choices(*consents);
  const auto found = choices.find(patient);
  return found == choices.end() ? std::nullopt : std::optional{found->second};
}

record::Outcome<std::vector<CalendarEvent>> exercises_of(const record::Record& record,
                                                         record::Connection& connection,
                                                         const std::string& patient, const Texts& texts,
                                                         const std::string& link, std::int64_t now_ms) {
  std::vector<CalendarEvent> events;
  const auto choice = choice_of(record, connection, patient);
  if (!choice) return tl::unexpected(choice.error());
  if (!*choice || !(*choice)->has_time) return events;
  const auto zone = load_time_zone((*choice)->zone);
  if (!zone) return record::refuse(zone.error());
  const auto facts = find_exercise_facts(record, connection, patient, *zone, now_ms);
  if (!facts) return tl::unexpected(facts.error());
  const auto today = zone->day_at(now_ms);
  const std::string name = uid_of("exercises", patient) + "-";
  for (const auto day : exercise_days(facts->days_per_week, facts->done, today, kDaysAhead)) {
    if ((*choice)->paused_until && day < *(*choice)->paused_until) continue;
    const std::int64_t start = zone->moment_of(day, (*choice)->at);
    events.push_back({name + day_text(day), start, start + in_ms(kExerciseLength), (*choice)->chosen_ms,
                      texts("feed.exercises"), link, false});
  }
  return events;
}

/// "SECRET" of "/calendar-feed/SECRET.ics"; empty if it has another form.
std::string_view secret_in(std::string_view target) {
  constexpr std::string_view kEnd = ".ics";
  target = target.substr(0, target.find('?'));
  const std::size_t begin = std::string_view{kCalendarPath}.size() + 1;
  if (target.size() < begin + kEnd.size() || target.substr(target.size() - kEnd.size()) != kEnd) return {};
  return target.substr(begin, target.size() - begin - kEnd.size());
}

http::Response calendar_answer(const std::string& text, const std::string* known) {
  const std::string tag = '"' + record::hash_of_text(text) + '"';
  http::Response response;
  // Only its owner's programs may keep it, and must ask each time.
  response.fields = {{"cache-control", "private, no-cache"}, {"etag", tag}};
  if (known != nullptr && *known == tag) {
    response.status = 304;
    return response;
  }
  response.fields.push_back({"content-type", "text/calendar;charset=utf-8"});
  response.body = text;
  return response;
}

/// nullopt: the secret is unknown.
record::Outcome<std::optional<http::Response>> find_calendar(const record::Record& record,
                                                             record::Connection& connection,
                                                             const http::Request& request,
                                                             const NotificationOptions& options) {
  const auto hash = record::hash_of_secret(secret_in(request.target));
  if (!hash) return std::nullopt;
  const auto account = record::account_of_calendar_feed(connection, *hash);
  if (!account) return record::refuse(account.error());
  if (!*account) return std::nullopt;
  const auto text = calendar_of(record, connection, (*account)->person, options, record::milliseconds_now());
  if (!text) return tl::unexpected(text.error());
  return calendar_answer(*text, http::find_field(request.fields, "if-none-match"));
}

}  // namespace

record::Outcome<std::string> calendar_of(const record::Record& record, record::Connection& connection,
                                         const std::string& patient, const NotificationOptions& options,
                                         std::int64_t now_ms) {
  const auto people = find_all(record, connection, record::QueryBuilder("Patient").id(patient));
  if (!people) return tl::unexpected(people.error());
  const Texts texts("mail", people->empty() ? std::string{} : language_of(people->front(), options));
  auto events = appointments_of(record, connection, patient, texts, now_ms);
  if (!events) return tl::unexpected(events.error());
  const auto exercises = exercises_of(record, connection, patient, texts, options.address + "today", now_ms);
  if (!exercises) return tl::unexpected(exercises.error());
  events->insert(events->end(), exercises->begin(), exercises->end());
  return calendar_text(options.site, *events);
}

CalendarFeed::CalendarFeed(record::Record& record, NotificationOptions options)
    : record_(record), options_(std::move(options)) {}

void CalendarFeed::handle(http::Request request, http::Respond respond) {
  const bool taken =
      record_.read([this, request = std::move(request), respond](record::Connection& connection) {
        if (const auto begun = connection.begin_reading(); !begun)
          return respond(refused(503, word::kBusy, "the record does not answer; try again later"));
        auto found = find_calendar(record_, connection, request, options_);
        connection.rollback();
        if (!found) return respond(refused(503, word::kBusy, "the record does not answer; try again later"));
        if (*found) return respond(std::move(**found));
        const std::int64_t now_us = record::milliseconds_now() * 1000;
        const std::scoped_lock lock{mutex_};
        if (!wrong_.take(request.remote_address, now_us))
          return respond(refused_for_now(static_cast<std::int64_t>(1e6 / record::RateLimit{}.per_second)));
        respond(refused(404, word::kNotFound, "there is nothing at this address"));
      });
  if (!taken) respond(refused(503, word::kBusy, "too much is waiting; try again in a moment"));
}

}  // namespace reprise::server

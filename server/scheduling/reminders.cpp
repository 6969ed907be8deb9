// SPDX-License-Identifier: Apache-2.0
#include "server/scheduling/reminders.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/time.h"
#include "fhir/fields/fields.h"
#include "fhir/profiles/vocabulary.h"
#include "record/content/content.h"
#include "server/mail/templates.h"
#include "server/messaging/notifications.h"
#include "server/reactions/system_writes.h"
#include "server/scheduling/appointment.h"

namespace reprise::server {
namespace {

constexpr const char* kReminderStage = "reminding of appointments";
constexpr const char* kReminder = "urn:reprise:reminder";
constexpr std::int64_t kAheadMs = in_ms(std::chrono::hours{24});

Error in_trouble(const record::Refusal& refusal) {
  return {ErrorCode::unavailable, kReminderStage,
          refusal.issues.empty() ? "the record refused it" : to_string(refusal.issues.front()),
          "look whether the database answers; it is tried again"};
}

/// In the local time in which it was written, the clinic's.
record::Mail reminder_for(const AppointmentView& view, const Json& patient,
                          const NotificationOptions& options) {
  constexpr std::size_t kMinute = 16;  // "2026-03-14T09:30"
  const std::string_view start = std::string_view{view.start}.substr(0, kMinute);
  const bool utc = view.start.back() == 'Z';
  const std::string time = std::string{start.substr(11)} + (utc ? " UTC" : "");
  return mail::write_mail("appointment", language_of(patient, options), {},
                          {{"site", options.site},
                           {"day", std::string{start.substr(0, 10)}},
                           {"time", time},
                           {"link", options.address}});
}

Json communication_of(const Json& appointment, const AppointmentView& view, const std::string& patient,
                      const std::string& identifier, const std::string& now) {
  Json said = {{"resourceType", "Communication"},
               {"identifier", {{{"system", kReminder}, {"value", identifier}}}},
               {"status", "completed"},
               {"category", {fhir::codeable(fhir::kCommunication, "appointment-reminder", "Reminder")}},
               {"subject", fhir::reference_to("Patient", patient)},
               {"about", {fhir::reference_to("Appointment", view.id)}},
               {"sent", now}};
  if (fhir::has_tag(appointment, fhir::kTag, "simulated"))
    said["meta"] = {{"tag", {{{"system", fhir::kTag}, {"code", "simulated"}}}}};
  return said;
}

std::string name_of(const AppointmentView& view, const std::string& patient) {
  return fmt::format("{}/{}/{}", view.id, patient, view.when->start_ms);
}

/// The appointment at the time of the reminder; it may have been moved or cancelled meanwhile.
record::Outcome<std::size_t> remind_of(record::Record& record, const record::WriteTransaction& session,
                                       const std::string& id, const NotificationOptions& options) {
  const auto found =
      find_first(record, session, record::QueryBuilder("Appointment").id(id).code("status", "booked"));
  if (!found) return tl::unexpected(found.error());
  if (found->empty()) return std::size_t{0};
  const AppointmentView view = view_of(found->front());
  if (!view.when || view.when->start_ms <= session.now_ms || view.when->start_ms > session.now_ms + kAheadMs)
    return std::size_t{0};
  std::size_t queued = 0;
  for (const std::string& patient : view.patients) {
    const auto addresses = patient_of(session, patient);
    if (!addresses) return record::refuse(addresses.error());
    const auto people = find_first(record, session, record::QueryBuilder("Patient").id(patient));
    if (!people) return tl::unexpected(people.error());
    if (addresses->empty() || people->empty()) continue;
    const std::string identifier = name_of(view, patient);
    const auto done = write_as_system(
        record, session,
        {{{},
          {record::Verb::create,
           "Communication",
           {},
           identifier_condition(kReminder, identifier),
           {},
           communication_of(found->front(), view, patient, identifier, record::instant_text(session.now_ms))
               .dump()}}});
    if (!done) return tl::unexpected(done.error());
    if (done->front().found) continue;
    if (const auto sent = mail_each(session, addresses, reminder_for(view, people->front(), options)); !sent)
      return record::refuse(sent.error());
    ++queued;
  }
  return queued;
}

record::Outcome<std::set<std::string>> reminded(const record::Record& record, record::Connection& connection,
                                                std::int64_t now_ms) {
  const auto said = find_all(record, connection,
                             record::QueryBuilder("Communication")
                                 .token("category", fhir::kCommunication, "appointment-reminder")
                                 .date("sent", record::Prefix::ge, now_ms - 2 * kAheadMs));
  if (!said) return tl::unexpected(said.error());
  std::set<std::string> names;
  for (const Json& one : *said) {
    for (const Json& identifier : json::list_of(one, "identifier"))
      names.emplace(json::text_of(identifier, "value"));
  }
  return names;
}

/// Returns the ids of appointments that still need a reminder.
record::Outcome<std::vector<std::string>> due(const record::Record& record, record::Connection& connection,
                                              std::int64_t now_ms) {
  const auto found = find_all(record, connection,
                              record::QueryBuilder("Appointment")
                                  .code("status", "booked")
                                  .date("date", record::Prefix::gt, now_ms)
                                  .date("date", record::Prefix::le, now_ms + kAheadMs));
  if (!found) return tl::unexpected(found.error());
  std::vector<std::string> ids;
  if (found->empty()) return ids;
  const auto names = reminded(record, connection, now_ms);
  if (!names) return tl::unexpected(names.error());
  for (const Json& one : *found) {
    const AppointmentView view = view_of(one);
    const bool some =
        view.when && std::any_of(view.patients.begin(), view.patients.end(), [&](const std::string& patient) {
          return names->count(name_of(view, patient)) == 0;
        });
    if (some) ids.push_back(view.id);
  }
  return ids;
}

}  // namespace

Result<std::size_t> remind_of_appointments(record::Record& record, record::Connection& connection,
                                           const NotificationOptions& options, std::int64_t now_ms) {
  if (auto begun = connection.begin_reading(); !begun) return tl::unexpected(begun.error());
  const auto ids = due(record, connection, now_ms);
  connection.rollback();
  if (!ids) return tl::unexpected(in_trouble(ids.error()));
  if (ids->empty()) return std::size_t{0};
  std::size_t queued = 0;
  const auto work = [&](const record::WriteTransaction& session) -> std::optional<record::Refusal> {
    queued = 0;
    for (const std::string& id : *ids) {
      const auto done = remind_of(record, session, id, options);
      if (!done) return done.error();
      queued += *done;
    }
    return {};
  };
  if (auto written = write_now(record, kReminderStage, work); !written)
    return tl::unexpected(written.error());
  return queued;
}

}  // namespace reprise::server

// SPDX-License-Identifier: Apache-2.0
#include "server/scheduling/patient_booking.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/time.h"
#include "fhir/fields/fields.h"
#include "record/access/principal.h"
#include "record/accounts/columns.h"
#include "server/reactions/system_writes.h"
#include "server/scheduling/appointment.h"

namespace reprise::server {
namespace {

using BookingRefused = std::optional<record::Refusal>;

constexpr std::int64_t kMinuteMs = in_ms(std::chrono::minutes{1});
constexpr std::int64_t kHourInMs = 60 * kMinuteMs;
constexpr std::int64_t kLongestVisitMs = 2 * kHourInMs;

BookingRefused not_so(const char* reason) {
  return record::Refusal{record::RefusalKind::invalid,
                         {{fhir::Severity::error, fhir::IssueType::business_rule, reason, "Appointment"}}};
}

BookingRefused not_free() {
  return record::Refusal{
      record::RefusalKind::conflict,
      {{fhir::Severity::error, fhir::IssueType::conflict, "that time is not free", "Appointment.slot"}}};
}

/// Removes the fields that a patient may change and those of the record.
Json rest_of(Json appointment) {
  for (const char* name : {"status", "start", "end", "slot", "minutesDuration", "cancelationReason", "meta"})
    appointment.erase(name);
  if (auto all = appointment.find("participant"); all != appointment.end() && all->is_array()) {
    for (Json& one : *all) {
      if (one.is_object()) one.erase("status");
    }
  }
  return appointment;
}

/// Returns whether the practitioner is in an active care team of the patient.
Result<bool> cares(const record::WriteTransaction& session, const std::string& practitioner,
                   const std::string& patient) {
  const std::array<record::Value, 3> who = {std::string_view{practitioner}, std::string_view{patient},
                                            session.now_ms * 1000};
  bool found = false;
  const auto read = session.connection.query(
      "SELECT 1 FROM care_member WHERE practitioner = $1 AND patient = $2 AND start_us <= $3 AND end_us > $3",
      who, [&](record::Row) { return found = true, false; });
  if (!read) return tl::unexpected(read.error());
  return found;
}

/// Returns the Slots' Schedule, if they are free, of one practitioner, and cover the appointment without
/// gaps.
record::Outcome<std::optional<Json>> schedule_of(record::Record& record,
                                                 const record::WriteTransaction& session,
                                                 const AppointmentView& view) {
  constexpr std::size_t kMostSlots = 48;
  if (view.slots.empty() || view.slots.size() > kMostSlots) return std::optional<Json>{};
  std::vector<TimeRange> ranges;
  std::string schedule;
  for (const std::string& id : view.slots) {
    const auto slots = find_first(record, session, record::QueryBuilder("Slot").id(id));
    if (!slots) return tl::unexpected(slots.error());
    const auto when = slots->empty() ? std::nullopt : time_range_of(slots->front());
    if (!when || json::text_of(slots->front(), "status") != "free") return std::optional<Json>{};
    const auto of = fhir::id_in(json::field(slots->front(), "schedule"), "Schedule");
    if (of.empty() || (!schedule.empty() && schedule != of)) return std::optional<Json>{};
    schedule = of;
    ranges.push_back(*when);
  }
  std::sort(ranges.begin(), ranges.end(),
            [](const TimeRange& a, const TimeRange& b) { return a.start_ms < b.start_ms; });
  const auto gap =
      std::adjacent_find(ranges.begin(), ranges.end(),
                         [](const TimeRange& a, const TimeRange& b) { return a.end_ms != b.start_ms; });
  const bool covers = gap == ranges.end() && ranges.front().start_ms == view.when->start_ms &&
                      ranges.back().start_ms < view.when->end_ms && ranges.back().end_ms >= view.when->end_ms;
  if (!covers) return std::optional<Json>{};
  const auto schedules =
      find_first(record, session, record::QueryBuilder("Schedule").id(schedule).not_code("active", "false"));
  if (!schedules) return tl::unexpected(schedules.error());
  for (const Json& one : *schedules) {
    for (const Json& actor : json::list_of(one, "actor")) {
      if (fhir::id_in(&actor, "Practitioner") == view.practitioners.front()) return std::optional{one};
    }
  }
  return std::optional<Json>{};
}

int change_hours(const std::vector<Json>& schedules) {
  constexpr int kMostHours = 24 * 14;
  for (const Json& schedule : schedules) {
    for (const Json* extension : fhir::extensions(schedule, "urn:reprise:change-hours")) {
      if (const auto hours = json::whole_of(*extension, "valueUnsignedInt", 0, kMostHours)) return *hours;
    }
  }
  return kChangeHours;
}

BookingRefused check_in_time(record::Record& record, const record::WriteTransaction& session,
                             const AppointmentView& before) {
  const auto schedules = find_first(
      record, session,
      record::QueryBuilder("Schedule").reference("actor", "Practitioner", before.practitioners.front()));
  if (!schedules) return schedules.error();
  if (!before.when || before.when->start_ms < session.now_ms + change_hours(*schedules) * kHourInMs)
    return not_so("it is too late to change the appointment here");
  return {};
}

record::Outcome<std::size_t> booked_ahead(record::Record& record, const record::WriteTransaction& session,
                                          const AppointmentView& view) {
  const auto found = find_first(record, session,
                                record::QueryBuilder("Appointment")
                                    .reference("patient", "Patient", view.patients.front())
                                    .reference("practitioner", "Practitioner", view.practitioners.front())
                                    .code("status", "booked")
                                    .date("date", record::Prefix::gt, session.now_ms));
  if (!found) return tl::unexpected(found.error());
  return static_cast<std::size_t>(std::count_if(
      found->begin(), found->end(), [&](const Json& one) { return json::text_of(one, "id") != view.id; }));
}

BookingRefused check_free(record::Record& record, const record::WriteTransaction& session,
                          const AppointmentView& view) {
  if (!view.when || view.when->start_ms <= session.now_ms)
    return not_so("an appointment is booked at a time to come");
  if (view.when->end_ms - view.when->start_ms > kLongestVisitMs)
    return not_so("an appointment lasts two hours at most");
  if (view.minutes != 0 && view.when->end_ms - view.when->start_ms != view.minutes * kMinuteMs)
    return not_so("an appointment lasts as long as it says");
  const auto care = cares(session, view.practitioners.front(), view.patients.front());
  if (!care) return record::refuse(care.error()).value();
  if (!*care) return not_so("a patient books with the own care team");
  const auto ahead = booked_ahead(record, session, view);
  if (!ahead) return ahead.error();
  if (*ahead >= kMostAhead) return not_so("that many appointments are booked already");
  const auto schedule = schedule_of(record, session, view);
  if (!schedule) return schedule.error();
  return *schedule ? std::nullopt : not_free();
}

}  // namespace

std::optional<record::Refusal> check_patients_booking(record::Record& record,
                                                      const record::WriteTransaction& session,
                                                      const Json* before, const Json& after) {
  const AppointmentView view = view_of(after);
  const bool own = view.patients.size() == 1 && session.principal != nullptr &&
                   view.patients.front() == record::own_patient(*session.principal) &&
                   view.practitioners.size() == 1 && json::list_of(after, "participant").size() == 2;
  if (!own) return not_so("a patient books for oneself, with one practitioner");
  if (before == nullptr)
    return view.status == "booked" ? check_free(record, session, view)
                                   : not_so("a patient's appointment begins as booked");
  const AppointmentView was = view_of(*before);
  if (rest_of(*before) != rest_of(after))
    return not_so("of an appointment a patient changes the time, or cancels it");
  if (was.status == "proposed") {
    if (view.status == "cancelled") return {};
    const bool as_proposed = view.status == "booked" && view.minutes == was.minutes;
    return as_proposed ? check_free(record, session, view) : not_so("an invitation is booked or declined");
  }
  if (was.status != "booked" || (view.status != "booked" && view.status != "cancelled"))
    return not_so("a patient changes a booked appointment");
  if (auto late = check_in_time(record, session, was)) return late;
  return view.status == "booked" ? check_free(record, session, view) : std::nullopt;
}

}  // namespace reprise::server

// SPDX-License-Identifier: Apache-2.0
#include "server/scheduling/appointment_conflicts.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "fhir/fields/fields.h"
#include "fhir/model/resource.h"
#include "record/access/principal.h"
#include "record/content/content.h"
#include "server/reactions/system_writes.h"
#include "server/scheduling/appointment.h"
#include "server/scheduling/patient_booking.h"

namespace reprise::server {
namespace {

using Refused = std::optional<record::Refusal>;

struct Change {
  std::shared_ptr<const Json> before;  ///< null if there was none
  std::shared_ptr<const Json> after;   ///< null if it was deleted
};

Refused no_appointment(record::RefusalKind kind, fhir::IssueType type, const char* reason) {
  return record::Refusal{kind, {{fhir::Severity::error, type, reason, "Appointment"}}};
}

std::shared_ptr<const Json> resource_in(const std::optional<record::Stored>& stored) {
  return stored ? record::resource_of(*stored).value_or(nullptr) : nullptr;
}

Change change_of(const record::ChangeResult& done) {
  return {resource_in(done.before), resource_in(done.stored)};
}

// Locks a row that all writers share: another process reads the committed state, or waits.
Result<std::int64_t> one_at_a_time(const record::WriteTransaction& session) {
  return session.connection.execute("UPDATE counter SET next = next WHERE name = 'resource'", {});
}

/// Returns the practitioner's taken times within a range, except for one Appointment.
record::Outcome<std::vector<TimeRange>> taken(record::Record& record, const record::WriteTransaction& session,
                                              const std::string& practitioner, const TimeRange& within,
                                              std::string_view but) {
  const auto found = find_all(record, session.connection,
                              record::QueryBuilder("Appointment")
                                  .reference("practitioner", "Practitioner", practitioner)
                                  .date("date", record::Prefix::gt, within.start_ms - kLongestMs - 1)
                                  .date("date", record::Prefix::lt, within.end_ms));
  if (!found) return tl::unexpected(found.error());
  std::vector<TimeRange> ranges;
  for (const Json& one : *found) {
    const AppointmentView view = view_of(one);
    const bool here = std::find(view.practitioners.begin(), view.practitioners.end(), practitioner) !=
                      view.practitioners.end();
    if (here && view.takes_time() && view.id != but && view.when && view.when->overlaps(within))
      ranges.push_back(*view.when);
  }
  return ranges;
}

Refused set_status(record::Record& record, const record::WriteTransaction& session, Json slot,
                   const char* status) {
  slot["status"] = status;
  const std::string id{json::text_of(slot, "id")};
  const auto done =
      write_as_system(record, session, {{{}, {record::Verb::update, "Slot", id, {}, {}, slot.dump()}}});
  return done ? std::nullopt : std::optional{done.error()};
}

/// Sets the practitioner's Slots in the range busy or free. `but`: an Appointment to ignore.
Refused settle_slots(record::Record& record, const record::WriteTransaction& session,
                     const std::string& practitioner, const TimeRange& range, std::string_view but) {
  const auto slots =
      find_all(record, session.connection,
               record::QueryBuilder("Slot")
                   .chained_reference("schedule", "Schedule", "actor", "Practitioner", practitioner)
                   .any_code("status", {"free", "busy"})
                   .date("start", record::Prefix::gt, range.start_ms - kLongestMs - 1)
                   .date("start", record::Prefix::lt, range.end_ms));
  if (!slots) return slots.error();
  for (const Json& slot : *slots) {
    const auto when = time_range_of(slot);
    if (!when || !when->overlaps(range)) continue;
    const auto others = taken(record, session, practitioner, *when, but);
    if (!others) return others.error();
    const char* status = others->empty() ? "free" : "busy";
    if (json::text_of(slot, "status") == status) continue;
    if (auto refusal = set_status(record, session, slot, status)) return refusal;
  }
  return {};
}

Refused settle_all(record::Record& record, const record::WriteTransaction& session, const Json& appointment,
                   bool counts) {
  const AppointmentView view = view_of(appointment);
  if (!view.when || !view.takes_time() || view.when->end_ms - view.when->start_ms > kLongestMs) return {};
  for (const std::string& practitioner : view.practitioners) {
    if (auto refusal =
            settle_slots(record, session, practitioner, *view.when, counts ? std::string_view{} : view.id))
      return refusal;
  }
  return {};
}

Refused check_time(record::Record& record, const record::WriteTransaction& session, const Json& appointment) {
  const AppointmentView view = view_of(appointment);
  if (!view.takes_time() || view.practitioners.empty()) return {};
  if (!view.when || view.when->end_ms - view.when->start_ms > kLongestMs)
    return no_appointment(record::RefusalKind::invalid, fhir::IssueType::business_rule,
                          "an appointment that blocks time must have a start, and an end within a day");
  for (const std::string& practitioner : view.practitioners) {
    const auto others = taken(record, session, practitioner, *view.when, view.id);
    if (!others) return others.error();
    if (!others->empty())
      return no_appointment(record::RefusalKind::conflict, fhir::IssueType::conflict,
                            "another appointment takes that time");
  }
  return {};
}

Refused check_writer(record::Record& record, const record::WriteTransaction& session, const Change& change) {
  const bool by_patient = session.principal != nullptr && !record::own_patient(*session.principal).empty();
  if (!by_patient || !change.after) return {};
  return check_patients_booking(record, session, change.before ? &*change.before : nullptr, *change.after);
}

/// Checks the new slots of one Schedule: a taken time is not free.
Refused settle_written(record::Record& record, const record::WriteTransaction& session,
                       const std::string& schedule, const std::vector<Json>& slots) {
  const auto schedules = find_first(record, session, record::QueryBuilder("Schedule").id(schedule));
  if (!schedules) return schedules.error();
  TimeRange all = *time_range_of(slots.front());
  for (const Json& slot : slots) {
    const auto when = time_range_of(slot);
    all = {std::min(all.start_ms, when->start_ms), std::max(all.end_ms, when->end_ms)};
  }
  std::vector<TimeRange> ranges;
  for (const Json& one : *schedules) {
    for (const Json& actor : json::list_of(one, "actor")) {
      const std::string practitioner{fhir::id_in(&actor, "Practitioner")};
      if (practitioner.empty()) continue;
      const auto others = taken(record, session, practitioner, all, {});
      if (!others) return others.error();
      ranges.insert(ranges.end(), others->begin(), others->end());
    }
  }
  for (const Json& slot : slots) {
    const TimeRange when = *time_range_of(slot);
    const bool free = std::none_of(ranges.begin(), ranges.end(),
                                   [&](const TimeRange& other) { return other.overlaps(when); });
    if (free) continue;
    if (auto refusal = set_status(record, session, slot, "busy")) return refusal;
  }
  return {};
}

Refused settle_written(record::Record& record, const record::WriteTransaction& session,
                       const std::vector<Json>& slots) {
  std::map<std::string, std::vector<Json>> by_schedule;
  for (const Json& slot : slots) {
    const auto when = time_range_of(slot);
    const auto schedule = fhir::id_in(json::field(slot, "schedule"), "Schedule");
    if (json::text_of(slot, "status") != "free" || schedule.empty()) continue;
    if (!when || when->end_ms - when->start_ms > kLongestMs)
      return record::Refusal{record::RefusalKind::invalid,
                             {{fhir::Severity::error, fhir::IssueType::business_rule,
                               "a free slot has a start, and an end within a day", "Slot"}}};
    by_schedule[std::string{schedule}].push_back(slot);
  }
  for (const auto& [schedule, some] : by_schedule) {
    if (auto refusal = settle_written(record, session, schedule, some)) return refusal;
  }
  return {};
}

Refused settle_changes(record::Record& record, const record::WriteTransaction& session,
                       const std::vector<Change>& changes) {
  for (const Change& change : changes) {
    if (!change.before) continue;
    if (auto refusal = settle_all(record, session, *change.before, false)) return refusal;
  }
  for (const Change& change : changes) {
    if (!change.after) continue;
    if (auto refusal = check_writer(record, session, change)) return refusal;
    if (auto refusal = check_time(record, session, *change.after)) return refusal;
  }
  for (const Change& change : changes) {
    if (!change.after) continue;
    if (auto refusal = settle_all(record, session, *change.after, true)) return refusal;
  }
  return {};
}

}  // namespace

std::optional<record::Refusal> enforce_calendar(record::Record& record,
                                                const record::WriteTransaction& session,
                                                std::span<const record::ChangeResult> changes) {
  std::vector<Change> appointments;
  std::vector<Json> slots;
  for (const record::ChangeResult& done : changes) {
    if (!done.stored || done.found || (done.stored->type != "Appointment" && done.stored->type != "Slot"))
      continue;
    if (appointments.empty() && slots.empty()) {
      if (auto locked = one_at_a_time(session); !locked) return record::refuse(locked.error()).value();
    }
    Change change = change_of(done);
    if (done.stored->type == "Appointment") {
      appointments.push_back(std::move(change));
    } else if (change.after) {
      slots.push_back(*change.after);
    }
  }
  if (auto refusal = settle_changes(record, session, appointments)) return refusal;
  return settle_written(record, session, slots);
}

}  // namespace reprise::server

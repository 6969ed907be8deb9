// SPDX-License-Identifier: Apache-2.0
#include "server/scheduling/appointment.h"

#include <algorithm>
#include <array>
#include <limits>

#include "fhir/fields/fields.h"
#include "fhir/model/date_time.h"

namespace reprise::server {

bool AppointmentView::takes_time() const {
  constexpr std::array<std::string_view, 5> kTaking = {"pending", "booked", "arrived", "checked-in",
                                                       "fulfilled"};
  return std::find(kTaking.begin(), kTaking.end(), status) != kTaking.end();
}

std::optional<TimeRange> time_range_of(const Json& resource) {
  const auto start = fhir::interval_of(json::text_of(resource, "start"));
  const auto end = fhir::interval_of(json::text_of(resource, "end"));
  if (!start || !end || !start->start_ms || !end->start_ms || *end->start_ms <= *start->start_ms) return {};
  return TimeRange{*start->start_ms, *end->start_ms};
}

AppointmentView view_of(const Json& appointment) {
  AppointmentView view;
  view.id = json::text_of(appointment, "id");
  view.status = json::text_of(appointment, "status");
  view.when = time_range_of(appointment);
  view.start = json::text_of(appointment, "start");
  view.minutes =
      json::whole_of(appointment, "minutesDuration", 1, std::numeric_limits<int>::max()).value_or(0);
  for (const Json& participant : json::list_of(appointment, "participant")) {
    const Json* actor = json::field(participant, "actor");
    if (const auto id = fhir::id_in(actor, "Patient"); !id.empty()) view.patients.emplace_back(id);
    if (json::text_of(participant, "status") == "declined") continue;
    if (const auto id = fhir::id_in(actor, "Practitioner"); !id.empty()) view.practitioners.emplace_back(id);
  }
  for (const Json& slot : json::list_of(appointment, "slot")) {
    if (const auto id = fhir::id_in(&slot, "Slot"); !id.empty()) view.slots.emplace_back(id);
  }
  return view;
}

}  // namespace reprise::server
